import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import type { Api } from '../../../src/renderer/src/api/api.ts'
import { createConnection } from '../../../src/renderer/src/api/connection.ts'
import { createMirror, type Mirror } from '../../../src/renderer/src/mirror/mirror.ts'
import type { MirroredState } from '../../../src/renderer/src/mirror/mirrored.ts'
import { appContract } from '../../../src/shared/contract/index.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import { openMirror } from '../../helpers/openMirror.ts'
import { openCore } from '../../helpers/openWindow.tsx'
import {
  bundledEmbedder,
  demoModel,
  scriptModels,
  type ScriptedModelsOptions,
} from '../../helpers/scriptedModels.ts'
import { createTempDir } from '../../helpers/tempDir.ts'
import type { WindowCoreOptions } from '../../helpers/windowCore.ts'
import { intentTemplate } from '../../helpers/writtenTemplates.ts'

interface Told {
  readonly error: unknown
  readonly sentence: string
}

async function mirrorOf(options: WindowCoreOptions = {}) {
  const core = await openCore({ papers: [], ...options })
  const api: Api = createClient(appContract, core.transport, { checkOutputs: true })
  const told: Told[] = []
  const mirror = openMirror(api, (error, sentence) => told.push({ error, sentence }))
  return { core, api, mirror, told }
}

const diskFull = new AppError('disk-full', 'The disk is full. Free some space and try again.')
const notSaving: WindowCoreOptions = {
  overrides: ({ settings }) => ({
    settings: { ...settings, update: () => Promise.reject(diskFull) },
  }),
}

/** Every slice, with the call that reads it from the core. */
function slices(mirror: Mirror, api: Api) {
  const { models, ...others } = mirror
  const { installed, catalogue, downloads, index, machine } = models
  return {
    info: [others.info, () => api.settings.info()],
    settings: [others.settings, () => api.settings.get()],
    model: [others.model, () => api.models.state()],
    library: [
      others.library,
      async () => {
        const { documents, collections } = await api.documents.list()
        return { documents: new Map(documents.map((one) => [one.id, one])), collections }
      },
    ],
    progress: [others.progress, () => api.documents.progress()],
    conversations: [others.conversations, () => api.chat.list()],
    templates: [
      others.templates,
      async () => ({
        list: await api.templates.list(),
        starters: await api.templates.starters(),
      }),
    ],
    installed: [installed, () => api.models.list()],
    catalogue: [catalogue, () => api.models.catalogue()],
    downloads: [downloads, () => api.models.downloads()],
    index: [index, () => api.models.index()],
    machine: [machine, () => api.models.machine()],
  } satisfies Record<
    | Exclude<keyof Mirror, 'models' | 'dispose'>
    | Exclude<keyof typeof models, 'reload' | 'dispose'>,
    readonly [{ getState: () => MirroredState<unknown> }, () => Promise<unknown>]
  >
}

const download = {
  id: 'seven',
  name: 'LLaMA 2 7B Chat',
  host: 'huggingface.co',
  doneBytes: 1,
  totalBytes: 2,
  state: { status: 'paused' },
} as const

/** Handlers for scripted models only. */
function withModels(shown: ScriptedModelsOptions): Required<Pick<WindowCoreOptions, 'overrides'>> {
  const usual = { model: {}, installed: [demoModel, bundledEmbedder], index: {} }
  return scriptModels({ ...usual, ...shown })
}

const otherModels = withModels({
  model: { name: 'Another' },
  index: { passages: 5 },
  installed: [demoModel, { ...bundledEmbedder, name: 'Another' }],
  catalogue: [],
  downloads: [download],
  machine: { freeDiskBytes: 17 },
})

/** A core that differs from the usual one in every slice. */
const changed: WindowCoreOptions = {
  papers: [{ name: 'new.txt', text: 'Something new.', collection: 'New' }],
  settings: { theme: 'dark' },
  conversations: [{ title: 'Leave', template: null, turns: [] }],
  templates: [intentTemplate],
  ...otherModels,
}

it('reads every slice again after a reconnect', async () => {
  const usual = await openCore({ papers: [], ...withModels({}) })
  const other = await openCore(changed)
  await other.api.documents.pause()
  let opened = 0
  const connection = createConnection(() => {
    opened += 1
    const { transport } = opened === 1 ? usual : other
    return { transport, opened: Promise.resolve() }
  })
  const told: unknown[] = []
  const mirror = createMirror({
    api: connection.api,
    connection: connection.state,
    onError: (error) => told.push(error),
  })
  const all = slices(mirror, connection.api)
  await vi.waitFor(() =>
    expect(Object.values(all).every(([slice]) => slice.getState().known)).toBe(true),
  )
  const before = Object.entries(all).map(([name, [slice]]) => [name, slice.getState().value])
  usual.close()
  connection.retry()
  for (const [name, [slice, read]] of Object.entries(all)) {
    await vi.waitFor(async () =>
      expect([name, slice.getState().value]).toEqual([name, await read()]),
    )
  }
  for (const [name, value] of before) {
    expect([name, all[name as keyof typeof all][0].getState().value]).not.toEqual([name, value])
  }
  expect(told).toEqual([])
  mirror.dispose()
})

it('shows a write at once, reverts it if it fails, and says so', async () => {
  const { mirror, told } = await mirrorOf(notSaving)
  await vi.waitFor(() => expect(mirror.settings.getState().known).toBe(true))
  const shown = (): string => mirror.settings.getState().value.theme
  mirror.settings.update({ theme: 'dark' })
  expect(shown()).toBe('dark')
  await vi.waitFor(() => expect(shown()).toBe('system'))
  expect(told.map(({ error }) => error)).toEqual([diskFull])
  expect(told[0]?.sentence).toContain('not be saved')
})

it('keeps a write made next to one that failed', async () => {
  let calls = 0
  const { mirror, api } = await mirrorOf({
    overrides: ({ settings }) => ({
      settings: {
        ...settings,
        update(patch, context) {
          calls += 1
          if (calls === 1) throw diskFull
          return settings.update(patch, context)
        },
      },
    }),
  })
  await vi.waitFor(() => expect(mirror.settings.getState().known).toBe(true))
  mirror.settings.update({ theme: 'dark' })
  mirror.settings.update({ passages: 12 })
  await vi.waitFor(() => expect(mirror.settings.getState().value.theme).toBe('system'))
  await vi.waitFor(async () =>
    expect(mirror.settings.getState().value).toEqual(await api.settings.get()),
  )
  expect(mirror.settings.getState().value.passages).toBe(12)
})

it('does not lose changes made while the first list is read', async () => {
  const waiting: (() => void)[] = []
  const { api, core, mirror } = await mirrorOf({
    overrides: ({ documents }) => ({
      documents: {
        ...documents,
        async list(input, context) {
          const found = await documents.list(input, context)
          const before = { ...found, documents: [...found.documents] }
          await new Promise<void>((resolve) => waiting.push(resolve))
          return before
        },
      },
    }),
  })
  await vi.waitFor(() => expect(waiting).toHaveLength(1))
  const file = path.join(await createTempDir(), 'late.txt')
  writeFileSync(file, 'It came late.')
  const heard = vi.fn()
  api.documents.changes(heard)
  await core.api.documents.import({ items: [{ path: file }], collection: null })
  await vi.waitFor(() => expect(heard).toHaveBeenCalled())
  waiting[0]?.()
  await vi.waitFor(() => expect(mirror.library.getState().known).toBe(true))
  const late = core.idOf('document', 'late.txt')
  expect(mirror.library.getState().value.documents.get(late)?.name).toBe('late.txt')
  await core.app.library.idle()
})

it('reports one sentence if many reads fail, and the reason in each slice', async () => {
  const failing = (): Promise<never> => Promise.reject(diskFull)
  const { mirror, told } = await mirrorOf({
    overrides: ({ documents, chat }) => ({
      documents: { ...documents, list: failing },
      chat: { ...chat, list: failing },
    }),
  })
  await vi.waitFor(() => expect(told).toHaveLength(1))
  expect(mirror.library.getState()).toMatchObject({ known: false, problem: diskFull.message })
  expect(mirror.conversations.getState()).toMatchObject({ problem: diskFull.message })
  expect(mirror.settings.getState()).toMatchObject({ known: true, problem: null })
})

it('reports no failure when the connection is lost', async () => {
  const { core, mirror } = await mirrorOf()
  await vi.waitFor(() => expect(mirror.library.getState().known).toBe(true))
  core.close()
  expect(await mirror.library.load()).toBeNull()
  expect(mirror.library.getState().problem).toBeNull()
})
