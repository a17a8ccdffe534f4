import type { RebuildState } from '../../shared/contract/models.ts'
import { isCancelled, isUnexpected, throwIfAborted, toWire } from '../../shared/errors.ts'
import type { Embedder } from '../embedding/embedder.ts'
import type { InstalledEmbedder } from '../embedding/installedEmbedder.ts'
import type { CosineAnchors } from '../retrieval/cosineScale.ts'
import type { SearchIndex } from '../retrieval/searchIndex.ts'
import { fillIndex, type FillProgress } from './fillIndex.ts'
import { measureAnchors } from './measureAnchors.ts'
import type { IndexBuilder } from '../retrieval/indexBuilder.ts'

export interface RebuildDeps {
  readonly installed: InstalledEmbedder
  /** Progress known at the start. */
  readonly from: { readonly done: number; readonly total: number }
  readonly builder: IndexBuilder
  /** Opens the new index with an embedder at low priority. */
  readonly openTarget: () => Promise<SearchIndex>
  /** Starts the embedder for questions, at normal priority. */
  readonly openEmbedder: () => Embedder
  /** Resolves when no search and no import is running. */
  readonly untilIdle: (signal: AbortSignal) => Promise<void>
  /** Makes the new index the one in use, and records that on the disk. */
  readonly exchange: (next: SearchIndex, anchors: CosineAnchors | null) => Promise<void>
  readonly onChange: () => void
  /** Called when the new index is in use. */
  readonly onDone: () => void
  readonly onUnexpectedError: (error: unknown) => void
}

/** Builds the index of another embedder in the background. It can be stopped and started again. */
export interface Rebuild {
  readonly installed: InstalledEmbedder
  state(): RebuildState['state']
  /** Documents that are done, and all there are. */
  known(): { readonly done: number; readonly total: number }
  start(): void
  /** Stops the work and keeps the progress. */
  stop(): Promise<void>
}

export function createRebuild(deps: RebuildDeps): Rebuild {
  const { installed, onChange } = deps
  let state: RebuildState['state'] = { status: 'paused', ...deps.from }
  let known = deps.from
  let running: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined

  function show(next: RebuildState['state']): void {
    state = next
    onChange()
  }

  function tell({ done, total, passages, secondsLeft }: FillProgress): void {
    known = { done, total }
    show({ status: 'building', done, total, passages, secondsLeft })
  }

  async function run(signal: AbortSignal): Promise<void> {
    const target = await deps.openTarget()
    let taken = false
    try {
      while (!taken) {
        await fillIndex(target, deps, tell, signal)
        taken = await takeOver(target, deps, signal)
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
    if (isUnexpected(error)) deps.onUnexpectedError(error)
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

/** @returns whether the new index is in use; false if documents were added meanwhile. */
async function takeOver(
  target: SearchIndex,
  deps: RebuildDeps,
  signal: AbortSignal,
): Promise<boolean> {
  await target.store.optimize()
  const anchors = await measureAnchors(target, signal)
  const embedder = deps.openEmbedder()
  const handed = { over: false }
  try {
    // Load it now, so that the first question doesn't wait for it.
    await embedder.embed(['ready'], 'query', signal)
    const next = { ...target, embedder, close: () => closeBoth(target.store, embedder) }
    await deps.builder.exchangeWhenWhole(target, async () => {
      throwIfAborted(signal)
      await deps.exchange(next, anchors)
      handed.over = true
    })
  } catch (error) {
    if (!handed.over) throw error
    // The new index is in use already; the next start corrects the ledger.
    deps.onUnexpectedError(error)
  } finally {
    if (!handed.over) await embedder.dispose()
  }
  return handed.over
}

async function closeBoth(store: SearchIndex['store'], embedder: Embedder): Promise<void> {
  await store.close()
  await embedder.dispose()
}
