import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { vi } from 'vitest'
import { openAdoptions } from '../../../../src/main/documents/store/adoptions.ts'
import {
  openContentStore,
  type ContentStore,
} from '../../../../src/main/documents/store/contentStore.ts'
import { passagesFile } from '../../../../src/main/documents/store/passageFiles.ts'
import { openUploads, type Uploads } from '../../../../src/main/documents/store/uploads.ts'
import { testFaults, type FaultScenario } from '../../../helpers/tryFaults.ts'

vi.mock('node:fs/promises', async (load) => {
  const { breakDisk } = await import('../../../helpers/faultyDisk.ts')
  return breakDisk(await load())
})

/** Files and their text, below a folder; those of a folder that is being deleted do not count. */
function filesIn(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.leaving'))
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

function writeParsed(folder: string, text: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'text.jsonl'), `${JSON.stringify({ page: 1, text })}\n`)
  writeFileSync(passagesFile(folder, 'old'), '{}\n')
}

/** @param change of a store with a content `a`; there is parsed text of `b`, and a new cut of `a`. */
function contents(change: (store: ContentStore, root: string) => Promise<unknown>): FaultScenario {
  return {
    prepare(root) {
      for (const id of ['a', 'b', 'z']) writeParsed(path.join(root, 'parsed', id), id)
      writeParsed(path.join(root, 'texts', 'a'), 'a')
      writeFileSync(path.join(root, 'cut'), '{}\n{}\n')
      mkdirSync(path.join(root, 'aside'))
      return Promise.resolve()
    },
    async open(root) {
      const texts = path.join(root, 'texts')
      const store = await openContentStore(texts)
      return {
        change: () => change(store, root),
        next: () => store.adopt(new Map([['z', path.join(root, 'parsed', 'z')]])),
        shown: async () => [
          [...store.contents()].sort(),
          await Promise.all(store.contents().map((id) => store.countPassages(id, 'new'))),
          filesIn(texts),
          filesIn(path.join(root, 'aside')),
        ],
      }
    },
  }
}

const spooled = '00000000-0000-4000-8000-000000000000'

/** @param change of an upload that waits, and of the kept copy of a content `a`. */
function uploads(change: (store: Uploads, root: string) => Promise<unknown>): FaultScenario {
  return {
    prepare(root) {
      for (const name of ['spool/uploads', 'originals', 'aside']) {
        mkdirSync(path.join(root, name), { recursive: true })
      }
      writeFileSync(path.join(root, 'spool', 'uploads', spooled), 'waiting')
      writeFileSync(path.join(root, 'originals', 'a.txt'), 'kept')
      return Promise.resolve()
    },
    async open(root) {
      const store = await openUploads(path.join(root, 'spool'), path.join(root, 'originals'))
      await store.removeUnfinished()
      const next = spooled.replace('4', '5')
      return {
        change: () => change(store, root),
        async next() {
          writeFileSync(path.join(root, 'spool', 'uploads', next), 'next')
          await store.keep(next, 'z', 'z.txt')
        },
        shown: async () => [
          [...store.originals()].sort(),
          store.originals().map((id) => readFileSync(store.original(id) ?? '', 'utf8')),
          [...(await store.waiting())].sort(),
          filesIn(path.join(root, 'aside')),
        ],
      }
    },
  }
}

const scenarios: Readonly<Record<string, FaultScenario>> = {
  'a content that is adopted': contents((store, root) =>
    store.adopt(new Map([['b', path.join(root, 'parsed', 'b')]])),
  ),
  'a content that is removed': contents((store) => store.remove('a')),
  'a content that is set aside': contents((store, root) =>
    store.moveTo('a', path.join(root, 'aside')),
  ),
  'passages for another index': contents((store, root) =>
    store.adoptPassages('a', 'new', path.join(root, 'cut')),
  ),
  'passages of another index that are removed': contents((store) => store.keepPassages('a', [])),
  'an upload that is kept': uploads((store) => store.keep(spooled, 'b', 'b.txt')),
  'an upload that is discarded': uploads((store) => store.discard(spooled)),
  'an upload that is set aside': uploads((store, root) =>
    store.moveWaiting(spooled, path.join(root, 'aside')),
  ),
  'an original that waits again': uploads((store) =>
    store.spoolAgain(spooled.replace('4', '6'), 'a'),
  ),
  'an original that is removed': uploads((store) => store.removeOriginal('a')),
  'an original that is set aside': uploads((store, root) =>
    store.moveOriginal('a', path.join(root, 'aside')),
  ),
  'the names of contents that are being stored': {
    async open(root) {
      const store = await openAdoptions(root)
      return {
        change: () => store.begin(['a', 'b']),
        next: () => store.begin(['z']),
        shown: async () => [...(await store.unfinished())].sort(),
      }
    },
    between: [['a']],
  },
  'the names of contents that are stored': {
    prepare: async (root) => (await openAdoptions(root)).begin(['a', 'b']),
    async open(root) {
      const store = await openAdoptions(root)
      return {
        change: () => store.end(['a', 'b']),
        next: () => store.begin(['z']),
        shown: async () => [...(await store.unfinished())].sort(),
      }
    },
    between: [['b']],
  },
}

testFaults(scenarios, 170)
