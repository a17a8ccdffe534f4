import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openSettings } from '../../../src/main/config/settingsStore.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

function refuse(sentence: string): never {
  throw new Error(sentence)
}

test('settings from a version without a layout get the default layout', async () => {
  const file = path.join(await createTempDir(), 'settings.json')
  await writeFile(file, '{"version":1,"theme":"dark"}')
  const settings = await openSettings(file, refuse)
  expect(settings.get()).toMatchObject({
    theme: 'dark',
    layout: { railCollapsed: false, inspectors: {} },
  })
})

test('a layout is on the disk once the update resolves, and is read at the next start', async () => {
  const file = path.join(await createTempDir(), 'settings.json')
  const settings = await openSettings(file, refuse)
  await settings.update({ layout: { railCollapsed: true, inspectors: { ask: 512 } } })
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    layout: { railCollapsed: true, inspectors: { ask: 512 } },
  })
  const again = await openSettings(file, refuse)
  expect(again.get().layout).toEqual({ railCollapsed: true, inspectors: { ask: 512 } })
})

test('an update that cannot be written changes nothing and is not announced', async () => {
  const root = await createTempDir()
  const settings = await openSettings(path.join(root, 'folder', 'settings.json'), refuse)
  // A file where the folder should be.
  await writeFile(path.join(root, 'folder'), '')
  const heard: string[] = []
  settings.onChange(({ theme }) => heard.push(theme))
  await expect(settings.update({ theme: 'dark' })).rejects.toThrow()
  expect(settings.get().theme).toBe('system')
  expect(heard).toEqual([])
})

test('updates at the same moment are all kept', async () => {
  const file = path.join(await createTempDir(), 'settings.json')
  const settings = await openSettings(file, refuse)
  await Promise.all([
    settings.update({ theme: 'dark' }),
    settings.update({ passages: 12 }),
    settings.update({ gpu: false }),
  ])
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    theme: 'dark',
    passages: 12,
    gpu: false,
  })
})
