import type { Chunk } from '../../../shared/domain/chunk.ts'
import type { Page } from '../../../shared/domain/page.ts'
import { defaultChunkOptions, type ChunkOptions, type CountTokens } from './chunkOptions.ts'
import { createHeadingPath, pathOutside } from './headingPath.ts'
import { toUnits, type Unit } from './units.ts'

/** Shares of `targetTokens`: when a chunk is full enough to end, and how far it may run over. */
const enoughForHeading = 0.35
const enoughForBlock = 0.5
const mayRunOver = 1.2
const tooSmall = 0.25

/**
 * Cuts pages into passages: at headings first, then between blocks, then between sentences, and
 * between words only where one sentence is longer than a chunk may be. Code and table rows stay
 * whole where they fit. A heading never ends a chunk that has something before it.
 *
 * Every character that is not blank is in a chunk; `chunk.text` is exactly its range of the page.
 */
export function* chunkPages(
  pages: Iterable<Page>,
  countTokens: CountTokens,
  options: ChunkOptions = defaultChunkOptions,
  languageOf?: (text: string) => string,
): Generator<Chunk> {
  const headings = createHeadingPath()
  let ordinal = 0
  for (const page of pages) {
    const units = toUnits(page, headings, countTokens, options.maxTokens)
    const groups = mergeSmall(fill(units, options), options)
    for (const group of groups.flatMap((all) => splitTooLong(all, page, countTokens, options))) {
      const chunk = toChunk(group, page, ordinal)
      yield languageOf === undefined ? chunk : { ...chunk, language: languageOf(chunk.text) }
      ordinal += 1
    }
  }
}

function fill(units: readonly Unit[], options: ChunkOptions): readonly (readonly Unit[])[] {
  const groups: Unit[][] = []
  let open: Unit[] = []
  for (const unit of units) {
    if (open.length > 0 && endsBefore(unit, open, options)) {
      const carried = takeTrailingHeadings(open)
      if (open.length > 0) groups.push(open)
      const overlap =
        unit.kind === 'heading' || carried.length > 0 ? [] : lastOf(open, options, unit)
      open = [...overlap, ...carried]
      if (sum(open) + unit.tokens > options.maxTokens) {
        if (carried.length > 0) groups.push(carried)
        open = []
      }
    }
    open.push(unit)
  }
  if (open.length > 0) groups.push(open)
  return groups
}

function endsBefore(unit: Unit, open: readonly Unit[], options: ChunkOptions): boolean {
  const { targetTokens, maxTokens } = options
  const filled = sum(open)
  if (filled + unit.tokens > maxTokens) return true
  if (open.every(({ kind }) => kind === 'heading')) return false
  if (unit.kind === 'heading' && unit.first) return filled >= targetTokens * enoughForHeading
  const whole = filled + unit.restOfBlock
  if (whole <= targetTokens * mayRunOver && whole <= maxTokens) return false
  const fullEnough = filled >= targetTokens * enoughForBlock
  if (filled + unit.tokens > targetTokens) return fullEnough
  return unit.first && fullEnough && unit.restOfBlock <= targetTokens
}

/** Takes headings off the end of a group, so that they begin the next one. */
function takeTrailingHeadings(group: Unit[]): Unit[] {
  let keep = group.length
  while (keep > 0 && group[keep - 1]?.kind === 'heading') keep -= 1
  return keep === 0 ? [] : group.splice(keep)
}

function lastOf(group: readonly Unit[], options: ChunkOptions, next: Unit): Unit[] {
  if (options.overlapSentences === 0 || next.first) return []
  const repeated = group.slice(-options.overlapSentences)
  return sum(repeated) + next.tokens <= options.targetTokens ? repeated : []
}

/** Joins a scrap at the end of a page with the group before it. */
function mergeSmall(
  groups: readonly (readonly Unit[])[],
  { targetTokens, maxTokens }: ChunkOptions,
): readonly (readonly Unit[])[] {
  const merged: (readonly Unit[])[] = []
  for (const group of groups) {
    const before = merged.at(-1)
    const small = sum(group) < targetTokens * tooSmall
    if (before !== undefined && small && sum(before) + sum(group) <= maxTokens) {
      merged[merged.length - 1] = [...before, ...group]
    } else merged.push(group)
  }
  return merged
}

/** The units of a chunk, and the tokens of its text as a whole. */
interface MeasuredGroup {
  readonly units: readonly Unit[]
  readonly tokens: number
}

/**
 * Units are measured one by one. Where no space parts them (Chinese, Japanese) their sum may fall
 * short of the whole, so a group that comes out too long is cut in two.
 */
function splitTooLong(
  group: readonly Unit[],
  page: Page,
  countTokens: CountTokens,
  options: ChunkOptions,
): readonly MeasuredGroup[] {
  const [first] = group
  if (first !== undefined && group.length === 1) return [{ units: group, tokens: first.tokens }]
  const tokens = countTokens(textOf(group, page))
  if (tokens <= options.maxTokens) return [{ units: group, tokens }]
  const middle = group.length >> 1
  return [group.slice(0, middle), group.slice(middle)].flatMap((half) =>
    splitTooLong(half, page, countTokens, options),
  )
}

function toChunk({ units, tokens }: MeasuredGroup, page: Page, ordinal: number): Chunk {
  const range = rangeOf(units)
  const path = (units.find(({ kind }) => kind !== 'heading') ?? units.at(-1))?.path ?? []
  return {
    ordinal,
    page: page.page,
    ...range,
    text: textOf(units, page),
    heading: pathOutside(path, page.page, range),
    tokens,
  }
}

function rangeOf(group: readonly Unit[]): { start: number; end: number } {
  return { start: group[0]?.start ?? 0, end: group.at(-1)?.end ?? 0 }
}

function textOf(group: readonly Unit[], page: Page): string {
  const { start, end } = rangeOf(group)
  return page.text.slice(start, end)
}

function sum(units: readonly Unit[]): number {
  return units.reduce((total, { tokens }) => total + tokens, 0)
}
