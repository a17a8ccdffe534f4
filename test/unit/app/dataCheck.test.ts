import { existsSync } from 'node:fs'
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashFile } from '../../../src/main/disk/hashFile.ts'
import { openModelsFile } from '../../../src/main/models/modelsFile.ts'
import type { CheckedStore, DataFault, FaultKind } from '../../../src/shared/domain/dataFault.ts'
import { faultSentence, repairSentence } from '../../../src/shared/dataFaultWords.ts'
import type { Turn } from '../../../src/shared/domain/conversation.ts'
import { ggufFile, llamaMetadata, llamaTensors } from '../../helpers/gguf.ts'
import { hotelPapers } from '../../helpers/hotelPapers.ts'
import { moodRows } from '../../helpers/runMaterial.ts'
import { createTempDir } from '../../helpers/tempDir.ts'
import { labelTemplate } from '../../helpers/templates.ts'
import { createWindowCore, type WindowCore } from '../../helpers/windowCore.ts'

const { signal } = new AbortController()
const ignore = (): void => undefined

const turns: readonly Turn[] = [1, 2, 3].map((number) => ({
  id: `turn-${String(number)}`,
  question: `Question ${String(number)}`,
  completedQuery: null,
  askedAt: '2024-01-01T00:00:00.000Z',
  answer: null,
}))

/** A data folder with something in every store. */
async function makeCore(): Promise<WindowCore> {
  const template = labelTemplate({ name: 'Mood' })
  const core = await createWindowCore({
    templates: [template],
    testSets: [{ template: 'Mood', name: 'Guests', rows: moodRows(3) }],
    papers: hotelPapers.slice(0, 1),
    conversations: [
      { title: 'Leave', turns, template: null },
      { title: 'Pay', turns, template: null },
    ],
  })
  const { app, api } = core
  const id = core.idOf('template', 'Mood')
  await app.templates.store.save(id, { ...template, instruction: 'Judge.' }, 'second')
  await app.templates.store.keepDraft(id, { ...template, instruction: 'A draft.' })
  await api.settings.update({ theme: 'dark' })
  await runOnce(core, id)
  return core
}

async function runOnce({ api }: WindowCore, template: string): Promise<void> {
  const done = new Promise<void>((resolve) => {
    const stop = api.testRuns.changed(({ status }) => {
      if (status !== 'done') return
      stop()
      resolve()
    })
  })
  const [set] = await api.testRuns.testSets({ template })
  const plan = { kind: 'test', versions: [1], method: 'generate' } as const
  await api.testRuns.start({ template, testSet: set?.id ?? '', plan })
  await done
}

function check({ app }: WindowCore) {
  return app.dataCheck.check(false, ignore, signal)
}

async function repairAll(core: WindowCore) {
  const { faults } = await check(core)
  return core.app.dataCheck.repair(
    faults.map(({ id }) => id),
    ignore,
    signal,
  )
}

/** All files with their bytes, without what is written in the background and what is set aside. */
async function snapshot(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .filter(
      (file) =>
        !/^(logs|set-aside)\b|figures\.json$|ledger\.backup/u.test(path.relative(folder, file)),
    )
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file) => [path.relative(folder, file), await hashFile(file)] as const),
    ),
  )
}

let core: WindowCore
beforeAll(async () => {
  core = await makeCore()
}, 60_000)
afterAll(async () => {
  await core[Symbol.asyncDispose]()
})

/** The one path below the data folder that fits a pattern; * is any part of a name. */
async function find(pattern: string): Promise<string> {
  const names = await readdir(core.dataDir, { recursive: true })
  const asRegExp = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`, 'u')
  const found = names
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => asRegExp.test(name))
    .sort()
  return path.join(core.dataDir, found[0] ?? `no ${pattern}`)
}

test('an intact data folder has no faults, and the check changes nothing', async () => {
  // The list is copied five seconds after the last change.
  const copy = path.join(core.dataDir, 'library', 'ledger.backup.jsonl')
  await expect.poll(() => existsSync(copy)).toBe(true)
  const before = await snapshot(core.dataDir)
  const { files, faults } = await check(core)
  expect(faults).toEqual([])
  expect(files).toBeGreaterThan(20)
  expect(await snapshot(core.dataDir)).toEqual(before)
})

type Damage = (file: string) => Promise<unknown>
const damages = {
  missing: (file) => rm(file),
  empty: (file) => writeFile(file, ''),
  NULs: (file) => writeFile(file, Buffer.alloc(64)),
  garbage: (file) => writeFile(file, 'garbage\n'),
  'a broken line in the middle': async (file) => {
    const [first = '', ...rest] = (await readFile(file, 'utf8')).split('\n')
    await writeFile(file, [first, '{"half', ...rest].join('\n'))
  },
  'a folder': async (file) => {
    await rm(file)
    await mkdir(file)
    await writeFile(path.join(file, 'inside.txt'), 'kept')
  },
} as const satisfies Record<string, Damage>

type Case = readonly [
  file: string,
  store: CheckedStore,
  kinds: Readonly<Partial<Record<keyof typeof damages, FaultKind | null>>>,
]

const json = { garbage: 'unreadable' } as const
const whole = { ...json, 'a folder': 'unreadable' } as const
const lines = { NULs: 'unreadable', 'a broken line in the middle': 'lines' } as const

/** null: not a fault. */
const cases: readonly Case[] = [
  [
    'settings.json',
    'settings',
    { ...whole, empty: 'unreadable', NULs: 'unreadable', missing: 'missing' },
  ],
  [
    'library/ledger.jsonl',
    'documents',
    { ...whole, ...lines, empty: 'unreadable', missing: 'missing' },
  ],
  ['library/ledger.backup.jsonl', 'documents', lines],
  ['library/collections.json', 'documents', { ...json, missing: 'missing' }],
  ['index/in-use.json', 'index', json],
  ['index/*/terms.json', 'index', { garbage: 'word-counts' }],
  ['conversations/*.jsonl', 'conversations', { ...whole, ...lines, missing: 'missing' }],
  ['templates/*/template.json', 'templates', { ...whole, missing: 'missing' }],
  ['templates/*/versions/versions.json', 'templates', { ...json, missing: null }],
  ['templates/*/runs/*/run.json', 'runs', { ...json, missing: 'missing' }],
  ['templates/*/runs/*/state.json', 'runs', { ...json, missing: 'missing' }],
  ['model-hashes.json', 'models', { ...json, missing: null }],
]

const each = cases.flatMap(([file, store, kinds]) =>
  Object.entries(kinds).map(
    ([damage, kind]) => [file, damage as keyof typeof damages, store, kind] as const,
  ),
)

/** What a window sees of all that is stored. */
async function valuesOf(): Promise<unknown> {
  const { app, api } = core
  const id = core.idOf('template', 'Mood')
  const conversations = await api.chat.list()
  return {
    documents: app.library.list(),
    settings: await api.settings.get(),
    conversations: await Promise.all(conversations.map((one) => api.chat.get({ id: one.id }))),
    template: await api.templates.get({ id }),
    runs: (await api.testRuns.list({ template: id })).map(({ record, done }) => [record, done]),
  }
}

describe('what is in memory is written again', () => {
  test.each(each)('%s: %s', async (pattern, damage, store, kind) => {
    await writeFile(path.join(core.dataDir, 'model-hashes.json'), '{"version":1,"files":{}}')
    await makeTermCounts()
    const values = await valuesOf()
    const file = await find(pattern)
    await damages[damage](file)
    const before = await snapshot(core.dataDir)
    const { faults } = await check(core)
    expect(await snapshot(core.dataDir)).toEqual(before)
    expect(faults.map((one) => [one.store, one.kind])).toEqual(kind === null ? [] : [[store, kind]])
    if (kind === null) return

    const repaired = await repairAll(core)
    expect(repaired).toMatchObject({ faults: [], problem: null })
    expect(repaired.repaired).toHaveLength(1)
    expect(await valuesOf()).toEqual(values)
    if (damage !== 'missing') await expectSetAside(repaired.setAside, file)
    expect((await check(core)).faults).toEqual([])
  })
})

/** The counts are usually written when the app ends. */
async function makeTermCounts(): Promise<void> {
  await core.app.index.current().store.optimize()
}

async function expectSetAside(folder: string | null, file: string): Promise<void> {
  const aside = path.join(folder ?? '', 'files', path.relative(core.dataDir, file))
  const [name = ''] = (await readdir(path.dirname(aside))).filter(
    (one) => one === path.basename(aside),
  )
  expect(name).toBe(path.basename(file))
}

describe('what is nowhere else is set aside', () => {
  test('a version: its number is not taken again', async () => {
    await using own = await makeCore()
    const { app } = own
    const id = own.idOf('template', 'Mood')
    const versions = path.join(own.dataDir, 'templates', id, 'versions')
    await writeFile(path.join(versions, '0002.json'), 'garbage')
    expect(pick((await check(own)).faults)).toEqual([
      ['templates', 'Mood: version 2', 'unreadable', 'set-aside'],
    ])
    expect((await repairAll(own)).faults).toEqual([])
    // The template itself has the text of that version; it becomes a version again.
    const { versions: left } = await app.templates.store.get(id)
    expect(left.map(({ version }) => version)).toEqual([1, 3])
    expect(await app.templates.store.getVersion(id, 3)).toMatchObject({ instruction: 'Judge.' })
  })

  test('a draft: the saved template is left', async () => {
    await using own = await makeCore()
    const id = own.idOf('template', 'Mood')
    await writeFile(path.join(own.dataDir, 'templates', id, 'draft.json'), '{"schema":1}')
    expect(pick((await check(own)).faults)).toEqual([
      ['templates', 'Mood: draft', 'unreadable', 'set-aside'],
    ])
    expect((await repairAll(own)).faults).toEqual([])
    expect(await own.app.templates.store.get(id)).toMatchObject({
      draft: false,
      template: { instruction: 'Judge.' },
    })
  })

  test('lines of a test set', async () => {
    await using own = await makeCore()
    const id = own.idOf('template', 'Mood')
    const folder = path.join(own.dataDir, 'templates', id, 'test-sets')
    const [name = ''] = await readdir(folder)
    const before = await readFile(path.join(folder, name), 'utf8')
    await writeFile(path.join(folder, name), `${before}{"half\n`)
    expect(pick((await check(own)).faults)).toEqual([
      ['test-sets', 'Guests', 'lines', 'keep-readable'],
    ])
    expect((await repairAll(own)).faults).toEqual([])
    expect(await readFile(path.join(folder, name), 'utf8')).toBe(before)

    await writeFile(path.join(folder, name), Buffer.alloc(9))
    expect(pick((await check(own)).faults)).toEqual([
      ['test-sets', expect.any(String), 'unreadable', 'set-aside'],
    ])
    expect((await repairAll(own)).faults).toEqual([])
    expect(await own.api.testRuns.testSets({ template: id })).toEqual([])
  })

  test('lines of results: the row counts as not answered', async () => {
    await using own = await makeCore()
    const id = own.idOf('template', 'Mood')
    const [run] = await own.api.testRuns.list({ template: id })
    const folder = path.join(own.dataDir, 'templates', id, 'runs', run?.record.id ?? '')
    const results = path.join(folder, 'results.jsonl')
    const [first = '', ...rest] = (await readFile(results, 'utf8')).split('\n')
    await writeFile(results, [first.slice(0, 40), ...rest].join('\n'))
    await appendFile(path.join(folder, 'rows.jsonl'), 'garbage\n')
    expect(pick((await check(own)).faults)).toEqual([
      [
        'runs',
        expect.stringMatching(/^Mood: run of \d{4}-\d{2}-\d{2}: rows$/u),
        'lines',
        'keep-readable',
      ],
      ['runs', expect.stringMatching(/: results$/u), 'lines', 'keep-readable'],
    ])
    expect((await repairAll(own)).faults).toEqual([])
    expect(await own.api.testRuns.list({ template: id })).toMatchObject([{ done: 2, total: 3 }])
  })

  test('a conversation that is not in memory: what can be read is kept', async () => {
    await using own = await makeCore()
    const { dataDir, api } = own
    const folder = path.join(dataDir, 'conversations')
    const [{ id } = { id: '' }] = await api.chat.list()
    const text = await readFile(path.join(folder, `${id}.jsonl`), 'utf8')
    const other = id.replace(/^.{8}/u, '00000000')
    // Written by somebody else: the list does not know it.
    await writeFile(path.join(folder, `${other}.jsonl`), `${text.replace(id, other)}{"half\n{}\n`)
    await writeFile(path.join(folder, `${other.replace('0', '1')}.jsonl`), 'garbage\n')
    expect(pick((await check(own)).faults).sort()).toEqual([
      ['conversations', `${other}.jsonl`, 'lines', 'keep-readable'],
      ['conversations', `${other.replace('0', '1')}.jsonl`, 'unreadable', 'set-aside'],
    ])
    expect((await repairAll(own)).faults).toEqual([])
    expect((await api.chat.get({ id: other })).turns).toEqual(turns)
    expect(await readdir(folder)).toHaveLength(3)
  })

  test('copies that a start kept', async () => {
    await using own = await makeCore()
    const copy = path.join(own.dataDir, 'settings.broken-20260102T030405678Z.json')
    await writeFile(copy, 'garbage')
    await mkdir(path.join(own.dataDir, 'index', 'embedder.unreadable-1700000000000'))
    expect(pick((await check(own)).faults)).toEqual([
      ['settings', expect.stringContaining('broken'), 'damaged-copy', 'set-aside'],
      ['settings', expect.stringContaining('unreadable'), 'damaged-copy', 'set-aside'],
    ])
    expect((await repairAll(own)).faults).toEqual([])
    expect(await readdir(own.dataDir)).not.toContain(path.basename(copy))
  })
})

function pick(faults: readonly DataFault[]) {
  return faults.map(({ store, name, kind, repair }) => [store, name, kind, repair])
}

describe('models', () => {
  const bytes = ggufFile(llamaMetadata, llamaTensors)

  /** A downloaded model in the list of a data folder that is opened afterwards. */
  async function makeModel() {
    const own = await createWindowCore({ papers: [] })
    const folder = path.join(own.dataDir, 'models', 'm')
    await mkdir(folder, { recursive: true })
    const file = path.join(folder, 'm.gguf')
    await writeFile(file, bytes)
    const sha256 = await hashFile(file)
    const model = { id: 'm', role: 'answers', name: 'M', file } as const
    const files = [{ name: 'm.gguf', sizeBytes: bytes.length, sha256 }]
    await own.app.modelActions.installed.addDownloaded({ ...model, files })
    return { own, file, [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() }
  }

  const damaged: readonly (readonly [string, FaultKind, Damage])[] = [
    ['no file', 'model-missing', (file) => rm(file)],
    ['a file that is cut off', 'model-damaged', (file) => writeFile(file, bytes.subarray(0, -9))],
    ['garbage', 'model-damaged', (file) => writeFile(file, 'garbage')],
    ['more bytes', 'model-size', (file) => appendFile(file, 'more')],
  ]

  test.each(damaged)('%s: %s', async (_what, kind, damage) => {
    await using model = await makeModel()
    const { own, file } = model
    expect((await check(own)).faults).toEqual([])
    await damage(file)
    const { faults } = await check(own)
    expect(pick(faults)).toEqual([['models', 'M', kind, null]])
    // The file stays: only a person downloads it again.
    expect((await repairAll(own)).faults).toEqual(faults)
  })

  test('other bytes of the same length are found if they are read in full', async () => {
    await using model = await makeModel()
    const { own, file } = model
    const other = Buffer.from(bytes)
    other.writeUInt8(1, bytes.length - 1)
    await writeFile(file, other)
    expect((await check(own)).faults).toEqual([])
    const fractions: (number | null)[] = []
    const { faults } = await own.app.dataCheck.check(
      true,
      ({ fraction }) => fractions.push(fraction),
      signal,
    )
    expect(pick(faults)).toEqual([['models', 'M', 'model-hash', null]])
  })

  test('a list that is damaged is written again', async () => {
    await using model = await makeModel()
    const { own } = model
    const list = path.join(own.dataDir, 'models', 'models.json')
    await writeFile(list, 'garbage')
    expect((await repairAll(own)).faults).toEqual([])
    const models = await openModelsFile(list, ignore)
    expect(models.all().map(({ id }) => id)).toEqual(['m'])
  })
})

test('a check reports its progress and can be cancelled', async () => {
  const seen: string[] = []
  const stopped = new AbortController()
  await core.app.dataCheck.check(false, ({ name }) => seen.push(name), signal)
  expect(seen[0]).toBe('List of documents')
  stopped.abort()
  await expect(core.app.dataCheck.check(false, ignore, stopped.signal)).rejects.toMatchObject({
    code: 'cancelled',
  })
})

test('a repair that fails says why, and the fault stays', async () => {
  const file = path.join(core.dataDir, 'settings.json')
  await writeFile(file, 'garbage')
  const aside = path.join(core.dataDir, 'set-aside')
  const elsewhere = path.join(await createTempDir(), 'set-aside')
  if ((await readdir(core.dataDir)).includes('set-aside')) await rename(aside, elsewhere)
  await writeFile(aside, 'a file where a folder is needed')
  const { faults, problem, repaired } = await repairAll(core)
  expect(problem).toMatch(/There is a file where Penknife needs a folder/u)
  expect(repaired).toEqual([])
  expect(faults).toMatchObject([{ store: 'settings', kind: 'unreadable' }])
  await rm(aside)
  expect((await repairAll(core)).faults).toEqual([])
})

test('faults and repairs are told in sentences', () => {
  expect(faultSentence({ kind: 'lines', lines: 1 })).toBe('1 line can’t be read.')
  expect(repairSentence({ kind: 'text', repair: null })).toMatch(/Import the file again/u)
})
