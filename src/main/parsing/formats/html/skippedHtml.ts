import { blockTags, voidTags } from './tags.ts'

/** An element of HTML whose content is left out; its end tag may be missing where HTML allows that. */
export interface SkippedHtml {
  isOpen(): boolean
  /** Leaves out everything up to the end of this element. Only where none is open. */
  begin(name: string): void
  /** Takes note of an element that opens. @returns whether it is left out too. */
  opened(name: string): boolean
  /** Takes note of an element that closes. @returns whether it is left out too. */
  closed(name: string): boolean
}

interface Ends {
  /** Elements that begin after it. */
  readonly before: ReadonlySet<string>
  /** Elements that end with it. */
  readonly within: ReadonlySet<string>
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))
const ofList: Ends = { before: set('li'), within: set('ul ol menu') }
const ofTerms: Ends = { before: set('dt dd'), within: set('dl') }
const ofCell: Ends = {
  before: set('td th tr tbody tfoot thead'),
  within: set('tr tbody tfoot thead table'),
}
const ofRow: Ends = {
  before: set('tr tbody tfoot thead'),
  within: set('tbody tfoot thead table'),
}
const ofRows: Ends = { before: set('tbody tfoot thead'), within: set('table') }
const ofParagraph: Ends = { before: blockTags, within: blockTags }

/** What ends an element whose end tag may be missing (WHATWG HTML, "Optional tags"). */
const optionalEnds: ReadonlyMap<string, Ends> = new Map([
  ['li', ofList],
  ['dt', ofTerms],
  ['dd', ofTerms],
  ['td', ofCell],
  ['th', ofCell],
  ['tr', ofRow],
  ['tbody', ofRows],
  ['thead', ofRows],
  ['tfoot', ofRows],
  ['p', ofParagraph],
])

/** Within these, elements of the same names are others. */
const containers = set('table ul ol menu dl')

export function createSkippedHtml(): SkippedHtml {
  let skipped = ''
  let ends: Ends | undefined
  /** Open elements of its name; of an element whose end may be missing, open containers. */
  let nested = 0
  return {
    isOpen: () => skipped !== '',
    begin(name) {
      skipped = name
      ends = optionalEnds.get(name)
      nested = 0
    },
    opened(name) {
      if (nested === 0 && ends?.before.has(name) === true) {
        skipped = ''
        return false
      }
      if (ends === undefined ? name === skipped : containers.has(name)) nested += 1
      return true
    },
    closed(name) {
      if (nested > 0) {
        if (ends === undefined ? name === skipped : containers.has(name)) nested -= 1
        return true
      }
      const isPart = name === skipped || ends?.within.has(name) !== true
      if (name === skipped || !isPart) skipped = ''
      return isPart
    },
  }
}

/** Whether an element has content, so that there is something to leave out. */
export function hasContent(name: string): boolean {
  return !voidTags.has(name) || optionalEnds.has(name)
}
