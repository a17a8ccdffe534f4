import path from 'node:path'
import type { IndexBuilder } from '../retrieval/indexBuilder.ts'
import type { PointerStore } from './indexPointer.ts'
import { removeOtherIndexes } from './removeOtherIndexes.ts'

export interface TidyingDeps {
  readonly pointer: PointerStore
  readonly builder: Pick<IndexBuilder, 'removeOtherChunks'>
  readonly directory: (id: string) => string
  /** Id of the index that is being built. */
  readonly rebuildingId: () => string | undefined
  readonly onTidied: () => Promise<void>
  readonly onUnexpectedError: (error: unknown) => void
  readonly signal: AbortSignal
}

/** Deletes the folders and passages of all indexes that are no longer needed. */
export interface Tidying {
  now(): Promise<void>
  /** Tidies up in the background after `ended` has settled. */
  after(ended: Promise<void>): void
  /** Resolves when no tidying is running. */
  done(): Promise<void>
}

export function createTidying(deps: TidyingDeps): Tidying {
  const { pointer, builder, directory } = deps
  let background: Promise<void> = Promise.resolve()

  async function now(): Promise<void> {
    const { id } = pointer.get().index
    const made = deps.rebuildingId()
    const kept = made === undefined ? [id] : [id, made]
    await removeOtherIndexes(path.dirname(directory(id)), kept)
    await builder.removeOtherChunks(kept, deps.signal)
    await pointer.set({ untidy: false })
    await deps.onTidied()
  }

  return {
    now,
    after(ended) {
      background = ended.then(now).catch(deps.onUnexpectedError)
    },
    done: () => background,
  }
}
