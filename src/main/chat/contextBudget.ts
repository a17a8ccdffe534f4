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
  readonly sentences: readonly ScoredSentence[]
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
  const keyTokens = bestSentences(measured, options.keySentences)
    .map((sentence) => sentence.tokens + sourceOverhead)
    .reduce((sum, tokens) => sum + tokens, 0)
  let sources = fillRoom(measured, room - keyTokens)
  // Counting piece by piece is close, not exact: the whole decides.
  for (;;) {
    const fitted = await render(options, history, sources)
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

interface MeasuredSentence {
  readonly sentence: ScoredSentence
  readonly tokens: number
}

interface MeasuredEvidence {
  readonly evidence: Evidence
  readonly sentences: readonly MeasuredSentence[]
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
      sentence,
      tokens: lengths[at++] ?? 0,
    }))
    return { evidence: item, sentences, titleTokens }
  })
}

function bestSentences(
  measured: readonly MeasuredEvidence[],
  count: number,
): readonly MeasuredSentence[] {
  return measured
    .flatMap((item) => item.sentences)
    .sort((a, b) => b.sentence.score - a.sentence.score)
    .slice(0, count)
}

function fillRoom(measured: readonly MeasuredEvidence[], room: number): FittedSource[] {
  const sources: FittedSource[] = []
  const whole = measured.reduce((sum, item) => sum + wholeTokens(item), 0)
  const share = whole <= room ? room : room / Math.min(evenlyShared, Math.max(measured.length, 1))
  let left = room
  for (const item of measured) {
    const cost = item.titleTokens + sourceOverhead
    const cap = sources.length < evenlyShared - 1 ? Math.min(share, left) : left
    const window = trim(item.sentences, cap - cost)
    if (window === null) continue
    left -= cost + window.tokens
    sources.push({
      number: sources.length + 1,
      evidence: item.evidence,
      range: window.range,
      sentences: window.sentences,
    })
  }
  return sources
}

function wholeTokens({ sentences, titleTokens }: MeasuredEvidence): number {
  return sentences.reduce((sum, { tokens }) => sum + tokens, titleTokens + sourceOverhead)
}

/** Whether nothing of the evidence had to be left out. */
export function holdsEverything(prompt: FittedPrompt, evidence: readonly Evidence[]): boolean {
  const sentences = (count: number, { passage }: Evidence): number =>
    count + passage.sentences.length
  const kept = prompt.sources.reduce((count, source) => count + source.sentences.length, 0)
  return kept === evidence.reduce(sentences, 0)
}

/** The longest run of sentences around the best one that fits, growing towards the better side. */
function trim(
  sentences: readonly MeasuredSentence[],
  room: number,
): { range: TextRange; sentences: readonly ScoredSentence[]; tokens: number } | null {
  const best = sentences.reduce(
    (top, item, index) =>
      item.sentence.score > (sentences[top]?.sentence.score ?? -1) ? index : top,
    0,
  )
  let tokens = sentences[best]?.tokens ?? 0
  if (tokens === 0 || tokens > room || room < leastUsefulTokens) return null
  let from = best
  let to = best
  for (;;) {
    const before = sentences[from - 1]
    const after = sentences[to + 1]
    const fits = (item: MeasuredSentence | undefined): item is MeasuredSentence =>
      item !== undefined && tokens + item.tokens <= room
    const preferBefore =
      fits(before) && (!fits(after) || before.sentence.score > after.sentence.score)
    if (preferBefore) {
      from -= 1
      tokens += before.tokens
    } else if (fits(after)) {
      to += 1
      tokens += after.tokens
    } else {
      break
    }
  }
  const kept = sentences.slice(from, to + 1).map((item) => item.sentence)
  const range = { start: kept[0]?.start ?? 0, end: kept.at(-1)?.end ?? 0 }
  return { range, sentences: kept, tokens }
}

/** The sentences of the prompt that answer best, best first, each with the number of its source. */
export function keySentencesOf(
  sources: readonly FittedSource[],
  count: number,
): readonly { readonly source: FittedSource; readonly sentence: ScoredSentence }[] {
  return sources
    .flatMap((source) => source.sentences.map((sentence) => ({ source, sentence })))
    .sort((a, b) => b.sentence.score - a.sentence.score)
    .slice(0, count)
}

export function sourceText({ evidence, range }: Pick<FittedSource, 'evidence' | 'range'>): string {
  const { passage } = evidence
  return passage.text.slice(range.start - passage.start, range.end - passage.start)
}

async function render(
  { llm, question, keySentences, contextSize, reserve }: FitOptions,
  history: readonly PromptTurn[],
  sources: readonly FittedSource[],
): Promise<FittedPrompt> {
  const grounded: GroundedQuestion = {
    question,
    sources: sources.map((source) => ({
      number: source.number,
      title: source.evidence.title,
      page: source.evidence.page,
      text: sourceText(source),
    })),
    keySentences: keySentencesOf(sources, keySentences).map(({ source, sentence }) => ({
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
