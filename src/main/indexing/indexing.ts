import path from 'node:path'
import type { IndexState } from '../../shared/contract/models.ts'
import { createEmitter } from '../../shared/emitter.ts'
import { isCancelled, AppError, toWire } from '../../shared/errors.ts'
import type { Logger } from '../disk/logger.ts'
import { folderSize } from '../disk/folderSize.ts'
import { createMutex } from '../flow/mutex.ts'
import { createStateFeed } from '../flow/stateFeed.ts'
import { unlessAborted } from '../flow/unlessAborted.ts'
import type { InstalledEmbedder } from '../embedding/installedEmbedder.ts'
import type { SearchIndex } from '../retrieval/searchIndex.ts'
import { recordOf, type Indexes } from './indexes.ts'
import { measureAnchors } from './measureAnchors.ts'
import type { IndexBuilder } from '../retrieval/indexBuilder.ts'
import { createRebuild, type Rebuild } from './rebuild.ts'
import { removeOtherIndexes } from './removeOtherIndexes.ts'

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

/** Which embedder the library is indexed with, and the way to another. */
export interface Indexing {
  /** The installed model whose index is in use. */
  readonly embedder: IndexState['embedder']
  /** Installed models whose files are needed. */
  readonly needed: () => readonly string[]
  /** Another index has become the one in use. */
  onExchange(listener: () => void): () => void
  state(): Promise<IndexState>
  /** At most ten times a second. */
  onState(listener: (state: IndexState) => void): () => void
  /**
   * Begins to make the index of another embedder, or goes on with it. The one in use ends a rebuild.
   *
   * @throws AppError `not-found`, `invalid-input` for a model that writes answers, `model-missing`
   * or `model-load-failed` if its files are no embedder. Then nothing has changed.
   */
  useEmbedder(model: string): Promise<void>
  /** Keeps what is done, also over a restart. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Throws away what is done. */
  cancel(): Promise<void>
  /** Resolves when no rebuild is under way: it is done, paused, failed or there is none. */
  idle(): Promise<void>
  dispose(): Promise<void>
}

/** Goes on with what a process before has begun. */
export function createIndexing(deps: IndexingDeps): Indexing {
  const { indexes, builder, directory, logger } = deps
  const { inUse, pointer } = indexes
  const turn = createMutex()
  const closing = new AbortController()
  const unexpected = (error: unknown): void => {
    if (!isCancelled(error)) logger.error('indexing with another embedder went wrong', error)
  }
  let rebuild: Rebuild | null = null
  /** An embedder that was to be used next and cannot. */
  let refused: IndexState['rebuild'] = null
  let tidying: Promise<void> = Promise.resolve()
  let sizeBytes = 0
  const idleWaiters: (() => void)[] = []
  const exchanges = createEmitter()
  const feed = createStateFeed(state)

  function isBuilding(): boolean {
    return rebuild?.state().status === 'building'
  }

  function changed(): void {
    feed.tellSoon()
    if (!isBuilding()) for (const resolve of idleWaiters.splice(0)) resolve()
  }

  async function measureSize(): Promise<void> {
    sizeBytes = await folderSize(directory(pointer.get().index.id))
  }

  function embedderInUse(): IndexState['embedder'] {
    const { model, dimensions } = pointer.get().index
    return { ...model, dimensions }
  }

  async function state(): Promise<IndexState> {
    if (!isBuilding()) await measureSize()
    return {
      embedder: embedderInUse(),
      passages: await inUse.use(({ store }) => store.count()),
      sizeBytes,
      rebuild:
        rebuild === null ? refused : { embedder: rebuild.installed.model, state: rebuild.state() },
    }
  }

  async function quiet(signal: AbortSignal): Promise<void> {
    await unlessAborted(deps.imported(), signal)
    await unlessAborted(inUse.unused(), signal)
  }

  function create(
    installed: InstalledEmbedder,
    from: { readonly done: number; readonly total: number },
  ): Rebuild {
    return createRebuild({
      installed,
      from,
      builder,
      quiet,
      openTarget: () => indexes.openTarget(installed),
      openEmbedder: () => indexes.startEmbedder(installed, false),
      async exchange(next, anchors) {
        const index = { ...recordOf(installed), anchors }
        await pointer.set({ index, rebuild: null, untidy: true })
        const { old, ended } = inUse.replace(next)
        exchanges.emit()
        tidying = ended
          .then(() => old.close())
          .then(tidy)
          .catch(unexpected)
      },
      onChange: changed,
      onDone() {
        rebuild = null
        changed()
      },
      onUnexpectedError: unexpected,
    })
  }

  /** Deletes the folders of all indexes but those that are needed, and their passages. */
  async function tidy(): Promise<void> {
    const kept = [
      pointer.get().index.id,
      ...(rebuild === null ? [] : [rebuild.installed.profile.id]),
    ]
    await removeOtherIndexes(path.dirname(directory(pointer.get().index.id)), kept)
    await builder.removeOtherChunks(kept, closing.signal)
    await pointer.set({ untidy: false })
    await measureSize()
    changed()
  }

  async function forget(): Promise<void> {
    const before = rebuild
    rebuild = null
    refused = null
    await before?.stop()
    // Its last passages may just have become the index in use.
    await tidying
    if (pointer.get().rebuild === null && before === null) return
    await pointer.set({ rebuild: null, untidy: true })
    await tidy()
    changed()
  }

  async function begin(installed: InstalledEmbedder): Promise<void> {
    await tidying
    const from = { done: 0, total: builder.total() }
    await pointer.set({ rebuild: { model: installed.model, paused: false, ...from } })
    rebuild = create(installed, from)
    rebuild.start()
  }

  /** Loads the model once, so that one that is none is refused before anything is begun. */
  async function check(installed: InstalledEmbedder): Promise<void> {
    const embedder = indexes.startEmbedder(installed, true)
    try {
      await embedder.embed(['ready'], 'passage', closing.signal)
    } finally {
      await embedder.dispose()
    }
  }

  async function use(model: string): Promise<void> {
    const installed = await deps.find(model)
    if (installed.profile.id === pointer.get().index.id) {
      await forget()
      return
    }
    if (rebuild?.installed.profile.id === installed.profile.id) {
      await goOn()
      return
    }
    await check(installed)
    await forget()
    await begin(installed)
  }

  async function savePaused(paused: boolean): Promise<void> {
    // It may just have been done.
    const wanted = pointer.get().rebuild
    if (wanted === null) return
    await pointer.set({ rebuild: { ...wanted, ...rebuild?.known(), paused } })
  }

  async function goOn(): Promise<void> {
    const wanted = pointer.get().rebuild
    if (rebuild === null && wanted !== null) {
      const installed = await deps.find(wanted.model.id)
      refused = null
      await begin(installed)
    } else if (rebuild !== null) {
      await savePaused(false)
      rebuild.start()
    }
  }

  async function goOnAfterStart(): Promise<void> {
    const { rebuild: wanted, untidy } = pointer.get()
    if (wanted !== null) {
      try {
        const { done, total } = wanted
        rebuild = create(await deps.find(wanted.model.id), { done, total })
        if (!wanted.paused) rebuild.start()
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        refused = { embedder: wanted.model, state: { status: 'failed', error: toWire(error) } }
      }
    } else if (indexes.successor !== null) {
      await begin(await deps.find(indexes.successor))
    }
    changed()
    if (untidy) await tidy()
  }

  /** The library was too small when its index was made. */
  async function measureLater(): Promise<void> {
    const { index } = pointer.get()
    if (index.anchors !== null || index.model.id === deps.bundled) return
    await quiet(closing.signal)
    const anchors = await inUse.use((used: SearchIndex) => measureAnchors(used, closing.signal))
    const same = pointer.get().index.id === index.id
    if (anchors !== null && same) await pointer.set({ index: { ...index, anchors } })
  }

  const started = turn(goOnAfterStart).then(measureLater).catch(unexpected)

  return {
    get embedder() {
      return embedderInUse()
    },
    needed() {
      const { index, rebuild: wanted } = pointer.get()
      return wanted === null ? [index.model.id] : [index.model.id, wanted.model.id]
    },
    onExchange: exchanges.on,
    state,
    onState: feed.on,
    useEmbedder: (model) => turn(() => use(model)),
    pause: () =>
      turn(async () => {
        await rebuild?.stop()
        await savePaused(true)
      }),
    resume: () => turn(goOn),
    cancel: () => turn(forget),
    async idle() {
      await turn(() => Promise.resolve())
      if (isBuilding()) await new Promise<void>((resolve) => idleWaiters.push(resolve))
    },
    async dispose() {
      closing.abort()
      await rebuild?.stop()
      await started
      await turn(() => rebuild?.stop() ?? Promise.resolve())
      await tidying
      feed.close()
    },
  }
}
