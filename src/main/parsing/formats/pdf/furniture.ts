import type { Line } from './lines.ts'

/** Lines at the top and bottom of a page that are looked at. */
const depth = 3
/** Share of the pages on which a line must return; a little less than half for left/right pages. */
const share = 0.4
const minPages = 3

interface PageLines {
  readonly height: number
  readonly lines: readonly Line[]
}

/**
 * Finds running headers, footers and page numbers: lines near the edge which return, up to their
 * numbers, at the same height on many pages. They would break sentences that run over a page end
 * and outweigh every passage in the index.
 */
export function findFurniture(pages: readonly PageLines[]): ReadonlySet<Line> {
  const groups = new Map<string, Line[]>()
  for (const page of pages) {
    const seen = new Set<string>()
    for (const line of edgeLines(page)) {
      const key = `${Math.round(line.baseline / 4)} ${line.text.replace(/\d+/g, '#')}`
      if (seen.has(key)) continue
      seen.add(key)
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [line])
      else group.push(line)
    }
  }
  const needed = Math.max(minPages, pages.length * share)
  const furniture = new Set<Line>()
  for (const lines of groups.values()) {
    if (lines.length >= needed) for (const line of lines) furniture.add(line)
  }
  return furniture
}

function edgeLines({ height, lines }: PageLines): readonly Line[] {
  const upright = lines.filter(({ turns }) => turns === 0)
  const byHeight = [...upright].sort((one, other) => one.baseline - other.baseline)
  const top = byHeight.slice(0, depth).filter(({ baseline }) => baseline < height * 0.15)
  const bottom = byHeight.slice(-depth).filter(({ baseline }) => baseline > height * 0.85)
  return [...new Set([...top, ...bottom])]
}
