import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { openConversationStore } from '../../src/main/chat/conversationStore.ts'
import { openLedger } from '../../src/main/documents/store/ledger.ts'
import { findResultLines, readLine } from '../../src/main/templates/running/resultLines.ts'
import { openResultsFile } from '../../src/main/templates/running/resultsFile.ts'
import { createTestSetStore } from '../../src/main/templates/store/testSetStore.ts'
import { libraryRow } from './libraryRow.ts'
import { madeResult } from './runResults.ts'

/** A store whose records are lines of one file. Each call is a separate start of the app. */
export interface LineStore {
  readonly file: string
  /** Adds a record with a text. */
  add(text: string): Promise<void>
  /** The texts of all records. */
  texts(): Promise<readonly string[]>
  /** The notices since the store was made. */
  readonly notices: readonly string[]
}

export const lineStores: Readonly<Record<string, (root: string) => Promise<LineStore>>> = {
  ledger,
  conversation,
  'test set': testSet,
  results,
}

function ledger(root: string): Promise<LineStore> {
  const notices: string[] = []
  const file = path.join(root, 'ledger.jsonl')
  const open = () => openLedger(file, (sentence) => notices.push(sentence))
  return Promise.resolve({
    file,
    notices,
    async add(text) {
      const opened = await open()
      await opened.put([libraryRow(text)]).finally(() => opened.close().catch(() => undefined))
    },
    async texts() {
      const opened = await open()
      const texts = opened.list().map(({ name }) => name)
      await opened.close()
      return texts
    },
  })
}

async function conversation(root: string): Promise<LineStore> {
  const notices: string[] = []
  const open = () => openConversationStore(root, (sentence) => notices.push(sentence))
  const { id } = await (
    await open()
  ).create({
    title: 'Ein Gespräch',
    scope: { kind: 'all' },
    answering: null,
    template: null,
    sampling: null,
  })
  return {
    file: path.join(root, `${id}.jsonl`),
    notices,
    async add(text) {
      const turn = { id: text, question: text, completedQuery: null, askedAt: '', answer: null }
      await (await open()).saveTurn(id, turn)
    },
    texts: async () => (await (await open()).get(id)).turns.map(({ question }) => question),
  }
}

async function testSet(root: string): Promise<LineStore> {
  const notices: string[] = []
  await mkdir(path.join(root, 'mood'))
  const open = () =>
    createTestSetStore({
      folderOf: (template) => path.join(root, template),
      notice: (sentence) => notices.push(sentence),
    })
  const { id } = await open().create('mood', 'Übung', [])
  return {
    file: path.join(root, 'mood', 'test-sets', `${id.split(':')[1] ?? ''}.jsonl`),
    notices,
    async add(text) {
      await open().putRows(id, [
        { id: text, values: { INPUT: text }, expected: null, included: null },
      ])
    },
    texts: async () => (await open().rows(id)).map(({ values }) => values.INPUT ?? ''),
  }
}

function results(root: string): Promise<LineStore> {
  const file = path.join(root, 'results.jsonl')
  return Promise.resolve({
    file,
    notices: [],
    async add(text) {
      const opened = await openResultsFile(file)
      await opened.add(madeResult(0, { row: text, reply: text })).finally(() => opened.close())
    },
    async texts() {
      const lines = [
        ...((await findResultLines(file)).get('few-shot') ?? new Map<string, Buffer>()),
      ]
      return lines.flatMap(([, line]) => readLine(line)?.reply ?? [])
    },
  })
}
