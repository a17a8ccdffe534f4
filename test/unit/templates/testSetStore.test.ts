import { mkdir, readdir, readFile, writeFile, appendFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  createTestSetStore,
  type TestSetStore,
} from '../../../src/main/templates/store/testSetStore.ts'
import { AppError } from '../../../src/shared/errors.ts'
import type { TestRow } from '../../../src/shared/domain/testRun/testSet.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

let directory: string
let notices: string[]

beforeEach(async () => {
  directory = await createTempDir()
  await mkdir(path.join(directory, 'mood'))
  notices = []
})
afterEach(() => {
  vi.useRealTimers()
})

function open(): TestSetStore {
  return createTestSetStore({
    folderOf(template) {
      if (template !== 'mood') throw new AppError('not-found', 'This template is not there.')
      return path.join(directory, template)
    },
    notice: (sentence) => notices.push(sentence),
  })
}

const fileOf = (id: string): string =>
  path.join(directory, 'mood', 'test-sets', `${id.split(':')[1] ?? ''}.jsonl`)
const row = (id: string, input: string): TestRow => ({
  id,
  values: { INPUT: input },
  expected: 'good',
  included: null,
})
const inputsOf = async (
  store: TestSetStore,
  id: string,
): Promise<readonly (string | undefined)[]> =>
  (await store.rows(id)).map(({ values }) => values.INPUT)

describe('test sets', () => {
  test('rows keep their order when one of them is changed', async () => {
    const store = open()
    const { id } = await store.create('mood', 'Held out', [row('a', 'one'), row('b', 'two')])
    await store.putRows(id, [row('c', 'three'), row('a', 'ONE')])
    await store.removeRows(id, ['b', 'unknown'])
    await store.rename(id, 'Kept apart')
    expect(await store.list('mood')).toMatchObject([{ id, name: 'Kept apart', rows: 2 }])
    const again = open()
    expect(await inputsOf(again, id)).toEqual(['ONE', 'three'])
    expect(await again.list('mood')).toMatchObject([{ id, name: 'Kept apart', rows: 2 }])
    expect(notices).toEqual([])
  })

  test('a file has a head and one row per line', async () => {
    const { id } = await open().create('mood', 'Held out', [row('a', 'one')])
    expect(await readFile(fileOf(id), 'utf8')).toBe(
      '{"schema":2,"name":"Held out","written":{"version":1,"edit":null,"rows":1}}\n' +
        '{"id":"a","values":{"INPUT":"one"},"expected":"good","included":null}\n',
    )
  })

  test('each edit makes a version, which is the same when the file is read again', async () => {
    const store = open()
    const { id, version } = await store.create('mood', 'Held out', [row('a', '1'), row('b', '2')])
    expect(version).toBe(1)
    await store.putRows(id, [row('a', 'one')])
    await store.rename(id, 'Renamed')
    expect(await open().get(id)).toMatchObject({
      version: 2,
      edit: { version: 2, added: 0, changed: 1, removed: 0 },
    })
    await store.removeRows(id, ['a', 'gone'])
    await store.putRows(id, [])
    expect(await open().get(id)).toMatchObject({ version: 3, edit: { removed: 1 } })
    await store.putRows(id, [row('b', 'two'), row('c', 'three'), row('d', 'four')])
    const last = { version: 4, edit: { version: 4, added: 2, changed: 1, removed: 0 } }
    expect(await store.get(id)).toMatchObject(last)
    expect(await open().get(id)).toMatchObject({ ...last, name: 'Renamed' })
  })

  test('a file of an earlier version is the first version, and edited like others', async () => {
    const store = open()
    const { id } = await store.create('mood', 'Held out', [])
    const lines = [{ schema: 1, name: 'Old' }, row('a', 'one'), row('b', 'two'), { drop: ['b'] }]
    await writeFile(fileOf(id), lines.map((one) => `${JSON.stringify(one)}\n`).join(''))
    expect(await open().get(id)).toMatchObject({ name: 'Old', version: 1, edit: null, rows: 1 })
    const again = open()
    await again.putRows(id, [row('c', 'three')])
    await again.putRows(id, [row('c', 'drei')])
    expect(await open().get(id)).toMatchObject({ version: 3, edit: { changed: 1 }, rows: 2 })
    expect(notices).toEqual([])
  })

  test('a change is appended, and the file rewritten when most of it is obsolete', async () => {
    const store = open()
    const { id } = await store.create('mood', 'Held out', [row('a', 'one')])
    await store.putRows(id, [row('a', 'two')])
    expect((await readFile(fileOf(id), 'utf8')).split('\n')).toHaveLength(4)
    for (let i = 0; i < 6; i += 1) {
      await store.putRows(
        id,
        Array.from({ length: 200 }, (_, n) => row('a', `${String(i)} ${String(n)}`)),
      )
    }
    const lines = (await readFile(fileOf(id), 'utf8')).split('\n')
    expect(lines.length).toBeLessThan(500)
    expect(await inputsOf(open(), id)).toEqual(['5 199'])
  })

  test('the same rows are the same array until something changes', async () => {
    const store = open()
    const { id } = await store.create('mood', 'Held out', [row('a', 'one')])
    const before = await store.rows(id)
    expect(await store.rows(id)).toBe(before)
    await store.putRows(id, [row('b', 'two')])
    expect(await store.rows(id)).not.toBe(before)
  })

  test('a file written by hand is read', async () => {
    const store = open()
    const { id } = await store.create('mood', 'Held out', [row('a', 'one')])
    await appendFile(fileOf(id), '{"id":"b","values":{"INPUT":"by hand"},"expected":null}')
    expect(await inputsOf(store, id)).toEqual(['one', 'by hand'])
    await store.putRows(id, [row('c', 'three')])
    expect(await inputsOf(open(), id)).toEqual(['one', 'by hand', 'three'])
    expect(notices).toEqual([])
  })

  test('a torn last line loses only that line, without a notice', async () => {
    const store = open()
    const { id } = await store.create('mood', 'Held out', [row('a', 'one')])
    await appendFile(fileOf(id), '{"id":"b","val')
    const again = open()
    await again.putRows(id, [row('c', 'three')])
    expect(await inputsOf(open(), id)).toEqual(['one', 'three'])
    expect(notices).toEqual([])
  })

  test('a broken line is left out and reported, and a copy of the file is kept', async () => {
    const { id } = await open().create('mood', 'Held out', [row('a', 'one'), row('b', 'two')])
    const lines = (await readFile(fileOf(id), 'utf8')).split('\n')
    await writeFile(fileOf(id), lines.with(1, '{"id":"a","values":3}').join('\n'))
    expect(await inputsOf(open(), id)).toEqual(['two'])
    expect(notices).toHaveLength(1)
    expect(notices[0]).toContain('“Held out”')
    expect(await readdir(path.dirname(fileOf(id)))).toContainEqual(
      expect.stringMatching(/\.broken-.*\.jsonl$/u),
    )
    expect(await inputsOf(open(), id)).toEqual(['two'])
    expect(notices).toHaveLength(1)
  })

  test('an unreadable file is set aside; the others are listed', async () => {
    const store = open()
    const { id } = await store.create('mood', 'Held out', [row('a', 'one')])
    const other = await store.create('mood', 'Other', [])
    await writeFile(fileOf(id), 'garbage\n')
    expect(await open().list('mood')).toMatchObject([{ id: other.id }])
    expect(notices).toHaveLength(1)
  })

  test('a file of a newer Penknife is left unchanged', async () => {
    const { id } = await open().create('mood', 'Held out', [])
    await writeFile(fileOf(id), '{"schema":3,"name":"Held out"}\n')
    await expect(open().rows(id)).rejects.toMatchObject({ code: 'not-found' })
    expect(await readFile(fileOf(id), 'utf8')).toBe('{"schema":3,"name":"Held out"}\n')
    expect(notices[0]).toMatch(/newer version/u)
  })

  test.each(['mood:../../x', 'mood:', 'mood', 'other:set', '', 'mood:a:b'])(
    'no id leads out of its folder: %s',
    async (id) => {
      await expect(open().rows(id)).rejects.toMatchObject({ code: 'not-found' })
      await expect(open().remove(id)).rejects.toMatchObject({ code: 'not-found' })
    },
  )

  test('concurrent changes are made one after another', async () => {
    const store = open()
    const { id } = await store.create('mood', 'Held out', [])
    const names = Array.from({ length: 20 }, (_, n) => `r${String(n)}`)
    await Promise.all(names.map((name) => store.putRows(id, [row(name, name)])))
    expect(await inputsOf(store, id)).toEqual(names)
    expect(await inputsOf(open(), id)).toEqual(names)
  })

  test('a removal can be undone for ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const store = open()
    const { id } = await store.create('mood', 'Held out', [row('a', 'one')])
    await store.remove(id)
    expect(await store.list('mood')).toEqual([])
    await expect(store.rows(id)).rejects.toMatchObject({ code: 'not-found' })
    vi.advanceTimersByTime(9_000)
    store.restore(id)
    expect(await inputsOf(store, id)).toEqual(['one'])

    await store.remove(id)
    vi.advanceTimersByTime(10_001)
    await expect.poll(() => readdir(path.dirname(fileOf(id)))).toEqual([])
    store.restore(id)
    expect(await store.list('mood')).toEqual([])
  })

  test('a change announces its template', async () => {
    const store = open()
    const seen: string[] = []
    store.onChanged((template) => seen.push(template))
    const { id } = await store.create('mood', 'Held out', [])
    await store.putRows(id, [row('a', 'one')])
    await store.remove(id)
    store.restore(id)
    expect(seen).toEqual(['mood', 'mood', 'mood', 'mood'])
  })
})
