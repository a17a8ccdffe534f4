import type { Download, IndexState, ModelState } from '../../../src/shared/contract/models.ts'
import {
  availableModel,
  bundledEmbedder,
  demoInUse,
  demoModel,
  installedModel,
  scriptModels,
  sevenFacts,
  usualCatalogue,
  type ScriptedModelsOptions,
} from '../../helpers/scriptedModels.ts'
import type { WindowCoreOptions } from '../../helpers/windowCore.ts'

const demo: Partial<ModelState> = demoInUse
const large: Partial<ModelState> = { file: '/home/ada/models/llama-2-7b-chat.Q4_K_M.gguf' }
const installed = [
  demoModel,
  bundledEmbedder,
  installedModel({ inUse: true }),
  installedModel({
    id: 'own',
    origin: 'added',
    name: 'Mistral of my own',
    facts: null,
    speed: null,
    sizeBytes: 0,
    problem:
      'The file /home/ada/models/mistral.gguf is gone. Put it back, or take it off the list.',
  }),
]
const embedders = [
  availableModel({
    id: 'all-minilm-l6-v2',
    role: 'passages',
    name: 'all-MiniLM-L6-v2',
    description: 'Finds passages in English by their meaning; small and quick.',
    sizeBytes: null,
    aboutBytes: 90_852_864,
    fits: null,
    speed: null,
    licence: {
      name: 'Apache-2.0',
      url: 'https://www.apache.org/licenses/LICENSE-2.0',
      meaning: 'Free to use for any purpose.',
      gated: false,
    },
  }),
  availableModel({
    id: 'multilingual-e5-small',
    role: 'passages',
    name: 'multilingual-e5-small',
    description: 'Finds passages in about a hundred languages.',
    sizeBytes: null,
    aboutBytes: 470_600_000,
    fits: null,
    speed: null,
    licence: { name: 'MIT', url: 'https://mit-license.org', meaning: 'Free to use.', gated: false },
  }),
]
const catalogue = [...usualCatalogue, ...embedders]
const minilm = installedModel({
  id: 'all-minilm-l6-v2',
  role: 'passages',
  name: 'all-MiniLM-L6-v2',
  sizeBytes: 91_000_000,
  facts: null,
  speed: null,
})

function download(state: Download['state'], change: Partial<Download> = {}): Download {
  return {
    id: 'llama-2-7b-chat-q4-k-m',
    name: 'LLaMA 2 7B Chat',
    host: 'huggingface.co',
    doneBytes: 1_551_000_000,
    totalBytes: 4_081_004_224,
    state,
    ...change,
  }
}

const scene =
  (
    model: Partial<ModelState>,
    models: ScriptedModelsOptions = {},
    index: Partial<IndexState> = {},
  ) =>
  (): WindowCoreOptions => {
    const installed = [{ ...demoModel, inUse: true }, bundledEmbedder]
    return scriptModels({ model, catalogue, installed, index, ...models })
  }

/** One download in a state. */
const fetching = (state: Download['state'], change: Partial<Download> = {}) =>
  scene(demo, { downloads: [download(state, change)] })

const rebuilding = (state: NonNullable<IndexState['rebuild']>['state']) =>
  scene(
    large,
    { installed: [...installed, minilm] },
    { rebuild: { embedder: { id: 'all-minilm-l6-v2', name: 'all-MiniLM-L6-v2' }, state } },
  )

/** The Models place in each state that it can be in. */
export const modelScenes: Readonly<Record<string, () => WindowCoreOptions>> = {
  'models-demo': scene(demo, {
    found: [
      {
        place: 'ollama',
        name: 'llama2:7b',
        file: '/usr/share/ollama/.ollama/models/blobs/sha256-8934d96d3f08982e95922b2b7a2c626a1fe873d7c3b06e8e56d7bc0a1fef9246',
        sizeBytes: 3_826_781_184,
        facts: sevenFacts,
        problem: null,
        installed: false,
      },
      {
        place: 'lm-studio',
        name: 'nomic-embed-text-v1.5.Q8_0',
        file: '/home/ada/.lmstudio/models/nomic/nomic-embed-text-v1.5.Q8_0.gguf',
        sizeBytes: 146_000_000,
        facts: null,
        problem:
          'nomic-embed-text-v1.5.Q8_0.gguf is an embedding model: it compares texts but cannot write answers.',
        installed: false,
      },
    ],
  }),
  'models-installed': scene(demo, {
    installed: installed.map((one) => ({ ...one, inUse: one === demoModel })),
  }),
  'models-downloading': fetching({
    status: 'downloading',
    bytesPerSecond: 11_800_000,
    secondsLeft: 214,
  }),
  'models-beginning': fetching(
    { status: 'downloading', bytesPerSecond: null, secondsLeft: null },
    { doneBytes: 0, totalBytes: null },
  ),
  'models-reconnecting': fetching({
    status: 'reconnecting',
    reason: 'the connection to huggingface.co broke',
  }),
  'models-paused': fetching({ status: 'paused' }),
  'models-verifying': fetching(
    { status: 'verifying', fraction: 0.62 },
    { doneBytes: 4_081_004_224 },
  ),
  'models-failed-download': fetching({
    status: 'failed',
    error: {
      code: 'permission-denied',
      message:
        'huggingface.co does not hand this file out (403). Some publishers first want their licence to be accepted on their site. Accept it there, download the file with your browser, then add it here.',
    },
  }),
  'models-arrived': scene(demo, {
    installed: [{ ...demoModel, inUse: true }, bundledEmbedder, installedModel()],
    downloads: [
      download({ status: 'done', model: 'llama-2-7b-chat-q4-k-m' }, { doneBytes: 4_081_004_224 }),
    ],
  }),
  'models-loading': scene({ ...large, status: 'loading', fraction: 0.43 }, { installed }),
  'models-measuring': scene({ ...large, status: 'measuring', fraction: 0.7 }, { installed }),
  'models-ready': scene(large, { installed }),
  'models-idle': scene({ ...large, status: 'idle' }, { installed }),
  'models-crashed': scene(
    {
      ...large,
      status: 'loading',
      fraction: 0.1,
      error: {
        code: 'host-crashed',
        message:
          'The language model’s process was ended by the system. What it had written is kept; it starts again.',
      },
    },
    { installed },
  ),
  'models-failed': scene(
    {
      ...large,
      status: 'failed',
      error: {
        code: 'out-of-memory',
        message: 'There is not enough memory for this model. Choose a smaller one.',
      },
    },
    { installed },
  ),
  'models-rebuilding': rebuilding({
    status: 'building',
    done: 41,
    total: 128,
    passages: 2204,
    secondsLeft: 300,
  }),
  'models-rebuild-paused': rebuilding({ status: 'paused', done: 41, total: 128 }),
  'models-rebuild-failed': rebuilding({
    status: 'failed',
    error: { code: 'disk-full', message: 'The disk is full. Make room, then try again.' },
  }),
}
