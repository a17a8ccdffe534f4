import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeDataFolder } from '../../../src/main/disk/dataFolder.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

test('is created with its parent folders, and may already exist', async () => {
  const folder = path.join(await createTempDir(), 'one', 'two')
  await makeDataFolder(folder)
  await expect(makeDataFolder(folder)).resolves.toBeUndefined()
})

test('a file in its place is an error', async () => {
  const file = path.join(await createTempDir(), 'file')
  await writeFile(file, '')
  for (const folder of [file, path.join(file, 'below')]) {
    await expect(makeDataFolder(folder)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('a file where a folder is needed') as string,
    })
  }
})

// Root may write anywhere, and Windows keeps rights otherwise.
test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a folder that must not be written to is told',
  async () => {
    const folder = path.join(await createTempDir(), 'mine')
    await mkdir(folder)
    await chmod(folder, 0o500)
    await expect(makeDataFolder(folder)).rejects.toMatchObject({ code: 'permission-denied' })
  },
)
