import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readJsonFile, writeJsonFile } from '../../../src/main/disk/jsonFile.ts'
import { openSettings } from '../../../src/main/config/settingsStore.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

const schema = z.object({ version: z.literal(1), name: z.string() })

test('reads what was written, and nothing if there is no file', async () => {
  const root = await createTempDir()
  const file = path.join(root, 'thing.json')
  const notices: string[] = []
  const read = () => readJsonFile(file, schema, (sentence) => notices.push(sentence))
  expect(await read()).toBeUndefined()
  await writeJsonFile(file, { version: 1, name: 'Größe' })
  expect(await read()).toEqual({ version: 1, name: 'Größe' })
  expect(await readdir(root)).toEqual(['thing.json'])
  expect(notices).toEqual([])
})

test('of several writes at the same time the last one wins', async () => {
  const file = path.join(await createTempDir(), 'thing.json')
  const names = Array.from({ length: 20 }, (_, n) => String(n))
  await Promise.all(names.map((name) => writeJsonFile(file, { version: 1, name })))
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ version: 1, name: '19' })
})

test.each(['{"version":1,"na', '{"version":2,"name":"x"}', ''])(
  'a file that does not fit (%j) is set aside as it was',
  async (text) => {
    const root = await createTempDir()
    const file = path.join(root, 'thing.json')
    await writeFile(file, text)
    const notices: string[] = []
    expect(await readJsonFile(file, schema, (told) => notices.push(told))).toBeUndefined()
    const [aside = ''] = await readdir(root)
    expect(aside).toMatch(/^thing\.broken-\d{8}T\d+Z\.json$/)
    expect(await readFile(path.join(root, aside), 'utf8')).toBe(text)
    expect(notices).toHaveLength(1)
    expect(notices[0]).toContain(aside)
  },
)

test('settings save changes and notify listeners', async () => {
  const file = path.join(await createTempDir(), 'data', 'settings.json')
  const store = await openSettings(file, () => undefined)
  const heard: string[] = []
  store.onChange(({ theme }) => heard.push(theme))
  expect(store.get().passages).toBe(8)
  await store.update({ theme: 'dark' })
  await store.update({ passages: 12 })
  const again = await openSettings(file, () => undefined)
  expect(again.get()).toMatchObject({ theme: 'dark', passages: 12 })
  expect(heard).toEqual(['dark', 'dark'])
})
