import type { RebuildState } from '../../shared/contract/models.ts'
import { isCancelled, throwIfAborted, toWire, AppError } from '../../shared/errors.ts'
import type { Embedder } from '../embedding/embedder.ts'
import type { InstalledEmbedder } from '../embedding/installedEmbedder.ts'
import type { CosineAnchors } from '../retrieval/cosineScale.ts'
import type { SearchIndex } from '../retrieval/searchIndex.ts'
import { groupMissing } from './groupMissing.ts'
import { measureAnchors } from './measureAnchors.ts'
import type { IndexBuilder } from '../retrieval/indexBuilder.ts'

export interface RebuildDeps {
  readonly installed: InstalledEmbedder
  /** What is known to be done. */
  readonly from: { readonly done: number; readonly total: number }
  readonly builder: IndexBuilder
  /** Opens the new index with an embedder that leaves the processor to others. */
  readonly openTarget: () => Promise<SearchIndex>
  /** Starts the embedder that is going to answer questions. */
  readonly openEmbedder: () => Embedder
  /** Resolves when no search and no import is under way. */
  readonly quiet: (signal: AbortSignal) => Promise<void>
  /** Makes the new index the one in use, for good. */
  readonly exchange: (next: SearchIndex, anchors: CosineAnchors | null) => Promise<void>
  readonly onChange: () => void
  /** The new index answers. */
  readonly onDone: () => void
  readonly onUnexpectedError: (error: unknown) => void
}

/** Makes the index of another embedder in the background, as often as it is stopped and started. */
export interface Rebuild {
  readonly installed: InstalledEmbedder
  state(): RebuildState['state']
  /** Documents that are done, and all there are. */
  known(): { readonly done: number; readonly total: number }
  start(): void
  /** Ends what is under way and keeps what is done. */
  stop(): Promise<void>
}

export function createRebuild(deps: RebuildDeps): Rebuild {
  const { installed, builder, quiet, onChange } = deps
  let state: RebuildState['state'] = { status: 'paused', ...deps.from }
  let known = deps.from
  let running: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined

  function show(next: RebuildState['state']): void {
    state = next
    onChange()
  }

  async function fill(target: SearchIndex, signal: AbortSignal): Promise<void> {
    const startedAt = performance.now()
    let filled = 0
    for (;;) {
      const { missing, total } = await builder.missing(target)
      const stored = await target.store.count()
      let left = missing.reduce((sum, { chunks }) => sum + chunks, 0)
      let done = total - missing.length
      const tell = (passages: number): void => {
        const seconds = (performance.now() - startedAt) / 1_000
        const tellable = filled > 0 && seconds > enoughSeconds
        const secondsLeft = tellable ? Math.ceil((seconds / filled) * left) : null
        known = { done, total }
        show({ status: 'building', done, total, passages, secondsLeft })
      }
      tell(stored)
      if (missing.length === 0) return
      let passages = stored
      for (const group of groupMissing(missing)) {
        const size = group.reduce((sum, one) => sum + one.chunks, 0)
        await builder.build(
          group.map(({ content }) => content),
          target,
          {
            signal,
            unpaused: () => quiet(signal),
            onFraction: (fraction) => tell(passages + Math.round(size * fraction)),
          },
        )
        throwIfAborted(signal)
        filled += size
        left -= size
        done += group.length
        passages = await target.store.count()
        tell(passages)
      }
    }
  }

  /** @returns whether the new index took over; false if documents came meanwhile. */
  async function takeOver(target: SearchIndex, signal: AbortSignal): Promise<boolean> {
    await target.store.optimize()
    const anchors = await measureAnchors(target, signal)
    const embedder = deps.openEmbedder()
    const handed = { over: false }
    try {
      // Loaded before it is needed, so that no question waits for it.
      await embedder.embed(['ready'], 'query', signal)
      const next = { ...target, embedder, close: () => closeBoth(target.store, embedder) }
      await builder.exchangeWhenWhole(target, async () => {
        throwIfAborted(signal)
        await deps.exchange(next, anchors)
        handed.over = true
      })
    } catch (error) {
      if (!handed.over) throw error
      // It answers already; the ledger is put right at the next start.
      deps.onUnexpectedError(error)
    } finally {
      if (!handed.over) await embedder.dispose()
    }
    return handed.over
  }

  async function run(signal: AbortSignal): Promise<void> {
    const target = await deps.openTarget()
    let taken = false
    try {
      while (!taken) {
        await fill(target, signal)
        taken = await takeOver(target, signal)
      }
    } finally {
      if (taken) await target.embedder.dispose()
      else await target.close()
    }
  }

  function failed(error: unknown): void {
    if (isCancelled(error)) {
      show({ status: 'paused', ...known })
      return
    }
    if (!(error instanceof AppError)) deps.onUnexpectedError(error)
    show({ status: 'failed', error: toWire(error) })
  }

  return {
    installed,
    state: () => state,
    known: () => known,
    start() {
      if (running !== undefined) return
      const controller = new AbortController()
      show({ status: 'building', ...known, passages: 0, secondsLeft: null })
      const ended = run(controller.signal)
        .then(deps.onDone, failed)
        .finally(() => {
          running = undefined
        })
      running = { controller, ended }
    },
    async stop() {
      running?.controller.abort()
      await running?.ended
    },
  }
}

/** Below this a rate is mostly chance. */
const enoughSeconds = 2

async function closeBoth(store: SearchIndex['store'], embedder: Embedder): Promise<void> {
  await store.close()
  await embedder.dispose()
}
