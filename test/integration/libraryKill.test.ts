import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { createPaths } from '../../src/main/disk/paths.ts'
import { passagesFile, readPassages } from '../../src/main/documents/store/passageFiles.ts'
import { openLedger } from '../../src/main/documents/store/ledger.ts'
import type { LibraryDocument } from '../../src/shared/domain/libraryDocument.ts'
import { openVectorStore } from '../../src/main/retrieval/vectorStore.ts'
import { buildProgram } from '../helpers/buildProgram.ts'
import { createTempDir } from '../helpers/tempDir.ts'

let program: string

beforeAll(async () => {
  program = await buildProgram('importAndDie')
})

interface Bench {
  readonly dataDir: string
  readonly folder: string
}

/** The files of one round: some stay the same, some change, some share their text. */
function filesOf(round: number): Readonly<Record<string, string>> {
  return {
    'stays.txt': 'A text that\nnever changes',
    'changes.txt': `The text\nof round ${String(round)}\nis this`,
    'long.txt': Array.from({ length: 300 }, (_, n) => `Line ${String(n)}`).join('\n'),
    'shared-one.txt': `Shared in ${String(round)}`,
    'shared-two.txt': `Shared in ${String(round)}`,
    'remove-me.txt': `Removed at the next start ${String(round)}`,
    'broken.txt': 'fail:This one is broken.',
  }
}

async function createBench(): Promise<Bench> {
  const root = await createTempDir()
  const folder = path.join(root, 'documents')
  await mkdir(folder)
  return { dataDir: path.join(root, 'data'), folder }
}

async function writeRound({ folder }: Bench, round: number): Promise<void> {
  for (const [name, text] of Object.entries(filesOf(round))) {
    const file = path.join(folder, name)
    const before = await readFile(file, 'utf8').catch(() => undefined)
    if (before !== text) await writeFile(file, text)
  }
}

/** @returns whether it was killed, and what it printed if not. */
async function start(bench: Bench, moment: string): Promise<{ died: boolean; printed: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [
      program,
      bench.dataDir,
      bench.folder,
      moment,
    ])
    return { died: false, printed: stdout }
  } catch (error) {
    const { signal, stderr } = error as { signal?: string; stderr?: string }
    expect(signal, stderr).toBe('SIGKILL')
    return { died: true, printed: '' }
  }
}

async function readLedger(bench: Bench): Promise<readonly LibraryDocument[]> {
  const notices: string[] = []
  const ledger = await openLedger(createPaths(bench.dataDir).ledger, (text) => notices.push(text))
  const rows = ledger.list()
  await ledger.close()
  expect(notices).toEqual([])
  return rows
}

interface Index {
  readonly ids: readonly string[]
  /** Texts of each content in order. */
  readonly texts: ReadonlyMap<string, readonly string[]>
}

async function readIndex(bench: Bench): Promise<Index> {
  const directory = createPaths(bench.dataDir).index('fake-embedder')
  const store = await openVectorStore({ directory, dimensions: 4 })
  const ids: string[] = []
  const rows: { contentId: string; ordinal: number; text: string }[] = []
  for await (const batch of store.scan()) {
    ids.push(...batch.map(({ id }) => id))
    rows.push(...batch)
  }
  await store.close()
  const texts = new Map<string, string[]>()
  for (const row of rows.sort((a, b) => a.ordinal - b.ordinal)) {
    texts.set(row.contentId, [...(texts.get(row.contentId) ?? []), row.text])
  }
  return { ids, texts }
}

/** After any kill: what the ledger calls searchable is in the index, complete, and once. */
async function expectNothingLost(bench: Bench): Promise<void> {
  const index = await readIndex(bench)
  expect(new Set(index.ids).size).toBe(index.ids.length)
  for (const row of await readLedger(bench)) {
    if (row.contentId === null) continue
    const stored: string[] = []
    const folder = path.join(createPaths(bench.dataDir).texts, row.contentId)
    for await (const { text } of readPassages(passagesFile(folder, 'fake-embedder')))
      stored.push(text)
    expect(stored, row.name).toHaveLength(row.chunks)
    expect(index.texts.get(row.contentId), row.name).toEqual(stored)
  }
}

/** After a start that ran to its end: everything is in the index, and nothing else. */
async function expectComplete(bench: Bench, round: number): Promise<void> {
  const rows = await readLedger(bench)
  const paths = createPaths(bench.dataDir)
  const index = await readIndex(bench)
  const expected = Object.entries(filesOf(round))
  expect(rows.map(({ name }) => name).sort()).toEqual(expected.map(([name]) => name).sort())
  const contents = new Set<string>()
  for (const [name, text] of expected) {
    const row = rows.find((one) => one.name === name)
    if (name === 'broken.txt') {
      expect(row).toMatchObject({ state: 'failed', reason: { message: 'This one is broken.' } })
      continue
    }
    const contentId = createHash('sha256').update(text).digest('hex').slice(0, 32)
    contents.add(contentId)
    expect(row, name).toMatchObject({ contentId })
    expect(['indexed', 'unchanged']).toContain(row?.state)
    expect(index.texts.get(contentId)).toEqual(text.split('\n'))
  }
  expect(new Set(index.texts.keys())).toEqual(contents)
  expect(new Set(await readdir(paths.texts))).toEqual(contents)
  expect(await readdir(path.join(paths.spool, 'parsed'))).toEqual([])
  expect(new Set(index.ids).size).toBe(index.ids.length)
}

async function dieAt(bench: Bench, moment: string, round: number): Promise<boolean> {
  await writeRound(bench, round)
  const { died } = await start(bench, moment)
  await expectNothingLost(bench)
  return died
}

describe('a library that is killed', () => {
  test.each([
    ['before the first file', 'imported:1'],
    ['while a file is read', 'read:3'],
    ['before passages are embedded', 'embed:1'],
    ['in the middle of a long document', 'embed:3'],
    ['before passages are added', 'add:1'],
    ['between two writes to the index', 'add:2'],
    ['before old passages are removed', 'remove:1'],
    ['while the index is tidied', 'optimize:1'],
    ['after documents were removed', 'removed:1'],
    ['when everything was done', 'idle:1'],
  ])('%s goes on where it was', async (_when, moment) => {
    const bench = await createBench()
    // The first round from nothing, the second on what was there and has changed.
    let deaths = 0
    for (const round of [1, 2]) {
      if (await dieAt(bench, moment, round)) deaths += 1
      await start(bench, 'never')
      await expectComplete(bench, round)
    }
    expect(deaths).toBeGreaterThan(0)
  })

  test('repeatedly, at any change to its files, loses nothing', async () => {
    const bench = await createBench()
    await writeRound(bench, 0)
    const changes = Number((await start(bench, 'never')).printed)
    expect(changes).toBeGreaterThan(20)
    await rm(bench.dataDir, { recursive: true })

    let deaths = 0
    // A fixed seed, so that a failure can be reproduced.
    for (let round = 1; round <= 24; round += 1) {
      const moment = `fs:${String(1 + ((round * 37) % changes))}`
      if (await dieAt(bench, moment, round)) deaths += 1
      if (round % 4 === 0) {
        // The first may remove a document, whose content the next start sweeps.
        await start(bench, 'never')
        await start(bench, 'never')
        await expectComplete(bench, round)
      }
    }
    expect(deaths).toBeGreaterThan(12)
    // Thirty processes one after another, on a machine that may be busy.
  }, 300_000)

  test('is locked while its process runs, and free once that is dead', async () => {
    const bench = await createBench()
    await writeRound(bench, 1)
    expect(await dieAt(bench, 'read:2', 1)).toBe(true)
    expect(await readdir(bench.dataDir)).toContain('lock.json')
    expect((await start(bench, 'never')).died).toBe(false)
    expect(await readdir(bench.dataDir)).not.toContain('lock.json')
  })
})
