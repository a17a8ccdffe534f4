import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openJournal, type Journal } from '../../../src/main/disk/journal.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

const rowSchema = z.object({ id: z.string(), value: z.number() })
type Row = z.infer<typeof rowSchema>

/** A journal and the rows that its owner keeps. */
async function openRows(
  file: string,
  notices: string[] = [],
): Promise<{ rows: Map<string, Row>; journal: Journal<Row> }> {
  const rows = new Map<string, Row>()
  const journal = await openJournal<Row>({
    file,
    row: rowSchema,
    notice: (sentence) => notices.push(sentence),
    rows: () => rows.values(),
    count: () => rows.size,
  })
  for (const row of journal.initial.values()) rows.set(row.id, row)
  return { rows, journal }
}

/** The rows that are on the disk. */
async function readRows(file: string, notices: string[] = []): Promise<Map<string, Row>> {
  const { rows, journal } = await openRows(file, notices)
  await journal.close()
  return rows
}

test('keeps what was written, one line per change', async () => {
  const file = path.join(await createTempDir(), 'rows.jsonl')
  const { journal } = await openRows(file)
  await journal.write({ put: [{ id: 'a', value: 1 }] })
  await journal.write({ put: [{ id: 'b', value: 2 }], drop: ['a'] })
  expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(3)
  await journal.close()
  expect([...(await readRows(file)).values()]).toEqual([{ id: 'b', value: 2 }])
})

test('a torn last line is dropped without a notice', async () => {
  const file = path.join(await createTempDir(), 'rows.jsonl')
  const { journal } = await openRows(file)
  await journal.write({ put: [{ id: 'a', value: 1 }] })
  await journal.close()
  await appendFile(file, '{"put":[{"id":"b","val')
  const notices: string[] = []
  const again = await openRows(file, notices)
  expect([...again.rows.keys()]).toEqual(['a'])
  await again.journal.write({ put: [{ id: 'c', value: 3 }] })
  await again.journal.close()
  expect([...(await readRows(file, notices)).keys()]).toEqual(['a', 'c'])
  expect(notices).toEqual([])
})

test('a broken line is left out and reported, and a copy of the file is kept', async () => {
  const root = await createTempDir()
  const file = path.join(root, 'rows.jsonl')
  const text =
    '{"version":1}\n{"put":[{"id":"a","value":1}]}\n???\n{"put":[{"id":"b","value":2}]}\n'
  await writeFile(file, text)
  const notices: string[] = []
  const { rows, journal } = await openRows(file, notices)
  expect([...rows.keys()]).toEqual(['a', 'b'])
  expect(await readFile(file, 'utf8')).toBe(text)
  await journal.write({ put: [{ id: 'c', value: 3 }] })
  await journal.close()
  expect([...(await readRows(file)).keys()]).toEqual(['a', 'b', 'c'])
  expect(notices).toHaveLength(1)
  const copy = (await readdir(root)).find((name) => name.includes('.broken-')) ?? ''
  expect(await readFile(path.join(root, copy), 'utf8')).toBe(text)
})

test('a journal of a newer version is left unchanged', async () => {
  const file = path.join(await createTempDir(), 'rows.jsonl')
  await writeFile(file, '{"version":2}\n{"rows":[]}\n')
  await expect(openRows(file)).rejects.toThrow(/newer version/)
  expect(await readFile(file, 'utf8')).toBe('{"version":2}\n{"rows":[]}\n')
})

test('does not grow with the number of changes', async () => {
  const file = path.join(await createTempDir(), 'rows.jsonl')
  const { rows, journal } = await openRows(file)
  for (let round = 0; round < 20; round += 1) {
    const put = Array.from({ length: 200 }, (_, n) => ({ id: String(n), value: round }))
    for (const row of put) rows.set(row.id, row)
    await journal.write({ put })
  }
  expect((await stat(file)).size).toBeLessThan(200 * 10 * 30)
  await journal.close()
  const again = await readRows(file)
  expect(again.size).toBe(200)
  expect([...again.values()].every(({ value }) => value === 19)).toBe(true)
})

test('many changes at once are all kept', async () => {
  const file = path.join(await createTempDir(), 'rows.jsonl')
  const { rows, journal } = await openRows(file)
  await Promise.all(
    Array.from({ length: 3_000 }, (_, n) => {
      const row = { id: String(n % 700), value: n }
      rows.set(row.id, row)
      return journal.write({ put: [row] })
    }),
  )
  await journal.close()
  expect(await readRows(file)).toEqual(rows)
})

test('any damaged file opens, with the intact rows before the damage', async () => {
  const root = await createTempDir()
  let number = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), value: fc.integer() }), {
        minLength: 1,
        maxLength: 12,
      }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.oneof(
        fc.constant(undefined),
        fc.uint8Array({ minLength: 1, maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
      ),
      async (puts, where, damage) => {
        number += 1
        const directory = path.join(root, String(number))
        await mkdir(directory)
        const file = path.join(directory, 'rows.jsonl')
        const { journal } = await openRows(file)
        for (const row of puts) await journal.write({ put: [row] })
        await journal.close()

        const bytes = await readFile(file)
        // A damaged version may look newer; that is another test.
        const from = damage === undefined ? 0 : bytes.indexOf('\n') + 1
        const at = from + Math.floor(where * (bytes.length - from))
        // Cut off there, or overwritten in the middle.
        const damaged =
          damage === undefined
            ? bytes.subarray(0, at)
            : Buffer.concat([bytes.subarray(0, at), damage, bytes.subarray(at + damage.length)])
        await writeFile(file, damaged)

        const whole = bytes.subarray(0, at).toString('utf8').split('\n').length - 2
        const intact = puts.slice(0, Math.max(0, whole))
        const { rows, journal: opened } = await openRows(file)
        for (const { id } of intact) expect(rows.has(id)).toBe(true)
        // A row that is cut off right after its last character is complete.
        const kept = [...intact, ...puts.slice(intact.length, intact.length + 1)]
        const latest = (of: readonly Row[]) => new Map(of.map((row) => [row.id, row]))
        if (damage === undefined) {
          expect([latest(intact), latest(kept)]).toContainEqual(rows)
        }
        await opened.write({ put: [{ id: 'new', value: 0 }] })
        await opened.close()
        rows.set('new', { id: 'new', value: 0 })
        expect(await readRows(file)).toEqual(rows)
      },
    ),
    { numRuns: 60 },
  )
})
