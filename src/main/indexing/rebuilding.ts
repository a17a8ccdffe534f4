import type { IndexState } from '../../shared/contract/models.ts'
import { AppError, toWire } from '../../shared/errors.ts'
import type { InstalledEmbedder } from '../embedding/installedEmbedder.ts'
import type { IndexBuilder } from '../retrieval/indexBuilder.ts'
import { recordOf, type Indexes } from './indexes.ts'
import { createRebuild, type Rebuild } from './rebuild.ts'
import type { Tidying } from './tidying.ts'

export interface RebuildingDeps {
  readonly indexes: Indexes
  readonly builder: IndexBuilder
  /** Finds an installed embedder. @throws AppError. */
  readonly find: (model: string) => Promise<InstalledEmbedder>
  /** Resolves when no search and no import is running. */
  readonly untilIdle: (signal: AbortSignal) => Promise<void>
  readonly tidying: Tidying
  readonly onChange: () => void
  readonly onExchange: () => void
  readonly onUnexpectedError: (error: unknown) => void
}

/** The current rebuild, at most one; it survives restarts of the app. Calls must not overlap. */
export interface Rebuilding {
  isBuilding(): boolean
  /** The embedder of the current rebuild. */
  readonly installed: () => InstalledEmbedder | undefined
  readonly state: () => IndexState['rebuild']
  /** Starts a rebuild. Drop the previous one first. */
  begin(installed: InstalledEmbedder): Promise<void>
  readonly resume: () => Promise<void>
  readonly pause: () => Promise<void>
  /** Ends the rebuild and deletes its progress. */
  readonly drop: () => Promise<void>
  /** Continues a rebuild that an earlier process started. */
  readonly restore: () => Promise<void>
  /** Stops the rebuild; the next start of the app continues it. */
  readonly stop: () => Promise<void>
}

export function createRebuilding(deps: RebuildingDeps): Rebuilding {
  const { indexes, builder, find, tidying, onChange } = deps
  const { pointer } = indexes
  let rebuild: Rebuild | null = null
  /** The state of a rebuild whose embedder can't be used. */
  let refused: IndexState['rebuild'] = null

  function onDone(): void {
    rebuild = null
    onChange()
  }

  async function begin(installed: InstalledEmbedder): Promise<void> {
    await tidying.done()
    const from = { done: 0, total: builder.total() }
    await pointer.set({ rebuild: { model: installed.model, paused: false, ...from } })
    rebuild = rebuildOf(installed, from, deps, onDone)
    rebuild.start()
  }

  async function savePaused(paused: boolean): Promise<void> {
    // The rebuild may just have finished.
    const wanted = pointer.get().rebuild
    if (wanted === null) return
    await pointer.set({ rebuild: { ...wanted, ...rebuild?.known(), paused } })
  }

  async function restoreWanted(wanted: NonNullable<ReturnType<typeof pointer.get>['rebuild']>) {
    try {
      const { done, total } = wanted
      rebuild = rebuildOf(await find(wanted.model.id), { done, total }, deps, onDone)
      if (!wanted.paused) rebuild.start()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      refused = { embedder: wanted.model, state: { status: 'failed', error: toWire(error) } }
    }
  }

  return {
    isBuilding: () => rebuild?.state().status === 'building',
    installed: () => rebuild?.installed,
    state: () =>
      rebuild === null ? refused : { embedder: rebuild.installed.model, state: rebuild.state() },
    begin,
    async resume() {
      const wanted = pointer.get().rebuild
      if (rebuild === null && wanted !== null) {
        const installed = await find(wanted.model.id)
        refused = null
        await begin(installed)
      } else if (rebuild !== null) {
        await savePaused(false)
        rebuild.start()
      }
    },
    async pause() {
      await rebuild?.stop()
      await savePaused(true)
    },
    async drop() {
      const before = rebuild
      rebuild = null
      refused = null
      await before?.stop()
      // Its index may just have come into use.
      await tidying.done()
      if (pointer.get().rebuild === null && before === null) return
      await pointer.set({ rebuild: null, untidy: true })
      await tidying.now()
      onChange()
    },
    async restore() {
      const { rebuild: wanted, untidy } = pointer.get()
      if (wanted !== null) await restoreWanted(wanted)
      else if (indexes.successor !== null) await begin(await find(indexes.successor))
      onChange()
      if (untidy) await tidying.now()
    },
    stop: () => rebuild?.stop() ?? Promise.resolve(),
  }
}

function rebuildOf(
  installed: InstalledEmbedder,
  from: { readonly done: number; readonly total: number },
  deps: RebuildingDeps,
  onDone: () => void,
): Rebuild {
  const { indexes, builder, untilIdle, tidying, onChange, onExchange, onUnexpectedError } = deps
  return createRebuild({
    installed,
    from,
    builder,
    untilIdle,
    openTarget: () => indexes.openTarget(installed),
    openEmbedder: () => indexes.startEmbedder(installed, false),
    async exchange(next, anchors) {
      const index = { ...recordOf(installed), anchors }
      await indexes.pointer.set({ index, rebuild: null, untidy: true })
      const { old, ended } = indexes.inUse.replace(next)
      onExchange()
      tidying.after(ended.then(() => old.close()))
    },
    onChange,
    onDone,
    onUnexpectedError,
  })
}
