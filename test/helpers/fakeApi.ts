import { appContract, type AppContract } from '../../src/shared/contract/index.ts'
import type { AskItem } from '../../src/shared/contract/chat.ts'
import type { ImportProgress } from '../../src/shared/contract/documents.ts'
import type { IndexState, ModelState, RebuildState } from '../../src/shared/contract/models.ts'
import type { TemplateSummary } from '../../src/shared/contract/templates.ts'
import type { AppInfo } from '../../src/shared/contract/settings.ts'
import type { Answer, Conversation, Turn } from '../../src/shared/domain/conversation.ts'
import type { LibraryDocument } from '../../src/shared/domain/libraryDocument.ts'
import { defaultSettings, type Settings } from '../../src/shared/domain/settings.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { Handlers } from '../../src/shared/rpc/contract.ts'
import { createMemoryTransportPair } from '../../src/shared/rpc/memoryTransport.ts'
import { serve } from '../../src/shared/rpc/server.ts'
import type { Transport } from '../../src/shared/rpc/transport.ts'
import { answerOf, scripts, turnOf, type Script } from './fakeAnswers.ts'
import { createFakeModels, type FakeModels, type FakeModelsOptions } from './fakeModels.ts'
import { createFakeLibrary, row, type FakeLibrary } from './fakeLibrary.ts'
import {
  createFakeTemplates,
  type FakeTemplates,
  type FakeTemplatesOptions,
} from './fakeTemplates.ts'
import { createFakeTestRuns, type FakeTestRuns, type FakeTestRunsOptions } from './fakeTestRuns.ts'
import { inFormOf } from './fakeTemplateAnswers.ts'
import { createFeed } from './feed.ts'

export interface FakeCoreOptions {
  readonly library?: FakeLibrary
  readonly conversations?: readonly Conversation[]
  readonly model?: Partial<ModelState>
  readonly index?: Partial<IndexState>
  readonly models?: FakeModelsOptions
  readonly info?: Partial<AppInfo>
  readonly settings?: Partial<Settings>
  readonly progress?: Partial<ImportProgress>
  /** Milliseconds between two pieces of an answer; 0 hands over to other work in between. */
  readonly pace?: number
  /** How a question is answered. */
  readonly script?: (question: string) => Script
  readonly templates?: FakeTemplatesOptions
  readonly testRuns?: Omit<FakeTestRunsOptions, 'templateOf'>
  /** Replaces single handlers, to fail or to hang. */
  readonly overrides?: (handlers: FakeHandlers) => Partial<FakeHandlers>
}

export type FakeHandlers = Handlers<AppContract>
type AskInput = Parameters<FakeHandlers['chat']['ask']>[0]

/** The core as the window sees it, with an invented library and scripted answers. */
export interface FakeCore {
  /** The window's end of the wire. */
  readonly transport: Transport
  readonly library: FakeLibrary
  readonly conversations: Map<string, Conversation>
  readonly templates: FakeTemplates
  readonly testRuns: FakeTestRuns
  readonly models: FakeModels
  /** Every question as it arrived. */
  readonly asked: AskInput[]
  /** Every import as it arrived. */
  readonly imports: Parameters<FakeHandlers['documents']['import']>[0][]
  setProgress(progress: Partial<ImportProgress>): void
  setModel(model: Partial<ModelState>): void
  setIndex(index: Partial<IndexState>): void
  changeDocuments(rows: readonly LibraryDocument[]): void
  /** Cuts the wire. */
  close(): void
}

const noProgress: ImportProgress = {
  total: 0,
  done: 0,
  failed: 0,
  current: null,
  reading: null,
  paused: false,
  secondsLeft: null,
}

const fakeModel: ModelState = {
  status: 'ready',
  file: '/models/llama-2-7b-chat.Q4_K_M.gguf',
  name: 'LLaMA 2 7B Chat',
  demo: false,
  fraction: null,
  error: null,
  contextSize: 4096,
  threads: 2,
  answering: 'write',
}

const fakeIndex: IndexState = {
  embedder: { id: 'penknife-embed', name: 'penknife-embed', dimensions: 256 },
  passages: 1204,
  sizeBytes: 4_800_000,
  rebuild: null,
}

const fakeInfo: AppInfo = {
  version: '0.1.0',
  shell: 'browser',
  platform: 'linux',
  dataDir: '/home/ada/.local/share/penknife',
  sampleQuestions: [
    'How many days of leave can be carried over?',
    'Why was the roof repair put off?',
    'What does error E4 on the pump mean?',
  ],
  embedder: { id: 'penknife-embed', dimensions: 256 },
  notices: [],
}

/** Chooses a script by a word of the question. */
export function scriptFor(question: string): Script {
  const words = question.toLowerCase()
  if (words.includes('roof')) return scripts.roof
  if (words.includes('pump') || words.includes('e4')) return scripts.pump
  if (words.includes('dog')) return scripts.dog
  if (words.includes('carried') || words.includes('taken over')) return scripts.carried
  return scripts.allowance
}

const noSignal = { signal: new AbortController().signal }

export function createFakeCore(options: FakeCoreOptions = {}): FakeCore {
  const library = options.library ?? createFakeLibrary()
  const conversations = new Map((options.conversations ?? []).map((one) => [one.id, one]))
  const removed = new Map<string, Conversation>()
  const removedDocuments = new Map<string, LibraryDocument>()
  const asked: AskInput[] = []
  const imports: FakeCore['imports'] = []
  let settings: Settings = { ...defaultSettings, ...options.settings }
  let model: ModelState = { ...fakeModel, ...options.model }
  let index: IndexState = { ...fakeIndex, ...options.index }
  let progress: ImportProgress = { ...noProgress, ...options.progress }
  const info: AppInfo = { ...fakeInfo, ...options.info }
  const pace = options.pace ?? 0
  const models = createFakeModels(options.models)
  const templates = createFakeTemplates({ pace, ...options.templates })
  const testRuns = createFakeTestRuns({
    pace: 0,
    templateOf: (id) => templates.latest(id),
    ...options.testRuns,
  })
  let lastId = 0

  const listChanged = createFeed<ReturnType<typeof summaries>>()
  const changes = createFeed<{ changed: readonly LibraryDocument[]; removed: readonly string[] }>()
  const collectionsChanged = createFeed<FakeLibrary['collections']>()
  const progressChanged = createFeed<ImportProgress>()
  const modelChanged = createFeed<ModelState>()
  const indexChanged = createFeed<IndexState>()
  const settingsChanged = createFeed<Settings>()

  function summaries() {
    return [...conversations.values()]
      .sort((left, right) => right.updatedAt.localeCompare(left.updatedAt))
      .map(({ id, title, updatedAt, turns }) => ({ id, title, updatedAt, turns: turns.length }))
  }

  function nextId(kind: string): string {
    lastId += 1
    return `${kind}-${String(lastId)}`
  }

  function save(one: Conversation): void {
    conversations.set(one.id, one)
    listChanged.emit(summaries())
  }

  function find(id: string): Conversation {
    const one = conversations.get(id)
    if (one === undefined) throw new AppError('not-found', 'This conversation is no longer there.')
    return one
  }

  function storeDocuments(rows: readonly LibraryDocument[]): void {
    for (const changed of rows) {
      const at = library.documents.findIndex(({ id }) => id === changed.id)
      if (at < 0) library.documents.push(changed)
      else library.documents[at] = changed
    }
    changes.emit({ changed: rows, removed: [] })
  }

  const wait = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', finish)
        resolve()
      }
      const timer = setTimeout(finish, pace)
      signal.addEventListener('abort', finish)
    })

  function begin(input: AskInput, script: Script): { one: Conversation; turn: Turn } {
    const old = input.conversation === null ? null : find(input.conversation)
    const turn: Turn = {
      ...turnOf(nextId('turn'), input.question, null, script),
      completedQuery: input.query ?? script.completedQuery ?? null,
      askedAt: new Date().toISOString(),
    }
    const at = old?.turns.findIndex(({ id }) => id === input.replaces) ?? -1
    const kept = old === null ? [] : at < 0 ? old.turns : old.turns.slice(0, at)
    const one: Conversation = {
      version: 1,
      id: old?.id ?? nextId('conversation'),
      title: old?.title ?? input.question.slice(0, 60),
      createdAt: old?.createdAt ?? turn.askedAt,
      updatedAt: turn.askedAt,
      scope: input.scope,
      answering: input.answering,
      template: input.template ?? null,
      sampling: input.sampling ?? null,
      turns: [...kept, turn],
    }
    save(one)
    return { one, turn }
  }

  function answered({ template: id, sampling }: AskInput, script: Script): Answer {
    const allowed = sampling?.maxTokens ?? null
    const answer = answerOf(library, allowed === null ? script : { ...script, cutOff: false })
    if (id == null) return answer
    const known = templates.handlers.list(undefined, noSignal)
    const one = (known as readonly TemplateSummary[]).find((other) => other.id === id)
    if (one === undefined) return { ...answer, template: { kind: 'missing', id } }
    const { version } = one
    return inFormOf(answer, templates.latest(id), { id, version, reply: script.reply })
  }

  async function* ask(
    input: AskInput,
    { signal }: { readonly signal: AbortSignal },
  ): AsyncGenerator<AskItem> {
    asked.push(input)
    const grounded = input.scope.kind !== 'none'
    const wanted = grounded ? (options.script ?? scriptFor)(input.question) : scripts.memory
    const script: Script =
      input.ignoreThreshold && wanted.kind === 'not-found'
        ? { ...wanted, kind: 'written', says: [{ text: wanted.finds[0]?.quote ?? '', from: [1] }] }
        : wanted
    const { one, turn } = begin(input, script)
    const answer = answered(input, script)
    const finish = (change: Partial<Answer>): Turn => {
      const done = { ...turn, answer: { ...answer, ...change } }
      const current = conversations.get(one.id) ?? one
      save({
        ...current,
        turns: current.turns.map((other) => (other.id === turn.id ? done : other)),
      })
      return done
    }
    let written = ''
    try {
      yield { type: 'turn', conversation: one.id, turn }
      if (grounded) {
        yield { type: 'searching', query: turn.completedQuery ?? turn.question, passages: 1204 }
        await wait(signal)
        yield { type: 'sources', sources: answer.sources }
      }
      if (script.kind !== 'not-found' && script.kind !== 'passages') {
        for (let done = 0; done <= 1058 && !signal.aborted; done += 200) {
          yield { type: 'reading', done, total: 1058, secondsLeft: Math.ceil((1058 - done) / 180) }
          await wait(signal)
        }
        for (const piece of answer.text.match(/\S+\s*/gu) ?? []) {
          if (signal.aborted) return
          yield { type: 'text', text: piece }
          written += piece
          await wait(signal)
        }
      }
      if (!signal.aborted) yield { type: 'done', turn: finish({}) }
    } finally {
      if (signal.aborted) {
        finish({ status: 'stopped', text: written.trimEnd(), sentences: [], candidates: [] })
      }
    }
  }

  const base: FakeHandlers = {
    templates: templates.handlers,
    testRuns: testRuns.handlers,
    documents: {
      list: () => ({ documents: library.documents, collections: library.collections }),
      changes: changes.listen,
      import(input) {
        imports.push(input)
        const rows = input.items.map((item) =>
          row(
            nextId('document'),
            'path' in item ? (item.path.split('/').at(-1) ?? item.path) : item.name,
            'text',
            input.collection,
          ),
        )
        storeDocuments(rows)
        return { queued: rows.length, skipped: 0 }
      },
      async importSample(_input, { signal }) {
        const sample = { id: 'sample', name: 'Sample library' }
        if (!library.collections.some(({ id }) => id === sample.id)) {
          library.collections.push(sample)
          collectionsChanged.emit(library.collections)
        }
        const rows = library.documents.map((one) => ({
          ...one,
          collections: [...new Set([...one.collections, sample.id])],
        }))
        storeDocuments(rows.map((one) => ({ ...one, state: 'reading' as const })))
        setTimeout(() => storeDocuments(rows), pace * 20)
        await wait(signal)
        return sample
      },
      progress: () => progress,
      progressChanged: progressChanged.listen,
      pause: () => setProgress({ paused: true }),
      resume: () => setProgress({ paused: false }),
      cancel: () => setProgress(noProgress),
      retry: () => undefined,
      remove({ ids }) {
        for (const id of ids) {
          const at = library.documents.findIndex((one) => one.id === id)
          const [one] = at < 0 ? [] : library.documents.splice(at, 1)
          if (one !== undefined) removedDocuments.set(id, one)
        }
        changes.emit({ changed: [], removed: ids })
      },
      restore({ ids }) {
        storeDocuments(ids.flatMap((id) => removedDocuments.get(id) ?? []))
      },
      pages({ id, from, count }) {
        const document = library.documents.find((one) => one.id === id)
        if (document === undefined) throw new AppError('not-found', 'This document was removed.')
        const pages = library.pages.get(id) ?? []
        return {
          document,
          drawable: false,
          total: pages.length,
          pages: pages.slice(from - 1, from - 1 + count).map((one) => ({ ...one, layout: null })),
        }
      },
      find({ id, text }) {
        return (library.pages.get(id) ?? []).flatMap((one) =>
          placesOf(one.text, text).map((start) => ({
            page: one.page,
            start,
            end: start + text.length,
          })),
        )
      },
      search: ({ text }) =>
        [...library.pages].flatMap(([document, pages]) =>
          pages.flatMap((one) =>
            placesOf(one.text, text)
              .slice(0, 1)
              .map((start) => {
                const end = start + text.length
                return { document, page: one.page, start, end, quote: one.text.slice(start, end) }
              }),
          ),
        ),
      passages: ({ id }) =>
        (library.pages.get(id) ?? []).flatMap((one) =>
          one.blocks
            .filter(({ kind }) => kind === 'paragraph')
            .map(({ start, end }) => ({ page: one.page, start, end, heading: '', tokens: 40 })),
        ),
      createCollection({ name }) {
        const made = { id: nextId('collection'), name }
        library.collections.push(made)
        collectionsChanged.emit(library.collections)
        return made
      },
      renameCollection({ id, name }) {
        const at = library.collections.findIndex((one) => one.id === id)
        const renamed = { id, name }
        library.collections.splice(at, 1, renamed)
        collectionsChanged.emit(library.collections)
        return renamed
      },
      deleteCollection({ id }) {
        library.collections.splice(
          library.collections.findIndex((one) => one.id === id),
          1,
        )
        collectionsChanged.emit(library.collections)
      },
      assign({ ids, collection, member }) {
        storeDocuments(
          library.documents
            .filter(({ id }) => ids.includes(id))
            .map((one) => ({
              ...one,
              collections: member
                ? [...new Set([...one.collections, collection])]
                : one.collections.filter((id) => id !== collection),
            })),
        )
      },
      collectionsChanged: collectionsChanged.listen,
    },
    chat: {
      list: summaries,
      listChanged: listChanged.listen,
      get: ({ id }) => find(id),
      search({ text }) {
        const words = text.toLowerCase().split(/\s+/u)
        return summaries().filter(({ id }) => {
          const all = JSON.stringify(conversations.get(id)).toLowerCase()
          return words.every((word) => all.includes(word))
        })
      },
      rename({ id, title }) {
        save({ ...find(id), title })
      },
      configure({ id, ...choice }) {
        save({ ...find(id), ...choice })
      },
      remove({ id }) {
        removed.set(id, find(id))
        conversations.delete(id)
        listChanged.emit(summaries())
      },
      restore({ id }) {
        const one = removed.get(id)
        if (one !== undefined) save(one)
      },
      exportMarkdown({ id }) {
        const one = find(id)
        const turns = one.turns.map(
          ({ question, answer }) => `## ${question}\n\n${answer?.text ?? ''}`,
        )
        return { name: `${one.title}.md`, markdown: [`# ${one.title}`, ...turns].join('\n\n') }
      },
      ask,
    },
    models: {
      state: () => model,
      stateChanged: modelChanged.listen,
      use(which) {
        const chosen =
          'id' in which ? models.installed().find(({ id }) => id === which.id) : undefined
        const file = 'file' in which ? which.file : (chosen?.file ?? which.id)
        const demo = file === null || chosen?.origin === 'bundled'
        setModel({
          status: 'ready',
          file,
          name: demo ? 'Penknife demo' : (chosen?.name ?? file.split('/').at(-1) ?? file),
          demo,
          error: null,
        })
        models.setInstalled(
          models.installed().map((one) => ({
            ...one,
            inUse: one.role === 'passages' ? one.inUse : one.id === chosen?.id,
          })),
        )
        return model
      },
      unload() {
        setModel({ status: 'idle' })
      },
      ...models.handlers,
      index: () => index,
      indexChanged: indexChanged.listen,
      useEmbedder({ id }) {
        setIndex({ rebuild: id === index.embedder.id ? null : beginning(id) })
        return index
      },
      pauseRebuild: () => changeRebuild({ status: 'paused', done: 0, total: 6 }),
      resumeRebuild: () => changeRebuild(beginning('').state),
      cancelRebuild() {
        setIndex({ rebuild: null })
      },
    },
    settings: {
      get: () => settings,
      update(change) {
        const given = Object.entries(change).filter(([, value]) => value !== undefined)
        settings = { ...settings, ...(Object.fromEntries(given) as Partial<Settings>) }
        settingsChanged.emit(settings)
        return settings
      },
      changed: settingsChanged.listen,
      info: () => info,
    },
  }

  function setProgress(change: Partial<ImportProgress>): void {
    progress = { ...progress, ...change }
    progressChanged.emit(progress)
  }

  function setIndex(change: Partial<IndexState>): void {
    index = { ...index, ...change }
    indexChanged.emit(index)
  }

  function changeRebuild(state: RebuildState['state']): void {
    if (index.rebuild !== null) setIndex({ rebuild: { ...index.rebuild, state } })
  }

  function setModel(change: Partial<ModelState>): void {
    model = { ...model, ...change }
    modelChanged.emit(model)
  }

  const pair = createMemoryTransportPair()
  const handlers: FakeHandlers = { ...base, ...options.overrides?.(base) }
  const failures: unknown[] = []
  serve(appContract, handlers, pair.right, {
    onUnexpectedError: (_method, error) => failures.push(error),
  })
  return {
    transport: pair.left,
    library,
    conversations,
    templates,
    testRuns,
    models,
    asked,
    imports,
    setProgress,
    setModel,
    setIndex,
    changeDocuments: storeDocuments,
    close: () => pair.close(),
  }
}

function beginning(id: string): RebuildState {
  return {
    embedder: { id, name: id },
    state: { status: 'building', done: 0, total: 6, passages: 0, secondsLeft: null },
  }
}

function placesOf(text: string, words: string): readonly number[] {
  const places: number[] = []
  const lower = text.toLowerCase()
  const wanted = words.toLowerCase()
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) places.push(at)
  return places
}
