import type { TextRange } from '../../shared/domain/page.ts'
import type { Llm } from '../llm/llm.ts'
import type { ScoredSentence } from './retrieval.ts'
import type { TitledPassage } from './titledPassages.ts'

/** A passage as it stands in the prompt: `range` is the part of it that was kept. */
export interface FittedSource {
  readonly number: number
  readonly evidence: TitledPassage
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
  readonly evidence: TitledPassage
  readonly sentences: readonly FittedSentence[]
  readonly titleTokens: number
}

/** Counts the tokens of every sentence and title, in one call. */
export async function measureSentences(
  llm: Pick<Llm, 'countTokens'>,
  evidence: readonly TitledPassage[],
): Promise<readonly MeasuredPassage[]> {
  const texts = evidence.flatMap(({ title, passage }) => [
    title,
    ...passage.sentences.map((sentence) => sentence.text),
  ])
  const lengths = await llm.countTokens(texts)
  let at = 0
  return evidence.map((item) => {
    const titleTokens = lengths[at++] ?? 0
    const sentences = item.passage.sentences.map((sentence) => ({
      ...sentence,
      tokens: lengths[at++] ?? 0,
    }))
    return { evidence: item, sentences, titleTokens }
  })
}

/**
 * The passages, best first, as far as they fit a room of so many tokens: long ones trimmed around
 * their best sentences.
 */
export function fillRoom(measured: readonly MeasuredPassage[], room: number): FittedSource[] {
  const sources: FittedSource[] = []
  const share =
    sum(measured, wholeTokens) <= room
      ? room
      : room / Math.min(evenlyShared, Math.max(measured.length, 1))
  let left = room
  for (const item of measured) {
    const cost = item.titleTokens + sourceOverhead
    const cap = sources.length < evenlyShared - 1 ? Math.min(share, left) : left
    const sentences = trim(item.sentences, cap - cost)
    if (sentences.length === 0) continue
    left -= cost + sum(sentences, (one) => one.tokens)
    sources.push(toSource(item.evidence, sources.length + 1, sentences))
  }
  const [first] = measured
  if (sources.length > 0 || first === undefined) return sources
  // Every sentence is too long for this model: the beginning of the best one is better than nothing.
  const cut = cutBest(first.sentences, room - first.titleTokens - sourceOverhead)
  return cut === null ? [] : [toSource(first.evidence, 1, [cut])]
}

function toSource(
  evidence: TitledPassage,
  number: number,
  sentences: readonly FittedSentence[],
): FittedSource {
  const range = { start: sentences[0]?.start ?? 0, end: sentences.at(-1)?.end ?? 0 }
  return { number, evidence, range, sentences }
}

function wholeTokens({ sentences, titleTokens }: MeasuredPassage): number {
  return titleTokens + sourceOverhead + sum(sentences, (one) => one.tokens)
}

/** Whether nothing of the evidence had to be left out. */
export function holdsEverything(
  sources: readonly FittedSource[],
  evidence: readonly TitledPassage[],
): boolean {
  const kept = sum(sources, (source) => source.sentences.length)
  return kept === sum(evidence, ({ passage }) => passage.sentences.length)
}

/** The longest run of sentences around the best one that fits, growing towards the better side. */
function trim(sentences: readonly FittedSentence[], room: number): readonly FittedSentence[] {
  if (room < leastUsefulTokens) return []
  const [best] = byScore(sentences.filter((one) => one.tokens > 0 && one.tokens <= room))
  if (best === undefined) return []
  let tokens = best.tokens
  let from = sentences.indexOf(best)
  let to = from
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

export function sourceText({ evidence, range }: Pick<FittedSource, 'evidence' | 'range'>): string {
  const { passage } = evidence
  return passage.text.slice(range.start - passage.start, range.end - passage.start)
}

export function byScore(sentences: readonly FittedSentence[]): FittedSentence[] {
  return [...sentences].sort((a, b) => b.score - a.score)
}

export function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}
