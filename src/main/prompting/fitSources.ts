import type { TextRange } from '../../shared/domain/page.ts'
import type { Llm } from '../llm/llm.ts'
import type { ScoredSentence } from '../retrieval/retrieval.ts'
import type { TitledPassage } from '../retrieval/titledPassages.ts'

/** A passage as it stands in the prompt: `range` is the part of it that was kept. */
export interface FittedSource {
  readonly passage: TitledPassage
  readonly range: TextRange
  /** The sentences inside `range`, in reading order. */
  readonly sentences: readonly FittedSentence[]
}

/** A sentence with its length in the model's tokens. */
export interface FittedSentence extends ScoredSentence {
  readonly tokens: number
}

/** The first sources share the room evenly, so that one long passage does not push out the rest. */
const evenlyShared = 3
/** Less of a passage than this says nothing. Tokens. */
export const leastUsefulTokens = 24
/** What a source costs beside its text and title: number, brackets, line breaks. Tokens. */
export const sourceOverhead = 6

export interface MeasuredPassage {
  readonly passage: TitledPassage
  readonly sentences: readonly FittedSentence[]
  readonly titleTokens: number
}

/** Counts the tokens of every sentence and title, in one call. */
export async function measureSentences(
  llm: Pick<Llm, 'countTokens'>,
  passages: readonly TitledPassage[],
): Promise<readonly MeasuredPassage[]> {
  const texts = passages.flatMap(({ title, sentences }) => [
    title,
    ...sentences.map((sentence) => sentence.text),
  ])
  const lengths = await llm.countTokens(texts)
  let at = 0
  return passages.map((passage) => {
    const titleTokens = lengths[at++] ?? 0
    const sentences = passage.sentences.map((sentence) => ({
      ...sentence,
      tokens: lengths[at++] ?? 0,
    }))
    return { passage, sentences, titleTokens }
  })
}

/**
 * The passages, best first, as far as they fit a room of so many tokens by the tokens of their
 * pieces: long ones trimmed around their best sentences. What the later ones do not need is given to
 * those that had to be trimmed, best first.
 */
export function fillRoom(measured: readonly MeasuredPassage[], room: number): FittedSource[] {
  const share =
    sum(measured, wholeTokens) <= room
      ? room
      : room / Math.min(evenlyShared, Math.max(measured.length, 1))
  let left = room
  let count = 0
  const shared = measured.map((item) => {
    const sentences = trim(item, count < evenlyShared - 1 ? Math.min(share, left) : left)
    left -= costOf(item, sentences)
    if (sentences.length > 0) count += 1
    return { item, sentences }
  })
  const sources = shared.flatMap(({ item, sentences: before }) => {
    const own = costOf(item, before)
    const sentences = before.length === 0 ? trim(item, left) : growIn(item, before, own + left)
    left -= costOf(item, sentences) - own
    return sentences.length === 0 ? [] : [toSource(item.passage, sentences)]
  })
  const [first] = measured
  if (sources.length > 0 || first === undefined) return sources
  // Every sentence is too long for this model: the beginning of the best one is better than nothing.
  const cut = cutBest(first.sentences, room - first.titleTokens - sourceOverhead)
  return cut === null ? [] : [toSource(first.passage, [cut])]
}

/**
 * Makes the last source shorter by so many tokens, around its best sentence; leaves it out if that
 * leaves nothing. Of the only one the beginning of the best sentence stays, as long as that is useful.
 *
 * @returns null where there is no source.
 */
export function trimLast(
  sources: readonly FittedSource[],
  over: number,
): readonly FittedSource[] | null {
  const last = sources.at(-1)
  if (last === undefined) return null
  const others = sources.slice(0, -1)
  const room = sum(last.sentences, (one) => one.tokens) - over
  const kept = longestRun(last.sentences, room)
  if (kept.length > 0) return [...others, toSource(last.passage, kept)]
  const cut = others.length > 0 ? null : cutBest(last.sentences, room)
  return cut === null ? others : [toSource(last.passage, [cut])]
}

function toSource(passage: TitledPassage, sentences: readonly FittedSentence[]): FittedSource {
  const range = { start: sentences[0]?.start ?? 0, end: sentences.at(-1)?.end ?? 0 }
  return { passage, range, sentences }
}

function wholeTokens(item: MeasuredPassage): number {
  return costOf(item, item.sentences)
}

/** Tokens that a passage takes with some of its sentences; none without any. */
function costOf({ titleTokens }: MeasuredPassage, sentences: readonly FittedSentence[]): number {
  if (sentences.length === 0) return 0
  return titleTokens + sourceOverhead + sum(sentences, (one) => one.tokens)
}

/** Whether nothing of the passages had to be left out. */
export function keepsEverything(
  sources: readonly FittedSource[],
  passages: readonly TitledPassage[],
): boolean {
  const kept = sum(sources, (source) => source.sentences.length)
  return kept === sum(passages, ({ sentences }) => sentences.length)
}

/** What of a passage fits a room that its title and number take a part of. */
function trim({ sentences, titleTokens }: MeasuredPassage, room: number): Run {
  return longestRun(sentences, room - titleTokens - sourceOverhead)
}

function growIn({ sentences, titleTokens }: MeasuredPassage, run: Run, room: number): Run {
  return grow(sentences, run, room - titleTokens - sourceOverhead)
}

/** Sentences that follow one another. */
type Run = readonly FittedSentence[]

/** The longest run of sentences around the best one that fits; a short one only if it is all. */
function longestRun(sentences: Run, room: number): Run {
  if (sum(sentences, (one) => one.tokens) <= room) return sentences
  if (room < leastUsefulTokens) return []
  const [best] = byScore(sentences.filter((one) => one.tokens > 0 && one.tokens <= room))
  return best === undefined ? [] : grow(sentences, [best], room)
}

/** A run with as many of the sentences around it as fit, growing towards the better side. */
function grow(sentences: Run, run: Run, room: number): Run {
  let tokens = sum(run, (one) => one.tokens)
  let from = sentences.findIndex((one) => one === run[0])
  let to = from + run.length - 1
  const fits = (one: FittedSentence | undefined): one is FittedSentence =>
    one !== undefined && tokens + one.tokens <= room
  for (;;) {
    const before = sentences[from - 1]
    const after = sentences[to + 1]
    if (fits(before) && (!fits(after) || before.score > after.score)) {
      from -= 1
      tokens += before.tokens
    } else if (fits(after)) {
      to += 1
      tokens += after.tokens
    } else {
      return sentences.slice(from, to + 1)
    }
  }
}

function cutBest(sentences: readonly FittedSentence[], room: number): FittedSentence | null {
  const [best] = byScore(sentences)
  if (best === undefined || room < leastUsefulTokens) return null
  // A little less than its share of the characters, and no word in two.
  const length = Math.floor((best.text.length * room * 0.9) / best.tokens)
  const text = best.text.slice(0, length).replace(/\s\S*$/u, '')
  return { ...best, text, end: best.start + text.length, tokens: room }
}

export function sourceText({ passage, range }: Pick<FittedSource, 'passage' | 'range'>): string {
  return passage.text.slice(range.start - passage.start, range.end - passage.start)
}

export function byScore(sentences: readonly FittedSentence[]): FittedSentence[] {
  return [...sentences].sort((a, b) => b.score - a.score)
}

export function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}
