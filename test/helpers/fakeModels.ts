import type { AvailableModel, CalibrateItem, Download } from '../../src/shared/contract/models.ts'
import type {
  FoundModel,
  InstalledModel,
  MachineFacts,
  ModelFacts,
} from '../../src/shared/domain/languageModel.ts'
import { AppError } from '../../src/shared/errors.ts'
import { createFeed } from './feed.ts'
import type { FakeHandlers } from './fakeApi.ts'

export interface FakeModelsOptions {
  readonly installed?: readonly InstalledModel[]
  readonly catalogue?: readonly AvailableModel[]
  readonly downloads?: readonly Download[]
  readonly machine?: Partial<MachineFacts>
  /** What a scan finds. */
  readonly found?: readonly FoundModel[]
}

/** Without what `createFakeCore` answers itself: what is in use. */
type ModelHandlers = Omit<
  FakeHandlers['models'],
  | 'state'
  | 'stateChanged'
  | 'use'
  | 'unload'
  | 'index'
  | 'indexChanged'
  | 'useEmbedder'
  | 'pauseRebuild'
  | 'resumeRebuild'
  | 'cancelRebuild'
>

/** The models of an invented core: what is installed, to be had, and on its way. */
export interface FakeModels {
  readonly handlers: ModelHandlers
  /** Everything that was asked for, as it arrived. */
  readonly calls: string[]
  installed(): readonly InstalledModel[]
  setInstalled(models: readonly InstalledModel[]): void
  setDownloads(downloads: readonly Download[]): void
  /** Changes one download. */
  changeDownload(id: string, change: Partial<Download>): void
}

const gib = 1024 ** 3

export const sevenFacts: ModelFacts = {
  name: 'LLaMA 2 7B Chat',
  architecture: 'llama',
  parameters: 6_738_415_616,
  quantisation: 'Q4_K_M',
  contextLength: 4096,
  chatTemplate: null,
  chatFormat: 'llama-2',
  vocabulary: 32_000,
  sizeBytes: 4_081_004_224,
  fits: { memoryBytes: 6_500_000_000, maxContext: 4096 },
}

export function installedModel(change: Partial<InstalledModel> = {}): InstalledModel {
  return {
    id: 'llama-2-7b-chat-q4-k-m',
    role: 'answers',
    origin: 'downloaded',
    name: 'LLaMA 2 7B Chat',
    file: '/home/ada/models/llama-2-7b-chat.Q4_K_M.gguf',
    sizeBytes: 4_081_004_224,
    facts: sevenFacts,
    speed: { reading: 20, writing: 6.4, measured: true },
    inUse: false,
    problem: null,
    ...change,
  }
}

export const demoModel: InstalledModel = installedModel({
  id: 'penknife-tiny',
  origin: 'bundled',
  name: 'Penknife demo',
  file: '/opt/penknife/penknife-tiny.gguf',
  sizeBytes: 10_400_000,
  speed: { reading: 4000, writing: 1210, measured: true },
  facts: {
    ...sevenFacts,
    name: 'Penknife demo',
    parameters: 9_400_000,
    quantisation: 'Q8_0',
    contextLength: 2048,
    chatFormat: 'own',
    vocabulary: 8192,
    sizeBytes: 10_400_000,
    fits: { memoryBytes: 240_000_000, maxContext: 2048 },
  },
})

export const bundledEmbedder: InstalledModel = installedModel({
  id: 'penknife-embed',
  role: 'passages',
  origin: 'bundled',
  name: 'penknife-embed',
  file: '/opt/penknife/embedder',
  sizeBytes: 8_100_000,
  facts: null,
  speed: null,
  inUse: true,
})

const llamaLicence: AvailableModel['licence'] = {
  name: 'LLaMA 2 Community License',
  url: 'https://ai.meta.com/llama/license/',
  meaning: 'Free to use, also at work, within Meta’s acceptable use policy.',
  gated: false,
}

export function availableModel(change: Partial<AvailableModel> = {}): AvailableModel {
  return {
    id: 'llama-2-7b-chat-q4-k-m',
    role: 'answers',
    name: 'LLaMA 2 7B Chat',
    description: 'Writes good answers in its own words. The usual choice.',
    recommended: true,
    architecture: 'llama',
    parameters: 6_738_415_616,
    quantisation: 'Q4_K_M',
    contextLength: 4096,
    chatFormat: 'llama-2',
    vocabulary: 32_000,
    contextTokenBytes: 524_288,
    licence: llamaLicence,
    files: [
      {
        name: 'llama-2-7b-chat.Q4_K_M.gguf',
        url: 'https://huggingface.co/a/llama-2-7b-chat.Q4_K_M.gguf',
        sizeBytes: 4_081_004_224,
        sha256: null,
      },
    ],
    embedding: null,
    host: 'huggingface.co',
    sizeBytes: 4_081_004_224,
    aboutBytes: 4_081_004_224,
    fits: { memoryBytes: 6_500_000_000, maxContext: 4096 },
    speed: { reading: 18, writing: 6.6, measured: false },
    installed: false,
    ...change,
  }
}

export const fakeCatalogue: readonly AvailableModel[] = [
  availableModel(),
  availableModel({
    id: 'llama-2-7b-chat-q8-0',
    quantisation: 'Q8_0',
    description: 'Nearly as good as the original. Wants 12 GB of memory.',
    recommended: false,
    sizeBytes: null,
    aboutBytes: 7_159_566_592,
    fits: { memoryBytes: 9_600_000_000, maxContext: 4096 },
    speed: { reading: 18, writing: 3.8, measured: false },
  }),
  availableModel({
    id: 'llama-2-13b-chat-q4-k-m',
    name: 'LLaMA 2 13B Chat',
    description: 'Better answers than 7B at half the speed. Wants 16 GB of memory.',
    recommended: false,
    parameters: 13_015_864_320,
    sizeBytes: null,
    aboutBytes: 7_874_597_914,
    fits: { memoryBytes: 11_500_000_000, maxContext: 2048 },
    speed: { reading: 9, writing: 3.2, measured: false },
  }),
  availableModel({
    id: 'tinyllama-1.1b-chat-q4-k-m',
    name: 'TinyLlama 1.1B Chat',
    description: 'For small machines: quick, and simple answers only.',
    parameters: 1_100_048_384,
    contextLength: 2048,
    licence: {
      name: 'Apache-2.0',
      url: 'https://www.apache.org/licenses/LICENSE-2.0',
      meaning: 'Free to use for any purpose.',
      gated: false,
    },
    sizeBytes: 668_788_096,
    aboutBytes: 668_788_096,
    fits: { memoryBytes: 1_000_000_000, maxContext: 2048 },
    speed: { reading: 110, writing: 29, measured: false },
  }),
  availableModel({
    id: 'gated-70b',
    name: 'LLaMA 2 70B Chat',
    description: 'The best of the family, for large machines.',
    recommended: false,
    parameters: 68_976_648_192,
    licence: { ...llamaLicence, gated: true },
    sizeBytes: 41_423_000_000,
    aboutBytes: 41_423_000_000,
    fits: { memoryBytes: 43_000_000_000, maxContext: 0 },
    speed: null,
  }),
]

const machine: MachineFacts = {
  cpu: 'A processor',
  cores: 8,
  memoryBytes: 16 * gib,
  freeMemoryBytes: 9 * gib,
  modelsFolder: '/home/ada/.local/share/penknife/models',
  freeDiskBytes: 200e9,
}

export function createFakeModels(options: FakeModelsOptions = {}): FakeModels {
  let installed = options.installed ?? [demoModel, bundledEmbedder]
  let downloads = options.downloads ?? []
  const catalogue = options.catalogue ?? fakeCatalogue
  const calls: string[] = []
  const listChanged = createFeed<readonly InstalledModel[]>()
  const downloadsChanged = createFeed<readonly Download[]>()

  function setInstalled(next: readonly InstalledModel[]): void {
    installed = next
    listChanged.emit(installed)
  }

  function setDownloads(next: readonly Download[]): void {
    downloads = next
    downloadsChanged.emit(downloads)
  }

  function changeDownload(id: string, change: Partial<Download>): void {
    setDownloads(downloads.map((one) => (one.id === id ? { ...one, ...change } : one)))
  }

  function inspect(file: string): ModelFacts {
    if (/\.gguf$/iu.test(file)) return sevenFacts
    throw new AppError('model-load-failed', 'This is no GGUF file. Choose another one.')
  }

  const status = (state: Download['state']): { readonly state: Download['state'] } => ({ state })
  const moving = { status: 'downloading', bytesPerSecond: null, secondsLeft: null } as const

  return {
    calls,
    installed: () => installed,
    setInstalled,
    setDownloads,
    changeDownload,
    handlers: {
      list: () => installed,
      listChanged: listChanged.listen,
      machine: () => ({ ...machine, ...options.machine }),
      inspect: ({ file }) => inspect(file),
      add({ file }) {
        calls.push(`add ${file}`)
        const facts = inspect(file)
        const added = installedModel({ id: file, origin: 'added', file, name: facts.name, facts })
        setInstalled([...installed.filter(({ id }) => id !== file), added])
        return added
      },
      remove({ id }) {
        calls.push(`remove ${id}`)
        setInstalled(installed.filter((one) => one.id !== id))
      },
      scan({ folder }) {
        calls.push(`scan ${String(folder)}`)
        return options.found ?? []
      },
      catalogue: () =>
        catalogue.map((entry) => ({
          ...entry,
          installed: installed.some(({ id }) => id === entry.id),
        })),
      downloads: () => downloads,
      downloadsChanged: downloadsChanged.listen,
      startDownload(what) {
        calls.push(`download ${'id' in what ? what.id : what.url}`)
        const entry = 'id' in what ? catalogue.find(({ id }) => id === what.id) : undefined
        const url = 'url' in what ? new URL(what.url) : null
        const started: Download = {
          id: entry?.id ?? url?.pathname.split('/').at(-1) ?? 'download',
          name: entry?.name ?? url?.pathname.split('/').at(-1) ?? 'download',
          host: entry?.host ?? url?.host ?? '',
          doneBytes: 0,
          totalBytes: entry?.sizeBytes ?? null,
          state: moving,
        }
        setDownloads([...downloads.filter(({ id }) => id !== started.id), started])
        return started
      },
      pauseDownload({ id }) {
        calls.push(`pause ${id}`)
        changeDownload(id, status({ status: 'paused' }))
      },
      resumeDownload({ id }) {
        calls.push(`resume ${id}`)
        changeDownload(id, status(moving))
      },
      cancelDownload({ id }) {
        calls.push(`cancel ${id}`)
        setDownloads(downloads.filter((one) => one.id !== id))
      },
      async *calibrate(_input, { signal }): AsyncGenerator<CalibrateItem> {
        yield { type: 'loading', fraction: 1 }
        for (const fraction of [0, 0.5, 1]) {
          if (signal.aborted) return
          yield { type: 'measuring', fraction }
          await new Promise((resolve) => setTimeout(resolve, 0))
        }
        yield {
          type: 'done',
          threads: { prefill: 8, generation: 4 },
          measured: [
            { threads: 4, prefill: 12.25, generation: 6.4 },
            { threads: 8, prefill: 20.5, generation: 6.1 },
          ],
        }
      },
    },
  }
}
