import type { RankedChunk } from './fusion.ts'

/** The stored text of a page; undefined if it is gone. */
export type ReadPage = (contentId: string, page: number) => Promise<string | undefined>

/** Neighbouring chunks of one page, as one stretch of its text. */
export interface ChunkRun {
  /** In reading order. */
  readonly chunks: readonly RankedChunk[]
  readonly best: RankedChunk
  readonly start: number
  readonly end: number
  readonly text: string
}

/** More chunks in one passage would leave no room for a second opinion. */
const longestRun = 3

/**
 * Joins chunks that follow one another on a page, so that a passage that was cut is read as one.
 * Between chunks there is blank text that they do not contain: it is read from the page, and where
 * that cannot be, the chunks stay apart. The order is that of the best chunks.
 */
export async function joinNeighbours(
  ranked: readonly RankedChunk[],
  readPage: ReadPage,
): Promise<ChunkRun[]> {
  const runs: ChunkRun[] = []
  for (const group of groupRuns(ranked)) {
    const joined = group.length === 1 ? undefined : await join(group, readPage)
    runs.push(...(joined === undefined ? group.map(alone) : [joined]))
  }
  const order = new Map(ranked.map((one, index) => [one.chunk.id, index]))
  const position = (run: ChunkRun): number => order.get(run.best.chunk.id) ?? 0
  return runs.sort((a, b) => position(a) - position(b))
}

function groupRuns(ranked: readonly RankedChunk[]): RankedChunk[][] {
  const sorted = [...ranked].sort(({ chunk: a }, { chunk: b }) =>
    a.contentId === b.contentId ? a.ordinal - b.ordinal : a.contentId < b.contentId ? -1 : 1,
  )
  const groups: RankedChunk[][] = []
  for (const one of sorted) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group !== undefined && last !== undefined && group.length < longestRun) {
      const follows =
        last.chunk.contentId === one.chunk.contentId &&
        last.chunk.page === one.chunk.page &&
        last.chunk.ordinal + 1 === one.chunk.ordinal
      if (follows) {
        group.push(one)
        continue
      }
    }
    groups.push([one])
  }
  return groups
}

async function join(
  group: readonly RankedChunk[],
  readPage: ReadPage,
): Promise<ChunkRun | undefined> {
  const first = group[0]
  if (first === undefined) return undefined
  const page = await readPage(first.chunk.contentId, first.chunk.page)
  if (page === undefined) return undefined
  const fits = group.every(({ chunk }) => page.slice(chunk.start, chunk.end) === chunk.text)
  if (!fits) return undefined
  const start = Math.min(...group.map(({ chunk }) => chunk.start))
  const end = Math.max(...group.map(({ chunk }) => chunk.end))
  const best = group.reduce((a, b) => (b.fused > a.fused ? b : a))
  return { chunks: group, best, start, end, text: page.slice(start, end) }
}

function alone(one: RankedChunk): ChunkRun {
  const { start, end, text } = one.chunk
  return { chunks: [one], best: one, start, end, text }
}
