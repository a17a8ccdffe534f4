import { readXml } from '../xml/readXml.ts'
import { formatNumber } from './numberFormats.ts'

interface Level {
  start: number
  format: string
  /** `%1.%2` stands for the numbers of the first two levels. */
  text: string
  /** Whether its numbers are digits whatever the levels above it use. */
  digitsOnly: boolean
  /** The level (from 1) after which it starts again; 0 for never. Usual: any above it. */
  restart: number | null
}

interface AbstractList {
  readonly levels: Map<number, Level>
  /** A list that is defined by a style elsewhere. */
  styleLink: string | null
}

interface List {
  abstract: string
  readonly starts: Map<number, number>
  readonly levels: Map<number, Level>
}

export interface Numbering {
  readonly abstracts: ReadonlyMap<string, AbstractList>
  readonly lists: ReadonlyMap<string, List>
}

/** Reads the list definitions of a Word document (ECMA-376, 17.9). */
export function readNumbering(xml: string): Numbering {
  const abstracts = new Map<string, AbstractList>()
  const lists = new Map<string, List>()
  let abstract: AbstractList | null = null
  let list: List | null = null
  let level: Level | null = null
  let levelIndex = 0
  readXml(xml, {
    open(name, attributes) {
      const { val = '' } = attributes
      if (name === 'abstractNum') {
        abstract = { levels: new Map(), styleLink: null }
        abstracts.set(attributes.abstractNumId ?? '', abstract)
      } else if (name === 'num') {
        list = { abstract: '', starts: new Map(), levels: new Map() }
        lists.set(attributes.numId ?? '', list)
      } else if (name === 'abstractNumId' && list !== null) list.abstract = val
      else if (name === 'numStyleLink' && abstract !== null) abstract.styleLink = val
      else if (name === 'lvlOverride') levelIndex = whole(attributes.ilvl)
      else if (name === 'startOverride') list?.starts.set(levelIndex, whole(val))
      else if (name === 'lvl') {
        // A level without its index is the first (some programs leave it out).
        levelIndex = whole(attributes.ilvl)
        level = { start: 0, format: 'decimal', text: '', digitsOnly: false, restart: null }
        const { levels } = list ?? abstract ?? { levels: new Map<number, Level>() }
        levels.set(levelIndex, level)
      } else if (level !== null) readLevel(level, name, val)
    },
    close(name) {
      if (name === 'abstractNum') abstract = null
      else if (name === 'num') list = null
      else if (name === 'lvl') level = null
    },
    text: () => undefined,
  })
  return { abstracts, lists }
}

function readLevel(level: Level, name: string, val: string): void {
  if (name === 'start') level.start = whole(val)
  else if (name === 'numFmt') level.format = val
  else if (name === 'lvlText') level.text = val
  else if (name === 'isLgl') level.digitsOnly = val !== '0' && val !== 'false'
  else if (name === 'lvlRestart') level.restart = whole(val)
}

function whole(text: string | undefined): number {
  const value = Number.parseInt(text ?? '', 10)
  return Number.isSafeInteger(value) && value >= 0 ? value : 0
}

export interface Numberer {
  /**
   * Counts on to the next item of a list.
   *
   * @param level from 0.
   * @returns what stands before the item (`2.3`, `a)`), `-` for a bullet, null if it is no list.
   */
  next(listId: string, level: number): string | null
}

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
      const found = find(listId)
      if (found === null) return null
      const { id, abstract, list } = found
      const levelAt = (at: number): Level | undefined =>
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
