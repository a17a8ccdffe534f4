import type { TokenBudget } from '../../shared/domain/conversation.ts'
import type { TextRange } from '../../shared/domain/page.ts'
import { AppError } from '../../shared/errors.ts'
import type { Llm, Prompt, PromptTurn } from '../llm/llm.ts'
import type { Passage, ScoredSentence } from '../retrieval/retrieval.ts'
import {
  groundedPrompt,
  groundedSystem,
  ungroundedSystem,
  quoteLine,
  renderSource,
  type GroundedQuestion,
} from './prompt.ts'

/** A passage with what the prompt says about where it stands. */
export interface Evidence {
  readonly passage: Passage
  readonly title: string
  /** null for documents of a single page. */
  readonly page: number | null
}

export interface FitOptions {
  readonly llm: Pick<Llm, 'countTokens' | 'render'>
  /** Tokens. */
  readonly contextSize: number
  readonly question: string
  /** Oldest first. */
  readonly history: readonly PromptTurn[]
  /** Best first. */
  readonly evidence: readonly Evidence[]
  /** Number of key sentences in the prompt; 0 leaves them out. */
  readonly keySentences: number
  /** Tokens kept free for the answer. */
  readonly reserve: number
}

/** A passage as it stands in the prompt: `range` is the part of it that was kept. */
export interface FittedSource {
  readonly number: number
  readonly evidence: Evidence
  readonly range: TextRange
  /** The sentences inside `range`, in reading order. */
  readonly sentences: readonly FittedSentence[]
}

/** A sentence with its length in the model's tokens. */
export interface FittedSentence extends ScoredSentence {
  readonly tokens: number
}

export interface KeySentence {
  readonly source: FittedSource
  readonly sentence: FittedSentence
}

export interface FittedPrompt {
  readonly question: GroundedQuestion
  readonly history: readonly PromptTurn[]
  readonly sources: readonly FittedSource[]
  readonly budget: TokenBudget
  /** The prompt as the model reads it. */
  readonly text: string
  /** Length of that in tokens. */
  readonly tokens: number
}

/** Earlier turns may take this share of the context; older ones are left out whole. */
const historyShare = 0.25
/** Key sentences may take this share of what is left for evidence. */
const keySentenceShare = 0.6
/** The first sources share the room evenly, so that one long passage does not push out the rest. */
const evenlyShared = 3
/** Less of a passage than this says nothing. Tokens. */
const leastUsefulTokens = 24
/** What a source costs beside its text and title: number, brackets, line breaks. Tokens. */
const sourceOverhead = 6

/**
 * Chooses what stands in the prompt so that it fits the model's context with `reserve` tokens left:
 * the latest turns, then the best passages, long ones trimmed around their best sentences. Nothing
 * is ever cut by the model itself.
 *
 * @throws AppError `prompt-too-long` if the question alone does not fit.
 */
export async function fitPrompt(options: FitOptions): Promise<FittedPrompt> {
  const { llm, contextSize, evidence, reserve } = options
  const { history, room } = await fitHistory(options)
  const measured = await measureSentences(llm, evidence)
  const quotable = quotableTokens(contextSize)
  const keyRoom = room * keySentenceShare
  const keyTokens = sum(
    pickWithin(
      measured.flatMap((item) => item.sentences),
      options.keySentences,
      quotable,
      keyRoom,
    ),
    keySentenceTokens,
  )
  let sources = fillRoom(measured, room - keyTokens)
  // Counting piece by piece is close, not exact: the whole decides.
  for (;;) {
    const keySentences = keySentencesOf(sources, options.keySentences, contextSize, keyRoom)
    const fitted = await render(options, history, sources, keySentences)
    if (fitted.tokens + reserve <= contextSize || sources.length === 0) return fitted
    sources = sources.slice(0, -1)
  }
}

/** Tokens kept free for a written answer: a quarter of the context, 512 at most. */
export function writeReserve(contextSize: number): number {
  return Math.min(512, Math.floor(contextSize / 4))
}

/**
 * The prompt of a plain chat: as many of the latest turns as fit.
 *
 * @throws AppError `prompt-too-long` if the question alone does not fit.
 */
export async function fitChat(
  llm: Pick<Llm, 'render'>,
  { question, history }: { readonly question: string; readonly history: readonly PromptTurn[] },
  contextSize: number,
): Promise<{ prompt: Prompt; text: string }> {
  for (let first = 0; first <= history.length; first += 1) {
    const kept = history.slice(first)
    const prompt = { system: ungroundedSystem, history: kept, user: question }
    const { text, tokens } = await llm.render(prompt)
    if (tokens + writeReserve(contextSize) <= contextSize) return { prompt, text }
  }
  throw questionTooLong()
}

/** The latest turns that leave room for evidence, and the room they leave. */
async function fitHistory(
  options: FitOptions,
): Promise<{ history: readonly PromptTurn[]; room: number }> {
  const { llm, contextSize, question, reserve } = options
  let history = await withinShare(options)
  for (;;) {
    const bare = { question, sources: [], keySentences: [] }
    const { tokens } = await llm.render(groundedPrompt(bare, history))
    const room = contextSize - reserve - tokens
    if (room >= leastUsefulTokens * 2) return { history, room }
    if (history.length === 0) throw questionTooLong()
    history = history.slice(1)
  }
}

async function withinShare({
  llm,
  history,
  contextSize,
}: FitOptions): Promise<readonly PromptTurn[]> {
  const lengths = await llm.countTokens(history.flatMap((turn) => [turn.user, turn.assistant]))
  let left = contextSize * historyShare
  let first = history.length
  while (first > 0) {
    left -= (lengths[2 * first - 2] ?? 0) + (lengths[2 * first - 1] ?? 0)
    if (left < 0) break
    first -= 1
  }
  return history.slice(first)
}

interface MeasuredEvidence {
  readonly evidence: Evidence
  readonly sentences: readonly FittedSentence[]
  readonly titleTokens: number
}

async function measureSentences(
  llm: Pick<Llm, 'countTokens'>,
  evidence: readonly Evidence[],
): Promise<readonly MeasuredEvidence[]> {
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

function fillRoom(measured: readonly MeasuredEvidence[], room: number): FittedSource[] {
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
  evidence: Evidence,
  number: number,
  sentences: readonly FittedSentence[],
): FittedSource {
  const range = { start: sentences[0]?.start ?? 0, end: sentences.at(-1)?.end ?? 0 }
  return { number, evidence, range, sentences }
}

function wholeTokens({ sentences, titleTokens }: MeasuredEvidence): number {
  return titleTokens + sourceOverhead + sum(sentences, (one) => one.tokens)
}

/** Whether nothing of the evidence had to be left out. */
export function holdsEverything(prompt: FittedPrompt, evidence: readonly Evidence[]): boolean {
  const kept = sum(prompt.sources, (source) => source.sentences.length)
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

function byScore(sentences: readonly FittedSentence[]): FittedSentence[] {
  return [...sentences].sort((a, b) => b.score - a.score)
}

/** The best sentences that are short enough to be quoted and fit together. */
function pickWithin(
  sentences: readonly FittedSentence[],
  count: number,
  longest: number,
  room: number,
): readonly FittedSentence[] {
  const picked: FittedSentence[] = []
  let left = room
  for (const one of byScore(sentences)) {
    if (picked.length >= count) break
    if (one.tokens > longest || keySentenceTokens(one) > left) continue
    picked.push(one)
    left -= keySentenceTokens(one)
  }
  return picked
}

function keySentenceTokens({ tokens }: FittedSentence): number {
  return tokens + sourceOverhead
}

/**
 * The sentences of the prompt that answer best, best first, each with the number of its source.
 *
 * @param room tokens that they may take together; by default as many as they need.
 */
export function keySentencesOf(
  sources: readonly FittedSource[],
  count: number,
  contextSize: number,
  room = Number.POSITIVE_INFINITY,
): readonly KeySentence[] {
  const sourceOf = new Map(
    sources.flatMap((source) => source.sentences.map((sentence) => [sentence, source] as const)),
  )
  return pickWithin([...sourceOf.keys()], count, quotableTokens(contextSize), room).flatMap(
    (sentence) => {
      const source = sourceOf.get(sentence)
      return source === undefined ? [] : [{ source, sentence }]
    },
  )
}

/** Longer sentences than this are read, but neither pointed out nor quoted. Tokens. */
export function quotableTokens(contextSize: number): number {
  return Math.floor(contextSize / 8)
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}

export function sourceText({ evidence, range }: Pick<FittedSource, 'evidence' | 'range'>): string {
  const { passage } = evidence
  return passage.text.slice(range.start - passage.start, range.end - passage.start)
}

async function render(
  { llm, question, contextSize, reserve }: FitOptions,
  history: readonly PromptTurn[],
  sources: readonly FittedSource[],
  keySentences: readonly KeySentence[],
): Promise<FittedPrompt> {
  const grounded: GroundedQuestion = {
    question,
    sources: sources.map((source) => ({
      number: source.number,
      title: source.evidence.title,
      page: source.evidence.page,
      text: sourceText(source),
    })),
    keySentences: keySentences.map(({ source, sentence }) => ({
      text: sentence.text,
      source: source.number,
    })),
  }
  const whole = await llm.render(groundedPrompt(grounded, history))
  const [system = 0, sourceTokens = 0, keyTokens = 0, ...turns] = await llm.countTokens([
    groundedSystem,
    grounded.sources.map(renderSource).join('\n\n'),
    grounded.keySentences.map(quoteLine).join('\n'),
    ...history.map((turn) => `${turn.user}\n${turn.assistant}`),
  ])
  const historyTokens = turns.reduce((sum, tokens) => sum + tokens, 0)
  return {
    question: grounded,
    history,
    sources,
    text: whole.text,
    tokens: whole.tokens,
    budget: {
      context: contextSize,
      system,
      history: historyTokens,
      sources: sourceTokens,
      keySentences: keyTokens,
      // What is left is the question, asked twice, and the chat format around everything.
      question: Math.max(whole.tokens - system - historyTokens - sourceTokens - keyTokens, 0),
      reserve,
    },
  }
}

function questionTooLong(): AppError {
  return new AppError(
    'prompt-too-long',
    'The question is too long for this model. Shorten it, or choose a model with a longer context.',
  )
}
