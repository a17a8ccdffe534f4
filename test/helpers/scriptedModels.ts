import { setTimeout as delay } from 'node:timers/promises'
import type {
  AvailableModel,
  CalibrateItem,
  Download,
  IndexState,
  ModelState,
  RebuildState,
} from '../../src/shared/contract/models.ts'
import type {
  FoundModel,
  InstalledModel,
  MachineFacts,
  ModelFacts,
} from '../../src/shared/domain/languageModel.ts'
import { scripted, type Scripted } from './scripted.ts'
import type { CoreHandlers } from './windowCore.ts'

export interface ScriptedModelsOptions {
  /** The state of the model in use; the core's own by default. */
  readonly model?: Partial<ModelState>
  /** The installed models; the core's own by default. */
  readonly installed?: readonly InstalledModel[]
  readonly catalogue?: readonly AvailableModel[]
  readonly downloads?: readonly Download[]
  readonly machine?: Partial<MachineFacts>
  /** What a scan finds. */
  readonly found?: readonly FoundModel[]
  /** The index; the core's own by default. */
  readonly index?: Partial<IndexState>
}

/** Models that this machine does not have: shown as set, and actions on them have no effect. */
export interface ScriptedModels {
  readonly overrides: (handlers: CoreHandlers) => Pick<CoreHandlers, 'models'>
  readonly model: Scripted<ModelState>
  readonly installed: Scripted<readonly InstalledModel[]>
  readonly downloads: Scripted<readonly Download[]>
  readonly index: Scripted<IndexState>
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

export const usualCatalogue: readonly AvailableModel[] = [
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

const usualMachine: MachineFacts = {
  cpu: 'A processor',
  cores: 8,
  memoryBytes: 16 * gib,
  freeMemoryBytes: 9 * gib,
  modelsFolder: '/home/ada/.local/share/penknife/models',
  freeDiskBytes: 200e9,
}

const usualModel: ModelState = {
  status: 'ready',
  file: '/home/ada/models/llama-2-7b-chat.Q4_K_M.gguf',
  name: 'LLaMA 2 7B Chat',
  demo: false,
  fraction: null,
  error: null,
  contextSize: 4096,
  threads: 2,
  answering: 'write',
}

/** The model that comes with the app, in use. */
export const demoInUse = { demo: true, name: 'Penknife demo', answering: 'quote' } as const

const usualIndex: IndexState = {
  embedder: { id: 'penknife-embed', name: 'penknife-embed', dimensions: 256 },
  passages: 1204,
  sizeBytes: 4_800_000,
  rebuild: null,
}

export function scriptModels(options: ScriptedModelsOptions = {}): ScriptedModels {
  const model = scripted<ModelState>({ ...usualModel, ...options.model })
  const installed = scripted<readonly InstalledModel[]>(options.installed ?? [])
  const downloads = scripted<readonly Download[]>(options.downloads ?? [])
  const index = scripted<IndexState>({ ...usualIndex, ...options.index })
  return {
    model,
    installed,
    downloads,
    index,
    overrides: ({ models }) => ({
      models: {
        ...models,
        ...(options.model === undefined ? {} : modelHandlers(model)),
        ...(options.installed === undefined ? {} : listHandlers(installed)),
        ...(options.index === undefined ? {} : indexHandlers(index)),
        ...downloadHandlers(downloads, options.catalogue ?? usualCatalogue),
        machine: () => ({ ...usualMachine, ...options.machine }),
        scan: () => options.found ?? [],
        calibrate,
      },
    }),
  }
}

type ModelHandlers = Partial<CoreHandlers['models']>

function modelHandlers({ get, listen, set }: Scripted<ModelState>): ModelHandlers {
  return {
    state: get,
    stateChanged: listen,
    use(which) {
      const file = 'file' in which ? which.file : which.id
      const name = file === null ? demoInUse.name : usualModel.name
      set({ ...get(), status: 'ready', error: null, file, name, demo: file === null })
      return get()
    },
    unload() {
      set({ ...get(), status: 'idle' })
    },
  }
}

function listHandlers({ get, listen }: Scripted<readonly InstalledModel[]>): ModelHandlers {
  return {
    list: get,
    listChanged: listen,
    add: ({ file }) => installedModel({ id: file, origin: 'added', file }),
    inspect: () => sevenFacts,
    remove: () => undefined,
  }
}

function downloadHandlers(
  { get, listen, set }: Scripted<readonly Download[]>,
  catalogue: readonly AvailableModel[],
): ModelHandlers {
  const moving = { status: 'downloading', bytesPerSecond: null, secondsLeft: null } as const
  const change = (id: string, state: Download['state']): void => {
    set(get().map((one) => (one.id === id ? { ...one, state } : one)))
  }
  return {
    catalogue: () => catalogue,
    downloads: get,
    downloadsChanged: listen,
    startDownload(what) {
      const entry = 'id' in what ? catalogue.find(({ id }) => id === what.id) : undefined
      const { id, name, host } = entry ?? { id: 'address', name: 'm.gguf', host: 'a.example' }
      const started = { id, name, host, doneBytes: 0, totalBytes: null, state: moving }
      set([...get(), started])
      return started
    },
    pauseDownload: ({ id }) => change(id, { status: 'paused' }),
    resumeDownload: ({ id }) => change(id, moving),
    cancelDownload({ id }) {
      set(get().filter((one) => one.id !== id))
    },
  }
}

function indexHandlers({ get, listen, set }: Scripted<IndexState>): ModelHandlers {
  const building = {
    status: 'building',
    done: 0,
    total: 6,
    passages: 0,
    secondsLeft: null,
  } as const
  const change = (state: RebuildState['state']): void => {
    const { rebuild } = get()
    if (rebuild !== null) set({ ...get(), rebuild: { ...rebuild, state } })
  }
  return {
    index: get,
    indexChanged: listen,
    useEmbedder({ id }) {
      set({ ...get(), rebuild: { embedder: { id, name: id }, state: building } })
      return get()
    },
    pauseRebuild: () => change({ status: 'paused', done: 0, total: 6 }),
    resumeRebuild: () => change(building),
    cancelRebuild() {
      set({ ...get(), rebuild: null })
    },
  }
}

async function* calibrate(): AsyncGenerator<CalibrateItem> {
  yield { type: 'loading', fraction: 1 }
  yield { type: 'measuring', fraction: 0.5 }
  yield { type: 'choosing', fraction: 0.5 }
  await delay(0)
  yield {
    type: 'done',
    threads: { prefill: 8, generation: 4 },
    measured: [
      { threads: 4, prefill: 12.25, generation: 6.4 },
      { threads: 8, prefill: 20.5, generation: 6.1 },
    ],
    choice: { questions: 30, order: 24, model: 20, together: 26, counts: 'both' },
  }
}
