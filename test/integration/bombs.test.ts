import { execFileSync } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Library } from '../../src/main/documents/library.ts'
import { bundledEmbedder } from '../../src/main/embedding/embedderProfile.ts'
import { passageSizeOf } from '../../src/main/embedding/passageSize.ts'
import { createHostParser } from '../../src/main/parsing/hostParser.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import { readableExtensions } from '../../src/shared/domain/formats.ts'
import type { LibraryDocument } from '../../src/shared/domain/libraryDocument.ts'
import { allBombs } from '../helpers/bombs/allBombs.ts'
import { writeBomb } from '../helpers/bombs/bomb.ts'
import { fromDisk } from '../../src/main/disk/diskPath.ts'
import { oddNames } from '../helpers/bombs/oddNames.ts'
import { createFakeChunkStore } from '../helpers/fakeChunkStore.ts'
import { createFakeEmbedder } from '../helpers/fakeEmbedder.ts'
import { fixedIndex } from '../helpers/fixedIndex.ts'
import { createTempDir } from '../helpers/tempDir.ts'
import { openTestLibrary } from '../helpers/testLibrary.ts'

/** Every bomb takes minutes (`npm run campaign -- bombs`); the suite takes these. */
const drawn: ReadonlySet<string> = new Set([
  'lying size.xlsx',
  'overlapping parts.epub',
  'container that holds itself.docx',
  'a note referred to 50,000 times.docx',
  'lists at level a billion.docx',
  'one slide 100,000 times.pptx',
  'a million repeated rows.ods',
  '100,000 tables deep.html',
  'lists in quotations.md',
  '200,000 combining marks.txt',
  'a page tree in a circle.pdf',
  'a dictionary 100,000 deep.pdf',
  '10,000 messages within messages.eml',
])
const all = process.env.PENKNIFE_BOMBS === 'all'
const bombs = all ? allBombs : allBombs.filter(({ name }) => drawn.has(name))

/** A library with the app's own two parser processes; what they read is embedded and stored by fakes. */
async function open(root: string): Promise<Library> {
  const start = createForkedHosts(path.resolve('out/main'))
  const parser = createHostParser({ start, count: 2 })
  const profile = bundledEmbedder(path.resolve('resources/models/penknife-embed'))
  const { library } = await openTestLibrary(root, {
    parser,
    extensions: readableExtensions,
    index: fixedIndex({
      store: createFakeChunkStore(),
      embedder: createFakeEmbedder(),
      passageSize: passageSizeOf(profile),
    }),
  })
  onTestFinished(async () => {
    await library.close()
    await parser.dispose()
  })
  return library
}

/** Files that are neither read nor refused with a reason for the user. */
function unexplained(rows: readonly LibraryDocument[]): readonly unknown[] {
  return rows.filter(({ state, reason }) => {
    if (state === 'indexed' || state === 'partly-read') return false
    return state !== 'failed' || reason === null || reason.code === 'internal'
  })
}

test(
  `${String(bombs.length)} bombs are read or refused, and the files beside them are read`,
  { timeout: 60 * 60_000 },
  async () => {
    const root = await createTempDir()
    const folder = path.join(root, 'documents')
    await mkdir(folder)
    for (const [index, bomb] of bombs.entries()) {
      const number = String(index).padStart(3, '0')
      await writeBomb(bomb, path.join(folder, `${number} ${bomb.name}`))
      await writeFile(path.join(folder, `${number} beside.txt`), `Heron number ${number}.`)
    }
    const library = await open(root)
    const started = performance.now()
    await library.import([{ path: folder }], null)
    await library.idle()
    const seconds = (performance.now() - started) / 1_000
    const rows = library.list().documents
    const isBeside = ({ name }: LibraryDocument): boolean => name.endsWith(' beside.txt')
    expect(rows).toHaveLength(2 * bombs.length)
    expect(unexplained(rows)).toEqual([])
    expect(rows.filter((row) => isBeside(row) && row.state !== 'indexed')).toEqual([])
    if (all)
      report(
        rows.filter((row) => !isBeside(row)),
        seconds,
      )
  },
)

function report(rows: readonly LibraryDocument[], seconds: number): void {
  const counts = new Map<string, number>()
  for (const { state, reason } of rows) {
    const outcome = reason?.code ?? state
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
  const outcomes = [...counts].map(([outcome, count]) => `${outcome} ${String(count)}`).join(', ')
  process.stdout.write(`${String(rows.length)} bombs in ${seconds.toFixed(0)} s: ${outcomes}\n`)
}

// File systems of Windows and macOS do not allow most of the names.
test.runIf(process.platform === 'linux')(
  'files with odd names are read, and what is no file is left out',
  async () => {
    const root = await createTempDir()
    const folder = path.join(root, 'documents')
    await mkdir(folder)
    const at = (name: string): string => path.join(folder, name)
    for (const name of oddNames)
      await writeFile(at(name), `The name has ${String(name.length)} letters.`)
    const notUtf8 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('.txt')])
    await writeFile(Buffer.concat([Buffer.from(`${folder}/`), notUtf8]), 'A name of other bytes.')
    execFileSync('mkfifo', [at('pipe.txt')])
    const server = createServer().listen(path.join(root, 'socket'))
    onTestFinished(() => void server.close())
    await symlink(path.join(root, 'socket'), at('socket.txt'))
    await symlink('/dev/zero', at('device.txt'))
    await symlink('missing', at('dangling.txt'))
    await symlink('circle.txt', at('circle.txt'))
    await symlink('.', at('folder in itself'))

    const library = await open(root)
    const { skipped } = await library.import([{ path: folder }], null)
    await library.idle()
    const rows = library.list().documents
    expect(unexplained(rows)).toEqual([])
    // Names are shown without what would disturb a line; the paths are those of the disk.
    const named = (state: LibraryDocument['state']): readonly string[] =>
      rows.filter((row) => row.state === state).map((row) => path.basename(row.path ?? ''))
    const read = [...named('indexed')]
    expect(read.sort()).toEqual([...oddNames, fromDisk(notUtf8)].sort())
    const failed = [...named('failed')]
    expect(failed.sort()).toEqual(['circle.txt', 'dangling.txt', 'folder in itself'])
    // The pipe, the socket and the device.
    expect(skipped).toBe(3)
  },
)
