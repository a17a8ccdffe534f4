import { expect, it, vi } from 'vitest'
import type { Api } from '../../../src/renderer/src/api/api.ts'
import { createConnection } from '../../../src/renderer/src/api/connection.ts'
import { createMirror, type Mirror } from '../../../src/renderer/src/mirror/mirror.ts'
import type { MirroredState } from '../../../src/renderer/src/mirror/mirrored.ts'
import { appContract } from '../../../src/shared/contract/index.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import { createFakeCore, type FakeCore, type FakeCoreOptions } from '../../helpers/fakeApi.ts'
import { createFakeLibrary, row } from '../../helpers/fakeLibrary.ts'
import { bundledEmbedder, demoModel } from '../../helpers/fakeModels.ts'
import { intentTemplate } from '../../helpers/fakeTemplates.ts'
import { openMirror } from '../../helpers/openMirror.ts'

interface Told {
  readonly error: unknown
  readonly sentence: string
}

function mirrorOf(options: FakeCoreOptions = {}) {
  const core = createFakeCore(options)
  const api: Api = createClient(appContract, core.transport, { checkOutputs: true })
  const told: Told[] = []
  const mirror = openMirror(api, (error, sentence) => told.push({ error, sentence }))
  return { core, api, mirror, told }
}

const diskFull = new AppError('disk-full', 'The disk is full. Free some space and try again.')
const notSaving: FakeCoreOptions = {
  overrides: ({ settings }) => ({
    settings: { ...settings, update: () => Promise.reject(diskFull) },
  }),
}

/** Every slice, and what the core says that it holds. */
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

/** A core that differs from the usual one in every slice. */
const changed: FakeCoreOptions = {
  info: { version: '0.2.0' },
  settings: { theme: 'dark' },
  model: { name: 'Another' },
  library: { ...createFakeLibrary(), documents: [row('new', 'new.pdf', 'pdf', null)] },
  progress: { total: 7, done: 3 },
  conversations: [
    {
      version: 1,
      id: 'leave',
      title: 'Leave',
      createdAt: '2026-03-03T09:00:00.000Z',
      updatedAt: '2026-03-03T09:00:00.000Z',
      scope: { kind: 'all' },
      answering: null,
      template: null,
      sampling: null,
      turns: [],
    },
  ],
  templates: { templates: [{ id: 'intent', template: intentTemplate }] },
  index: { passages: 5 },
  models: {
    installed: [demoModel, { ...bundledEmbedder, name: 'Another' }],
    catalogue: [],
    downloads: [download],
    machine: { freeDiskBytes: 17 },
  },
}

it('reads every slice again after a reconnect', async () => {
  const cores: FakeCore[] = []
  const connection = createConnection(() => {
    const core = createFakeCore(cores.length === 0 ? {} : changed)
    cores.push(core)
    return { transport: core.transport, opened: Promise.resolve() }
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
  cores[0]?.close()
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

it('shows a write at once, takes it back when it fails, and says so', async () => {
  const { mirror, told } = mirrorOf(notSaving)
  await vi.waitFor(() => expect(mirror.settings.getState().known).toBe(true))
  const shown = (): string => mirror.settings.getState().value.theme
  mirror.settings.update({ theme: 'dark' })
  expect(shown()).toBe('dark')
  await vi.waitFor(() => expect(shown()).toBe('system'))
  expect(told.map(({ error }) => error)).toEqual([diskFull])
  expect(told[0]?.sentence).toContain('not be saved')
})

it('keeps a write that was made beside one that failed', async () => {
  let calls = 0
  const { mirror, api } = mirrorOf({
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

it('does not lose what changes while the first list is on its way', async () => {
  const waiting: (() => void)[] = []
  const { core, mirror } = mirrorOf({
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
  core.changeDocuments([row('late', 'late.pdf', 'pdf', null)])
  waiting[0]?.()
  await vi.waitFor(() => expect(mirror.library.getState().known).toBe(true))
  expect(mirror.library.getState().value.documents.get('late')?.name).toBe('late.pdf')
})

it('tells one sentence where many reads fail, and each slice why', async () => {
  const failing = (): Promise<never> => Promise.reject(diskFull)
  const { mirror, told } = mirrorOf({
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
