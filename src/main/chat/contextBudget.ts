import type { PromptPart, TokenBudget } from '../../shared/domain/conversation.ts'
import { longestAnswer } from '../../shared/domain/sampling.ts'
import { AppError } from '../../shared/errors.ts'
import type { Llm, PromptTurn } from '../llm/llm.ts'
import {
  fillRoom,
  leastUsefulTokens,
  measureSentences,
  sourceText,
  sum,
  type FittedSource,
} from '../retrieval/fitSources.ts'
import type { TitledPassage } from '../retrieval/titledPassages.ts'
import {
  groundedPrompt,
  groundedSystem,
  quoteLine,
  renderSource,
  type GroundedQuestion,
} from './prompt.ts'
import { locateParts } from './promptParts.ts'
import {
  keySentencesOf,
  keySentenceTokens,
  pickWithin,
  quotableTokens,
  type KeySentence,
} from './promptSentences.ts'

export interface FitOptions {
  readonly llm: Pick<Llm, 'countTokens' | 'render'>
  /** Tokens. */
  readonly contextSize: number
  readonly question: string
  /** Oldest first. */
  readonly history: readonly PromptTurn[]
  /** Best first. */
  readonly evidence: readonly TitledPassage[]
  /** Number of key sentences in the prompt; 0 leaves them out. */
  readonly keySentences: number
  /** Tokens kept free for the answer. */
  readonly reserve: number
}

export interface FittedPrompt {
  readonly question: GroundedQuestion
  readonly history: readonly PromptTurn[]
  readonly sources: readonly FittedSource[]
  readonly budget: TokenBudget
  /** The prompt as the model reads it. */
  readonly text: string
  /** Where its parts stand in it; nothing where they cannot be told. */
  readonly parts: readonly PromptPart[]
  /** Length of that in tokens. */
  readonly tokens: number
}

/** Earlier turns may take this share of the context; older ones are left out whole. */
const historyShare = 0.25
/** Key sentences may take this share of what is left for evidence. */
const keySentenceShare = 0.6

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

/**
 * Tokens kept free for a written answer: a quarter of the context, 512 at most. Where an answer is
 * wanted longer it may take half of the context: the rest is for what it is answered from.
 *
 * @param wanted the longest answer; null: the usual
 */
export function writeReserve(contextSize: number, wanted: number | null = null): number {
  if (wanted === null) return Math.min(512, Math.floor(contextSize / 4))
  return Math.min(wanted, longestAnswer(contextSize))
}

/** The latest turns that leave room for evidence, and the room they leave. */
async function fitHistory(
  options: FitOptions,
): Promise<{ history: readonly PromptTurn[]; room: number }> {
  const { llm, contextSize, question, reserve } = options
  let history = await latestTurns(llm, options.history, contextSize)
  for (;;) {
    const bare = { question, sources: [], keySentences: [] }
    const { tokens } = await llm.render(groundedPrompt(bare, history))
    const room = contextSize - reserve - tokens
    if (room >= leastUsefulTokens * 2) return { history, room }
    if (history.length === 0) throw questionTooLong()
    history = history.slice(1)
  }
}

/**
 * The latest turns that may stand before a grounded question: a share of the context, older ones
 * are left out whole. What is read ahead of a question has to begin with exactly these.
 *
 * @param contextSize in tokens of the model
 */
export async function latestTurns(
  llm: Pick<Llm, 'countTokens'>,
  history: readonly PromptTurn[],
  contextSize: number,
): Promise<readonly PromptTurn[]> {
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
      place: source.evidence.place,
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
    parts: locateParts(whole.text, grounded, history),
    tokens: whole.tokens,
    budget: {
      context: contextSize,
      system,
      examples: 0,
      history: historyTokens,
      sources: sourceTokens,
      keySentences: keyTokens,
      // What is left is the question, asked twice, and the chat format around everything.
      question: Math.max(whole.tokens - system - historyTokens - sourceTokens - keyTokens, 0),
      reserve,
    },
  }
}

export function questionTooLong(): AppError {
  return new AppError(
    'prompt-too-long',
    'The question is too long for this model. Shorten it, or choose a model with a longer context.',
  )
}
