import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { vi } from 'vitest'
import { openSettings } from '../../../src/main/config/settingsStore.ts'
import { openCollections, type Collections } from '../../../src/main/documents/store/collections.ts'
import { openLedger, type Ledger } from '../../../src/main/documents/store/ledger.ts'
import { openIndexPointer } from '../../../src/main/indexing/indexPointer.ts'
import { createCalibration } from '../../../src/main/llm/calibration.ts'
import { openModelsFile, type ModelsFile } from '../../../src/main/models/modelsFile.ts'
import { libraryRow } from '../../helpers/libraryRow.ts'
import { testFaults, type FaultScenario } from '../../helpers/tryFaults.ts'

vi.mock('node:fs/promises', async (load) => {
  const { breakDisk } = await import('../../helpers/faultyDisk.ts')
  return breakDisk(await load())
})

const ignore = (): void => undefined

const collections = (
  change: (store: Collections, id: string) => Promise<unknown>,
): FaultScenario => {
  const open = (root: string) => openCollections(path.join(root, 'collections.json'), ignore)
  return {
    prepare: async (root) => (await open(root)).create('Quallen'),
    async open(root) {
      const store = await open(root)
      return {
        change: () => change(store, store.list()[0]?.id ?? ''),
        next: () => store.create('Aale'),
        shown: () => store.list().map(({ name }) => name),
      }
    },
  }
}

const models = (change: (store: ModelsFile) => Promise<unknown>): FaultScenario => {
  const open = (root: string) => openModelsFile(path.join(root, 'models', 'models.json'), ignore)
  const model = { role: 'answers', origin: 'added', name: 'A', file: '/a.gguf' } as const
  return {
    prepare: async (root) => (await open(root)).put({ id: 'a', ...model }),
    async open(root) {
      const store = await open(root)
      return {
        change: () => change(store),
        next: () => store.put({ id: 'z', ...model }),
        shown: () => store.all(),
      }
    },
  }
}

const ledger = (
  change: (store: Ledger) => Promise<unknown>,
  memory: FaultScenario['memory'] = 'change',
): FaultScenario => {
  const open = (root: string) => openLedger(path.join(root, 'library', 'ledger.jsonl'), ignore)
  return {
    memory,
    async prepare(root) {
      const store = await open(root)
      for (const id of ['a', 'b', 'b']) await store.put([libraryRow(id)])
      await store.close()
    },
    async open(root) {
      const store = await open(root)
      return {
        change: () => change(store),
        next: () => store.put([libraryRow('z')]),
        shown: () => store.list().map(({ id, words }) => [id, words]),
        close: () => store.close(),
      }
    },
  }
}

const scenarios: Readonly<Record<string, FaultScenario>> = {
  settings: {
    async open(root) {
      const store = await openSettings(path.join(root, 'settings.json'), ignore)
      return {
        change: () => store.update({ theme: 'dark' }),
        next: () => store.update({ theme: 'light' }),
        shown: () => store.get(),
      }
    },
  },
  'a new collection': collections((store) => store.create('Kraken')),
  'a renamed collection': collections((store, id) => store.rename(id, 'Kraken')),
  'a deleted collection': collections((store, id) => store.remove(id)),
  'rows of the ledger': ledger((store) =>
    store.put([libraryRow('a', { words: 7 }), libraryRow('c')]),
  ),
  'removed rows of the ledger': ledger((store) => store.drop(['a'])),
  'a new ledger': {
    ...ledger((store) => store.put([libraryRow('a'), libraryRow('c')])),
    prepare: () => Promise.resolve(),
  },
  'a damaged ledger': {
    ...ledger((store) => store.put([libraryRow('c'), libraryRow('d')])),
    prepare: (root) => writeDamaged(root),
  },
  'the index in use': {
    async open(root) {
      const first = { id: 'a', model: { id: 'a', name: 'A' }, dimensions: 3, anchors: null }
      const store = await openIndexPointer(path.join(root, 'index', 'in-use.json'), first, ignore)
      return {
        change: () => store.set({ index: { ...first, id: 'b' }, untidy: false }),
        next: () => store.set({ index: { ...first, id: 'c' } }),
        shown: () => store.get(),
      }
    },
  },
  'a model that is added': models((store) =>
    store.put({ id: 'b', role: 'answers', origin: 'added', name: 'B', file: '/b.gguf' }),
  ),
  'a model that is removed': models((store) => store.drop('a')),
  'a measurement': {
    prepare: (root) => writeFile(path.join(root, 'm.gguf'), ''),
    open(root) {
      const file = path.join(root, 'm.gguf')
      const store = createCalibration(path.join(root, 'calibration.json'), ignore)
      const set = (prefill: number) =>
        store.set(file, false, { threads: { prefill, generation: 1 }, measured: [] })
      return Promise.resolve({
        change: () => set(1),
        next: () => set(2),
        shown: async () => (await store.find(file, false))?.threads ?? null,
      })
    },
  },
}

async function writeDamaged(root: string): Promise<void> {
  const store = await openLedger(path.join(root, 'library', 'ledger.jsonl'), ignore)
  await store.put([libraryRow('a'), libraryRow('b')])
  await store.close()
  await writeFile(path.join(root, 'library', 'ledger.jsonl'), '{"pu\0\n', { flag: 'a' })
}

testFaults(scenarios, 600)
