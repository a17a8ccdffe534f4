import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openLedger, type Ledger } from '../../../../src/main/documents/store/ledger.ts'
import {
  documentStates,
  isPending,
  type DocumentState,
  type LibraryDocument,
} from '../../../../src/shared/domain/libraryDocument.ts'
import { libraryRow } from '../../../helpers/libraryRow.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'

function row(
  id: string,
  state: DocumentState,
  contentId: string | null,
  file: string,
): LibraryDocument {
  return libraryRow(id, { state, contentId, path: `/${file}` })
}

/** A model of the ledger: its rows in memory. */
interface Model {
  rows: Map<string, LibraryDocument>
  /** What a crash would leave. */
  written: Map<string, LibraryDocument>
}

const ids = fc.constantFrom('a', 'b', 'c', 'd')
const rows = fc
  .tuple(
    ids,
    fc.constantFrom(...documentStates),
    fc.constantFrom(null, 'x', 'y', 'z'),
    fc.constantFrom('one', 'two'),
  )
  .map(([id, state, contentId, file]) => row(id, state, contentId, `${id}-${file}`))

const operations = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('put' as const), rows: fc.array(rows, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('drop' as const), ids: fc.array(ids, { maxLength: 2 }) }),
    fc.record({ kind: fc.constant('show' as const), row: rows }),
    fc.record({ kind: fc.constant('crash' as const) }),
    fc.record({ kind: fc.constant('close' as const) }),
  ),
  { maxLength: 25 },
)

function expectSame(ledger: Ledger, model: Model): void {
  expect(new Map(ledger.list().map((one) => [one.id, one]))).toEqual(model.rows)
  for (const contentId of ['x', 'y', 'z']) {
    const sharers = [...model.rows.values()].filter((one) => one.contentId === contentId)
    expect(new Set(ledger.ofContent(contentId))).toEqual(new Set(sharers))
  }
  for (const one of model.rows.values()) expect(ledger.ofPath(one.path ?? '')).toEqual(one)
}

function afterOpen(written: Model['written']): Model['rows'] {
  return new Map(
    [...written].map(([id, one]) => [
      id,
      isPending(one.state) ? { ...one, state: 'queued' as const } : one,
    ]),
  )
}

test('a ledger contains what was written to it, whenever it is reopened', async () => {
  const root = await createTempDir()
  let number = 0
  await fc.assert(
    fc.asyncProperty(operations, async (all) => {
      number += 1
      const file = path.join(root, String(number), 'ledger.jsonl')
      const open = () => openLedger(file, (sentence) => expect.fail(sentence))
      let ledger = await open()
      const abandoned: Ledger[] = []
      let model: Model = { rows: new Map(), written: new Map() }
      for (const operation of all) {
        if (operation.kind === 'put') {
          await ledger.put(operation.rows)
          for (const one of operation.rows) {
            model.rows.set(one.id, one)
            model.written.set(one.id, one)
          }
        } else if (operation.kind === 'drop') {
          await ledger.drop(operation.ids)
          for (const id of operation.ids) {
            model.rows.delete(id)
            model.written.delete(id)
          }
        } else if (operation.kind === 'show') {
          ledger.show(operation.row)
          model.rows.set(operation.row.id, operation.row)
        } else {
          if (operation.kind === 'close') await ledger.close()
          else abandoned.push(ledger)
          ledger = await open()
          const opened = afterOpen(model.written)
          model = { rows: opened, written: new Map(opened) }
        }
        expectSame(ledger, model)
      }
      for (const one of [ledger, ...abandoned]) await one.close()
    }),
    { numRuns: 60 },
  )
})

test('listeners hear of every change', async () => {
  const file = path.join(await createTempDir(), 'ledger.jsonl')
  const ledger = await openLedger(file, () => undefined)
  const heard: unknown[] = []
  ledger.onChange(({ changed, removed }) => heard.push([changed.map(({ id }) => id), removed]))
  await ledger.put([row('a', 'queued', null, 'a')])
  ledger.show(row('a', 'reading', null, 'a'))
  await ledger.write({ put: [row('b', 'indexed', 'x', 'b')], drop: ['a', 'unknown'] })
  expect(heard).toEqual([
    [['a'], []],
    [['a'], []],
    [['b'], ['a']],
  ])
  await ledger.close()
})

test('rows of an earlier version, whose contents were called `content`, are read', async () => {
  const file = path.join(await createTempDir(), 'ledger.jsonl')
  const first = await openLedger(file, () => undefined)
  await first.put([libraryRow('a', { contentId: 'x' }), libraryRow('b', { contentId: null })])
  await first.close()
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll('"contentId"', '"content"'))

  const notices: string[] = []
  const again = await openLedger(file, (notice) => notices.push(notice))
  expect(again.ofContent('x').map(({ id }) => id)).toEqual(['a'])
  expect(again.get('b')?.contentId).toBeNull()
  expect(notices).toEqual([])
  await again.close()
})
