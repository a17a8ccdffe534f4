import type { IndexState } from '../../shared/contract/models.ts'
import { createEmitter } from '../../shared/emitter.ts'
import { isCancelled } from '../../shared/errors.ts'
import type { Logger } from '../disk/logger.ts'
import { folderSize } from '../disk/folderSize.ts'
import { createMutex } from '../flow/mutex.ts'
import { createStateFeed } from '../flow/stateFeed.ts'
import { rejectOnAbort } from '../flow/rejectOnAbort.ts'
import type { InstalledEmbedder } from '../embedding/installedEmbedder.ts'
import type { Indexes } from './indexes.ts'
import { measureAnchors } from './measureAnchors.ts'
import type { IndexBuilder } from '../retrieval/indexBuilder.ts'
import { createRebuilding, type Rebuilding } from './rebuilding.ts'
import { createTidying } from './tidying.ts'

export interface IndexingDeps {
  readonly indexes: Indexes
  readonly builder: IndexBuilder
  /** Resolves when no document is being imported. */
  readonly imported: () => Promise<void>
  /** Finds an installed embedder. @throws AppError. */
  readonly find: (model: string) => Promise<InstalledEmbedder>
  readonly directory: (id: string) => string
  readonly bundled: string
  readonly logger: Pick<Logger, 'error'>
}

/** Which embedder the library is indexed with, and how to switch to another. */
export interface Indexing {
  /** The installed model whose index is in use. */
  readonly embedder: IndexState['embedder']
  /** Installed models whose files are needed. */
  readonly needed: () => readonly string[]
  /** Called when another index came into use. */
  onExchange(listener: () => void): () => void
  state(): Promise<IndexState>
  /** Called at most ten times a second. */
  onState(listener: (state: IndexState) => void): () => void
  /**
   * Starts or continues building the index of another embedder. Choosing the one in use ends a
   * rebuild.
   *
   * @throws AppError `not-found`, `invalid-input` for a model that writes answers, `model-missing`
   * or `model-load-failed` if its files aren't an embedder. Nothing changes then.
   */
  useEmbedder(model: string): Promise<void>
  /** Stops the rebuild and keeps its progress, also after a restart. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Ends the rebuild and deletes its progress. */
  cancel(): Promise<void>
  /** Resolves when no rebuild is running: it is done, paused or failed, or there is none. */
  idle(): Promise<void>
  dispose(): Promise<void>
}

/** Creates it, and continues a rebuild that an earlier process started. */
export function createIndexing(deps: IndexingDeps): Indexing {
  const { indexes, builder, directory } = deps
  const { inUse, pointer } = indexes
  const turn = createMutex()
  const closing = new AbortController()
  const idleWaiters: (() => void)[] = []
  const exchanges = createEmitter()
  const size = createSize(() => directory(pointer.get().index.id))
  const feed = createStateFeed(state)

  function onUnexpectedError(error: unknown): void {
    if (!isCancelled(error)) {
      deps.logger.error('indexing with another embedder went wrong', error)
    }
  }

  function onChange(): void {
    feed.notifySoon()
    if (!rebuilding.isBuilding()) for (const resolve of idleWaiters.splice(0)) resolve()
  }

  async function untilIdle(signal: AbortSignal): Promise<void> {
    await rejectOnAbort(deps.imported(), signal)
    await rejectOnAbort(inUse.unused(), signal)
  }

  const tidying = createTidying({
    pointer,
    builder,
    directory,
    rebuildingId: () => rebuilding.installed()?.profile.id,
    async onTidied() {
      await size.measure()
      onChange()
    },
    onUnexpectedError,
    signal: closing.signal,
  })
  const rebuilding = createRebuilding({
    indexes,
    builder,
    find: deps.find,
    untilIdle,
    tidying,
    onChange,
    onExchange: exchanges.emit,
    onUnexpectedError,
  })

  async function state(): Promise<IndexState> {
    if (!rebuilding.isBuilding()) await size.measure()
    const passages = await inUse.use(({ store }) => store.count())
    const sizeBytes = size.bytes()
    return { embedder: embedderInUse(pointer), passages, sizeBytes, rebuild: rebuilding.state() }
  }

  const started = turn(rebuilding.restore)
    .then(() => measureMissingAnchors(deps, untilIdle, closing.signal))
    .catch(onUnexpectedError)

  return {
    get embedder() {
      return embedderInUse(pointer)
    },
    needed: () => neededModels(pointer),
    onExchange: exchanges.on,
    state,
    onState: feed.on,
    useEmbedder: (model) => turn(() => useEmbedder(model, deps, rebuilding, closing.signal)),
    pause: () => turn(rebuilding.pause),
    resume: () => turn(rebuilding.resume),
    cancel: () => turn(rebuilding.drop),
    async idle() {
      await turn(() => Promise.resolve())
      if (rebuilding.isBuilding()) await new Promise<void>((done) => idleWaiters.push(done))
    },
    async dispose() {
      closing.abort()
      await rebuilding.stop()
      await started
      await turn(rebuilding.stop)
      await tidying.done()
      feed.close()
    },
  }
}

function embedderInUse(pointer: Indexes['pointer']): IndexState['embedder'] {
  const { model, dimensions } = pointer.get().index
  return { ...model, dimensions }
}

function neededModels(pointer: Indexes['pointer']): readonly string[] {
  const { index, rebuild } = pointer.get()
  return rebuild === null ? [index.model.id] : [index.model.id, rebuild.model.id]
}

/** The size of a folder, cached. */
function createSize(folder: () => string) {
  let bytes = 0
  return {
    bytes: () => bytes,
    async measure(): Promise<void> {
      bytes = await folderSize(folder())
    },
  }
}

async function useEmbedder(
  model: string,
  { find, indexes }: IndexingDeps,
  rebuilding: Rebuilding,
  signal: AbortSignal,
): Promise<void> {
  const installed = await find(model)
  const { id } = installed.profile
  if (id === indexes.pointer.get().index.id) {
    await rebuilding.drop()
  } else if (id === rebuilding.installed()?.profile.id) {
    await rebuilding.resume()
  } else {
    await checkEmbedder(installed, indexes, signal)
    await rebuilding.drop()
    await rebuilding.begin(installed)
  }
}

/**
 * Loads the model once, so that a model that isn't an embedder is rejected before the rebuild
 * starts.
 */
async function checkEmbedder(
  installed: InstalledEmbedder,
  indexes: Indexes,
  signal: AbortSignal,
): Promise<void> {
  const embedder = indexes.startEmbedder(installed, true)
  try {
    await embedder.embed(['ready'], 'passage', signal)
  } finally {
    await embedder.dispose()
  }
}

/** Measures the cosine anchors if the library was too small for it when its index was built. */
async function measureMissingAnchors(
  { indexes: { pointer, inUse }, bundled }: IndexingDeps,
  untilIdle: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { index } = pointer.get()
  if (index.anchors !== null || index.model.id === bundled) return
  await untilIdle(signal)
  const anchors = await inUse.use((used) => measureAnchors(used, signal))
  const same = pointer.get().index.id === index.id
  if (anchors !== null && same) await pointer.set({ index: { ...index, anchors } })
}
