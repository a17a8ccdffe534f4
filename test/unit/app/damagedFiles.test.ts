import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../../src/main/app.ts'
import { AppError } from '../../../src/shared/errors.ts'
import {
  contentsOf,
  endProcess,
  makeDataFolder,
  startOn,
  type Contents,
} from '../../helpers/dataFolder.ts'
import { isDrawn } from '../../helpers/tryFaults.ts'

/** Damages the file of the data folder at `place`. */
type Damage = (place: string) => void

const damages: Readonly<Record<string, Damage>> = {
  missing: (place) => rmSync(place),
  empty: (place) => writeFileSync(place, ''),
  'full of NULs': (place) => writeFileSync(place, Buffer.alloc(readFileSync(place).length)),
  garbage: (place) => writeFileSync(place, 'ï¿½\u0001 nothing {"put": \n[[[\n'),
  'broken in the middle'(place) {
    const bytes = readFileSync(place)
    bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 5)
    writeFileSync(place, bytes)
  },
  'a folder'(place) {
    rmSync(place)
    mkdirSync(place)
    writeFileSync(path.join(place, 'inside'), 'somebody’s')
  },
  'of a newer version'(place) {
    const text = readFileSync(place, 'utf8')
    writeFileSync(place, text.replace(/"(version|schema)": ?1/u, '"$1":99'))
  },
}

type Part = keyof Contents

/** Those of the index of passages: the whole of it is made again from the stored texts. */
const indexFiles: readonly (readonly [pattern: RegExp])[] = [
  [/\/_versions\/[^/]+\.manifest$/u],
  [/\/_versions\/latest_version_hint\.json$/u],
  [/\/_transactions\/[^/]+$/u],
  [/\/data\/[^/]+\.lance$/u],
  [/\/_indices\/[^/]+\/metadata\.lance$/u],
  [/\/_indices\/[^/]+\/part_\d+_tokens\.lance$/u],
  [/\/_indices\/[^/]+\/part_\d+_invert\.lance$/u],
  [/\/_indices\/[^/]+\/part_\d+_docs\.lance$/u],
  [/\/_indices\/[^/]+\/page_data\.lance$/u],
  [/\/_indices\/[^/]+\/page_lookup\.lance$/u],
]

/** The kinds of files: what their names match, and the parts of the app that may miss something. */
const files: readonly (readonly [pattern: RegExp, ...parts: Part[]])[] = [
  ...indexFiles,
  [/^settings\.json$/u, 'settings'],
  [/^model-hashes\.json$/u],
  [/^lock\.json$/u],
  [/^models\/models\.json$/u],
  [/^models\/\.downloads\/downloads\.json$/u],
  [/^index\/in-use\.json$/u],
  [/^index\/[^/]+\/terms\.json$/u],
  [/^library\/ledger\.jsonl$/u],
  [/^library\/ledger\.backup\.jsonl$/u],
  [/^library\/collections\.json$/u, 'collections'],
  [/^library\/texts\/[^/]+\/text\.jsonl$/u, 'documents'],
  [/^library\/texts\/[^/]+\/chunks-[^/]+\.jsonl$/u],
  [/^library\/originals\/[^/]+$/u],
  [/^conversations\/[^/]+\.jsonl$/u, 'conversations'],
  [/^templates\/[^/]+\/template\.json$/u, 'templates', 'testSets', 'runs'],
  [/^templates\/[^/]+\/draft\.json$/u, 'templates', 'testSets', 'runs'],
  [/^templates\/[^/]+\/versions\/0002\.json$/u, 'templates'],
  [/^templates\/[^/]+\/versions\/versions\.json$/u, 'templates'],
  [/^templates\/[^/]+\/test-sets\/[^/]+\.jsonl$/u, 'testSets'],
  [/^templates\/[^/]+\/runs\/[^/]+\/run\.json$/u, 'runs'],
  [/^templates\/[^/]+\/runs\/[^/]+\/state\.json$/u, 'runs'],
  [/^templates\/[^/]+\/runs\/[^/]+\/rows\.jsonl$/u, 'runs'],
  [/^templates\/[^/]+\/runs\/[^/]+\/results\.jsonl$/u, 'runs'],
  [/^logs\/penknife\.log$/u],
]

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .sort()
}

const isOfIndex = (name: string): boolean => name.includes('/passages.lance/')

/** What a start may replace or remove: it is made from the rest, or is a record of it. */
const derived =
  /^(lock\.json|logs\/|index\/|spool\/|model-hashes\.json|library\/ledger|library\/texts\/[^/]+\/chunks-)|versions\.json$|state\.json$/u

let made: string
let whole: Contents

beforeAll(async () => {
  made = mkdtempSync(path.join(tmpdir(), 'penknife-damaged-'))
  await makeDataFolder(made)
  const app = await startOn(made)
  whole = await contentsOf(app)
  await app.dispose()
  endProcess(made)
})
afterAll(() => rmSync(made, { recursive: true, force: true }))

test('every file of the data folder is damaged by some case', () => {
  const all = filesIn(made).filter((name) => !name.startsWith('model.gguf'))
  const unknown = all.filter((name) => !files.some(([pattern]) => pattern.test(name)))
  expect(unknown.filter((name) => !name.endsWith('0001.json'))).toEqual([])
  for (const [pattern] of files)
    expect(
      all.some((name) => pattern.test(name)),
      String(pattern),
    ).toBe(true)
})

describe.each(files.map(([pattern, ...parts]) => ({ pattern, parts })))(
  '$pattern',
  ({ pattern, parts }) => {
    const turn = files.findIndex((file) => file[0] === pattern)
    // All of them in a campaign.
    const every = turn < indexFiles.length ? 7 : 3
    const drawn = Object.entries(damages).filter((_, at) => isDrawn(at + turn, 0, every))
    test.each(drawn)('%s', async (how, damage) => {
      const dataDir = mkdtempSync(path.join(tmpdir(), 'penknife-damaged-'))
      try {
        cpSync(made, dataDir, { recursive: true, preserveTimestamps: true })
        const all = filesIn(dataDir).filter((one) => pattern.test(one))
        const [name = ''] = all
        // Of the index, the files of former versions may be there, which nothing reads.
        for (const one of isOfIndex(name) ? all : [name]) damage(path.join(dataDir, one))
        const before = keptIn(dataDir, name)
        await startDamaged(dataDir, parts)
        // A second start finds what the first one left.
        if (how === 'garbage') await startDamaged(dataDir, parts)
        expectKept(dataDir, name, before)
      } finally {
        rmSync(dataDir, { recursive: true, force: true })
      }
    })
  },
)

/** Starts on a damaged folder: whole parts are as before, or a sentence says what is wrong. */
async function startDamaged(dataDir: string, parts: readonly Part[]): Promise<void> {
  let app: App
  try {
    app = await startOn(dataDir)
  } catch (error) {
    expect(error, String(error)).toBeInstanceOf(AppError)
    return
  }
  try {
    await app.library.idle()
    const found = await contentsOf(app)
    const without = { ...whole, ...Object.fromEntries(parts.map((part) => [part, found[part]])) }
    expect(found).toEqual(without)
  } finally {
    await app.dispose()
  }
}

/** The bytes of all files that a start must neither change nor delete. */
function keptIn(dataDir: string, damaged: string): ReadonlyMap<string, Buffer> {
  const kept = new Map<string, Buffer>()
  for (const name of filesIn(dataDir)) {
    const isNeeded = name.startsWith(damaged) || !derived.test(name)
    if (isNeeded) kept.set(name, readFileSync(path.join(dataDir, name)))
  }
  return kept
}

/** Everything is still there; what was damaged may have another name. */
function expectKept(dataDir: string, damaged: string, before: ReadonlyMap<string, Buffer>): void {
  const now = filesIn(dataDir).map((name) => readFileSync(path.join(dataDir, name)))
  for (const [name, bytes] of before) {
    if (bytes.length === 0 || (name === damaged && derived.test(name))) continue
    const isThere = name.startsWith(damaged)
      ? now.some((one) => one.includes(bytes))
      : existsSync(path.join(dataDir, name)) && now.some((one) => one.includes(bytes))
    expect(isThere, name).toBe(true)
  }
}

test('a second app on the same folder says so, and changes nothing', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'penknife-twice-'))
  try {
    cpSync(made, dataDir, { recursive: true, preserveTimestamps: true })
    const first = await startOn(dataDir)
    await first.library.idle()
    const before = filesIn(dataDir).map((name) => [name, readFileSync(path.join(dataDir, name))])
    await expect(startOn(dataDir)).rejects.toMatchObject({ code: 'library-locked' })
    const after = filesIn(dataDir).map((name) => [name, readFileSync(path.join(dataDir, name))])
    expect(after).toEqual(before)
    expect(first.library.list().documents).toHaveLength(2)
    await first.dispose()
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})

test('an index that was replaced is in a notice, with the damaged one', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'penknife-index-'))
  try {
    cpSync(made, dataDir, { recursive: true, preserveTimestamps: true })
    for (const one of filesIn(dataDir).filter((name) => name.includes('passages.lance/data/'))) {
      writeFileSync(path.join(dataDir, one), 'no table')
    }
    const app = await startOn(dataDir)
    await app.library.idle()
    const found = await contentsOf(app)
    const [notice = ''] = app.notices
    await app.dispose()
    expect(found).toEqual(whole)
    expect(notice).toMatch(
      /^The index of your documents was damaged\. .+ \(\d[^)]* .?B\) was kept as /u,
    )
    expect(existsSync(/kept as (.+)\.$/u.exec(notice)?.[1] ?? '')).toBe(true)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
