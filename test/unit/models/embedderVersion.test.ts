import { open, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { embedderVersion } from '../../../src/main/models/embedderVersion.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

test('a version changes with any byte of a small file, with a size, and with a fact', async () => {
  const file = path.join(await createTempDir(), 'tokenizer.json')
  await writeFile(file, 'abc')
  const version = await embedderVersion([file], { pooling: 'mean' })
  expect(version).toMatch(/^[0-9a-f]{8}$/)
  expect(await embedderVersion([file], { pooling: 'mean' })).toBe(version)
  expect(await embedderVersion([file], { pooling: 'cls' })).not.toBe(version)
  await writeFile(file, 'abd')
  expect(await embedderVersion([file], { pooling: 'mean' })).not.toBe(version)
})

test('a large file is sampled up to its last byte', async () => {
  const file = path.join(await createTempDir(), 'model.onnx')
  const size = 500 * 1024 * 1024
  const write = async (place: number): Promise<string> => {
    const handle = await open(file, 'w')
    await handle.truncate(size)
    await handle.write(Buffer.from('x'), 0, 1, place)
    await handle.close()
    return embedderVersion([file], null)
  }
  const versions = [await write(0), await write(size - 1), await write(size >> 1)]
  expect(versions[0]).not.toBe(versions[1])
})
