import { cutRun } from '../../../../shared/domain/cutRun.ts'
import { farthestEnd, type Run } from '../../../../shared/domain/page.ts'
import { splitSentences } from '../../../../shared/domain/sentences.ts'
import { isPageNumber } from './furniture.ts'
import type { Line } from './line.ts'
import { joinLines, type DrawnText, type Vocabulary } from './pageText.ts'
import { isFull, type Paragraph, type Typography } from './paragraphs.ts'

/** How a paragraph that continues elsewhere differs from one that ends. */
export interface PageFlow {
  readonly typography: Typography
  readonly vocabulary: Vocabulary
  /** Lines at the edge of a page that another page has as well. */
  readonly returning: ReadonlySet<Line>
  /** Indexes of pages that are pictures: what they say is not known. */
  readonly unread: ReadonlySet<number>
}

/** Text below this share of the body's size is beside it: notes, captions, running titles. */
const smallPrint = 0.93
/** Letters before a break that decide whether a sentence runs over it. */
const enoughBefore = 1_000
/** Letters of a sentence after the break: what is longer is no sentence, but a list or a form. */
const longestEnd = { surely: 8_000, maybe: 1_200 }
/** The same, where no stop shows that the sentence ends. */
const longestOpenEnd = { surely: 300, maybe: 0 }
const stop = /[.!?…:;。！？]["'”’»)\]」』]*$/u
/** A word that no sentence begins with; `d Total` is a line of a form. */
const beginsInside = /^\p{Ll}(?:[\p{L}\p{M}'’-]|\s+\p{Ll})/u
const sentenceEnd = /[.!?…]['"”’»)\]]*$/u
const caption = /^\p{L}{3,10}\.?\s+\d+[\d.]*\s*[.:|–—-]/u

/**
 * Joins paragraphs that are divided by the end of a column, whatever notes and captions are between, and
 * brings the end of a sentence that runs over the end of a page to the page where it begins, so that
 * each sentence is in one place. The runs of that end name the page that they are drawn on.
 *
 * @param pages the paragraphs of each page, from page 1.
 */
export function joinBroken(
  pages: readonly (readonly Paragraph[])[],
  flow: PageFlow,
): readonly (readonly Paragraph[])[] {
  const joined = pages.map((page) => joinColumns(page, flow))
  // From the last page, so that a sentence brings with it what the pages below have of it.
  for (let at = joined.length - 2; at >= 0; at -= 1) {
    const below = nextText(joined, at, flow)
    const [page = [], next = []] = [joined[at], joined[below]]
    const found = findBreak(page, next, flow, below > at + 1)
    if (found === null) continue
    const { whole, rest, lastPage } = cutAt(found, below + 1)
    if (lastPage - (at + 1) > farthestEnd) continue
    joined[at] = page.with(found.above, whole)
    joined[below] = next.toSpliced(found.below, 1, ...rest)
  }
  return joined
}

/** The next page with text; blank pages and drawings with labels are between the halves of a sentence. */
function nextText(pages: readonly (readonly Paragraph[])[], at: number, flow: PageFlow): number {
  const isBetween = (paragraph: Paragraph): boolean =>
    paragraph.kind === 'heading' || isAside(paragraph, flow) || isFloat(paragraph, flow)
  for (let next = at + 1; next < pages.length && next <= at + farthestEnd; next += 1) {
    if (flow.unread.has(next)) return next
    if (pages[next]?.every(isBetween) !== true) return next
  }
  return at + 1
}

function joinColumns(page: readonly Paragraph[], flow: PageFlow): readonly Paragraph[] {
  let paragraphs = page
  for (let at = page.length - 1; at > 0; at -= 1) {
    if (!startsColumn(paragraphs[at - 1], paragraphs[at])) continue
    const found = findBreak(paragraphs.slice(0, at), paragraphs.slice(at), flow, false)
    if (found === null) continue
    const { from, to, above, below } = found
    const whole = { ...from, lines: [...from.lines, ...to.lines] }
    paragraphs = paragraphs.with(above, whole).toSpliced(at + below, 1)
  }
  return paragraphs
}

/** Whether a paragraph begins further up than the one before it, and beside that. */
function startsColumn(before: Paragraph | undefined, paragraph: Paragraph | undefined): boolean {
  const [last, first] = [before?.lines.at(-1), paragraph?.lines[0]]
  if (last === undefined || first?.turns !== last.turns) return false
  return first.baseline < last.baseline - first.size && first.left > last.left + first.size
}

/** A sentence that runs over a break: the paragraphs that it is in, and where it ends in the second. */
interface BrokenSentence {
  readonly from: Paragraph
  readonly to: Paragraph
  /** Their indexes among the paragraphs before and after the break. */
  readonly above: number
  readonly below: number
  readonly text: DrawnText
  /** Index into `text`, that of the second paragraph. */
  readonly end: number
}

function findBreak(
  before: readonly Paragraph[],
  after: readonly Paragraph[],
  flow: PageFlow,
  isFar: boolean,
): BrokenSentence | null {
  const isBody = (paragraph: Paragraph): boolean => !isAside(paragraph, flow)
  const isText = (paragraph: Paragraph): boolean => isBody(paragraph) && !isFloat(paragraph, flow)
  const [above, below] = [before.findLastIndex(isText), after.findIndex(isText)]
  const found = joinAt(before, after, above, below, flow)
  if (found === null) return null
  // A table, a figure or a page is between the halves only if the second can't begin a sentence.
  const isNear =
    !isFar && above === before.findLastIndex(isBody) && below === after.findIndex(isBody)
  return isNear || beginsInside.test(found.text.text) ? found : null
}

function isAside({ lines }: Paragraph, { typography, returning }: PageFlow): boolean {
  return lines.every(
    (line) =>
      line.size < typography.bodySize * smallPrint ||
      returning.has(line) ||
      isPageNumber(line.text),
  )
}

/** A table, a caption, or a short line without an end: the label of a drawing, a running title. */
function isFloat({ kind, lines }: Paragraph, { typography }: PageFlow): boolean {
  const [first, second] = lines
  if (kind === 'table-row' || first === undefined || caption.test(first.text)) return true
  if (kind !== 'paragraph' || second !== undefined) return false
  return !isFull(first, typography) && !stop.test(first.text) && !beginsInside.test(first.text)
}

function joinAt(
  before: readonly Paragraph[],
  after: readonly Paragraph[],
  above: number,
  below: number,
  flow: PageFlow,
): BrokenSentence | null {
  const [from, to] = [before[above], after[below]]
  if (from === undefined || to?.kind !== 'paragraph') return null
  if (from.kind !== 'paragraph' && from.kind !== 'list-item') return null
  const text = joinLines(to.lines, flow.vocabulary)
  const goesOn = howItGoesOn(from, to, text.text, flow.typography)
  if (goesOn === 'not') return null
  const head = joinLines(from.lines, flow.vocabulary).text.slice(-enoughBefore)
  const whole = joinLines([{ text: head, runs: [] }, text], flow.vocabulary).text
  const at = whole.length - text.text.length
  const sentence = splitSentences(whole).find(({ start, end }) => start < at && end > at)
  if (sentence === undefined) return null
  const end = sentence.end - at
  const isEnded = stop.test(whole.slice(0, sentence.end))
  const longest = (isEnded ? longestEnd : longestOpenEnd)[goesOn]
  return end <= longest ? { from, to, above, below, text, end } : null
}

/**
 * Whether the second of two paragraphs may continue the first, whose last line is full: surely, if it can't
 * begin a sentence; maybe, if it is set like the first.
 */
function howItGoesOn(
  from: Paragraph,
  to: Paragraph,
  text: string,
  typography: Typography,
): 'surely' | 'maybe' | 'not' {
  const [last, first, second] = [from.lines.at(-1), to.lines[0], to.lines[1]]
  if (last === undefined || first?.turns !== last.turns) return 'not'
  if (Math.abs(last.size - first.size) > last.size * 0.12) return 'not'
  if (!isFull(last, typography)) return 'not'
  if (beginsInside.test(text)) return sentenceEnd.test(last.text) ? 'not' : 'surely'
  if (/^\p{Ll}/u.test(text)) return 'not'
  const isIndented = second !== undefined && first.left > second.left + first.size * 0.8
  return isIndented || last.font !== first.font || last.text.endsWith(':') ? 'not' : 'maybe'
}

interface CutSentence {
  readonly whole: Paragraph
  /** What the second paragraph keeps. */
  readonly rest: readonly Paragraph[]
  /** The last page that the sentence is drawn on. */
  readonly lastPage: number
}

/** Brings what a sentence has after the break to the paragraph that it begins in. */
function cutAt({ from, to, text, end }: BrokenSentence, page: number): CutSentence {
  const [first, last] = [to.lines[0], to.lines.at(-1)]
  const restAt = end + (/\S/u.exec(text.text.slice(end))?.index ?? 0)
  const tail = pieceOf(text, 0, end)
  const rest = pieceOf(text, restAt, text.text.length)
  const moved = tail.runs.map((run): Run => ({ ...run, page: run.page ?? page }))
  const tailLine = first === undefined ? [] : [{ ...first, text: tail.text, runs: moved }]
  const isAll = rest.text === '' || last === undefined
  return {
    whole: { ...from, lines: [...from.lines, ...tailLine] },
    rest: isAll ? [] : [{ ...to, lines: [{ ...last, ...rest }] }],
    lastPage: Math.max(page, ...moved.map((run) => run.page ?? page)),
  }
}

function pieceOf({ text, runs }: DrawnText, from: number, to: number): DrawnText {
  return {
    text: text.slice(from, to),
    runs: runs
      .filter(({ start, end }) => start < to && end > from)
      .map((run) => cutRun(run, Math.max(run.start, from), Math.min(run.end, to), text))
      .map((run) => ({ ...run, start: run.start - from, end: run.end - from })),
  }
}
