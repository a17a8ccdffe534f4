import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openSettings } from '../../../src/main/config/settingsStore.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

function refuse(sentence: string): never {
  throw new Error(sentence)
}

test('settings written before the window remembered its layout are read with the usual one', async () => {
  const file = path.join(await createTempDir(), 'settings.json')
  await writeFile(file, '{"version":1,"theme":"dark"}')
  const settings = await openSettings(file, refuse)
  expect(settings.get()).toMatchObject({
    theme: 'dark',
    layout: { railCollapsed: false, inspectors: {} },
  })
})

test('a layout is on the disk once the update resolves, and there at the next start', async () => {
  const file = path.join(await createTempDir(), 'settings.json')
  const settings = await openSettings(file, refuse)
  await settings.update({ layout: { railCollapsed: true, inspectors: { ask: 512 } } })
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    layout: { railCollapsed: true, inspectors: { ask: 512 } },
  })
  const again = await openSettings(file, refuse)
  expect(again.get().layout).toEqual({ railCollapsed: true, inspectors: { ask: 512 } })
})
