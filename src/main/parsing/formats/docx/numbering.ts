import { readXml } from '../xml/readXml.ts'
import type { AbstractList, List, ListLevel, Numbering } from '../story/numberer.ts'

/** Reads the list definitions of a Word document (ECMA-376, 17.9). */
export function readNumbering(xml: string): Numbering {
  const abstracts = new Map<string, AbstractList>()
  const lists = new Map<string, List>()
  let abstract: AbstractList | null = null
  let list: List | null = null
  let level: ListLevel | null = null
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
        const { levels } = list ?? abstract ?? { levels: new Map<number, ListLevel>() }
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

function readLevel(level: ListLevel, name: string, val: string): void {
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
