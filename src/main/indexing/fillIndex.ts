import { throwIfAborted } from '../../shared/errors.ts'
import type { IndexBuilder, MissingContent } from '../retrieval/indexBuilder.ts'
import type { SearchIndex } from '../retrieval/searchIndex.ts'
import { groupMissing } from './groupMissing.ts'

export interface FillDeps {
  readonly builder: Pick<IndexBuilder, 'missing' | 'build'>
  /** Resolves when no search and no import is running. */
  readonly untilIdle: (signal: AbortSignal) => Promise<void>
}

export interface FillProgress {
  /** Documents that are done, and all there are. */
  readonly done: number
  readonly total: number
  /** Passages in the index. */
  readonly passages: number
  /** null until there is enough to estimate it from. */
  readonly secondsLeft: number | null
}

/** Rates over less time are too noisy. */
const enoughSeconds = 2

/** Adds the passages that an index lacks, group by group, until none is missing. */
export async function fillIndex(
  target: SearchIndex,
  { builder, untilIdle }: FillDeps,
  onProgress: (progress: FillProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const time = createFillTime()
  for (;;) {
    const { missing, total } = await builder.missing(target)
    let left = passagesOf(missing)
    let done = total - missing.length
    const tell = (passages: number): void =>
      onProgress({ done, total, passages, secondsLeft: time.secondsLeft(left) })
    let passages = await target.store.count()
    tell(passages)
    if (missing.length === 0) return
    for (const group of groupMissing(missing)) {
      const size = passagesOf(group)
      const contents = group.map(({ contentId }) => contentId)
      await builder.build(contents, target, {
        signal,
        unpaused: () => untilIdle(signal),
        onFraction: (fraction) => tell(passages + Math.round(size * fraction)),
      })
      throwIfAborted(signal)
      time.filled(size)
      left -= size
      done += group.length
      passages = await target.store.count()
      tell(passages)
    }
  }
}

/** Estimates the time left from the passages that were added so far. */
function createFillTime() {
  const startedAt = performance.now()
  let filled = 0
  return {
    filled: (passages: number) => void (filled += passages),
    secondsLeft(left: number): number | null {
      const seconds = (performance.now() - startedAt) / 1_000
      return filled > 0 && seconds > enoughSeconds ? Math.ceil((seconds / filled) * left) : null
    },
  }
}

function passagesOf(contents: readonly MissingContent[]): number {
  return contents.reduce((sum, { chunks }) => sum + chunks, 0)
}
