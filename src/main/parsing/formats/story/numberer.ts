import { formatNumber } from '../numberFormats.ts'

export interface ListLevel {
  start: number
  format: string
  /** `%1.%2` stands for the numbers of the first two levels. */
  text: string
  /** Whether its numbers are digits, regardless of the levels above it. */
  digitsOnly: boolean
  /** The level (from 1) after which it starts again; 0 for never. Usual: any above it. */
  restart: number | null
}

export interface AbstractList {
  readonly levels: Map<number, ListLevel>
  /** A list that is defined by a style elsewhere. */
  styleLink: string | null
}

export interface List {
  abstract: string
  readonly starts: Map<number, number>
  readonly levels: Map<number, ListLevel>
}

export interface Numbering {
  readonly abstracts: ReadonlyMap<string, AbstractList>
  readonly lists: ReadonlyMap<string, List>
}

export interface Numberer {
  /**
   * Counts on to the next item of a list.
   *
   * @param level from 0.
   * @returns the text before the item (`2.3`, `a)`), `-` for a bullet, null if it is no list.
   */
  next(listId: string, level: number): string | null
}

/** Word's lists have nine levels (ECMA-376, 17.9.3). */
const deepest = 8

/** Counts through a document as Word does: lists of one definition share their numbers. */
export function createNumberer(
  { abstracts, lists }: Numbering,
  listOfStyle: (styleId: string) => string | null,
): Numberer {
  const counts = new Map<string, Map<number, number>>()
  const begun = new Set<string>()

  function find(listId: string): { id: string; abstract: AbstractList; list: List } | null {
    let list = lists.get(listId)
    // A style may lead to a list that leads to another style; a circle is given up.
    for (let hops = 0; hops < 5 && list !== undefined; hops += 1) {
      const abstract = abstracts.get(list.abstract)
      if (abstract === undefined) return null
      if (abstract.styleLink === null) return { id: list.abstract, abstract, list }
      const linked = listOfStyle(abstract.styleLink)
      list = linked === null ? undefined : lists.get(linked)
    }
    return null
  }

  return {
    next(listId, level) {
      const found = level > deepest ? null : find(listId)
      if (found === null) return null
      const { id, abstract, list } = found
      const levelAt = (at: number): ListLevel | undefined =>
        list.levels.get(at) ?? abstract.levels.get(at)
      const own = levelAt(level)
      if (own === undefined) return null
      if (own.format === 'bullet') return '-'
      const count = counts.get(id) ?? new Map<number, number>()
      counts.set(id, count)
      // Levels that were skipped count as begun: after `a.` alone comes `2.` above it.
      for (let above = 0; above < level; above += 1) {
        if (!count.has(above)) count.set(above, levelAt(above)?.start ?? 1)
      }
      const first = `${listId} ${level}`
      const override = begun.has(first) ? undefined : list.starts.get(level)
      begun.add(first)
      count.set(level, override ?? (count.has(level) ? (count.get(level) ?? 0) + 1 : own.start))
      for (const deeper of [...count.keys()]) {
        const restart = levelAt(deeper)?.restart ?? deeper
        if (deeper > level && level < restart) count.delete(deeper)
      }
      return own.text.replace(/%([1-9])/g, (_, digit: string) => {
        const at = Number(digit) - 1
        const shown = levelAt(at)
        const value = count.get(at) ?? 1
        return formatNumber(value, own.digitsOnly ? 'decimal' : (shown?.format ?? 'decimal'))
      })
    },
  }
}
