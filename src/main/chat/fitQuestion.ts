import type { PromptPart, TokenBudget } from '../../shared/domain/conversation.ts'
import { longestAnswer } from '../../shared/domain/sampling.ts'
import { AppError } from '../../shared/errors.ts'
import type { Llm, Prompt, PromptTurn } from '../llm/llm.ts'
import { dropOldest, fitPrompt, type FittedPrompt } from '../prompting/fitPrompt.ts'
import {
  fillRoom,
  leastUsefulTokens,
  measureSentences,
  sourceText,
  sum,
  trimLast,
  type FittedSource,
  type MeasuredPassage,
} from '../prompting/fitSources.ts'
import type { TitledPassage } from '../retrieval/titledPassages.ts'
import {
  groundedPrompt,
  groundedSystem,
  quoteLine,
  renderSource,
  type GroundedQuestion,
} from './prompt.ts'
import { locateParts } from './promptParts.ts'
import { keySentencesOf, keySentenceTokens, pickWithin, quotableTokens } from './promptSentences.ts'

export interface QuestionFit {
  readonly llm: Pick<Llm, 'countTokens' | 'render'>
  /** Tokens. */
  readonly contextSize: number
  readonly question: string
  /** Oldest first. */
  readonly history: readonly PromptTurn[]
  /** Best first. */
  readonly passages: readonly TitledPassage[]
  /** Number of key sentences in the prompt; 0 leaves them out. */
  readonly keySentences: number
  /** Tokens kept free for the answer. */
  readonly reserve: number
}

export interface FittedQuestion {
  readonly question: GroundedQuestion
  readonly history: readonly PromptTurn[]
  readonly sources: readonly FittedSource[]
  readonly budget: TokenBudget
  /** The prompt in the model's chat format. */
  readonly text: string
  /** The ranges of its parts; empty if they can't be located. */
  readonly parts: readonly PromptPart[]
  /** Length of the prompt in tokens. */
  readonly tokens: number
}

/** The share of the context for earlier turns; older ones are left out whole. */
const historyShare = 0.25
/** The share of the tokens for passages that key sentences may take. */
const keySentenceShare = 0.6
/** Tokens reserved for at least two passages: earlier turns are left out if necessary. */
export const leastRoomForPassages = leastUsefulTokens * 2

/**
 * Fits the prompt into the model's context with `reserve` tokens left: the latest turns, then the
 * best passages, long ones trimmed around their best sentences. The runtime never has to truncate
 * it.
 *
 * @throws AppError `prompt-too-long` if the question alone does not fit.
 */
export async function fitQuestion(fit: QuestionFit): Promise<FittedQuestion> {
  const { llm, contextSize, passages, reserve } = fit
  const bare = await fitTurns(fit)
  const room = bare.room + leastRoomForPassages
  const history = bare.sections
  const measured = await measureSentences(llm, passages)
  const keyRoom = room * keySentenceShare
  const toQuestion = (sources: readonly FittedSource[]): GroundedQuestion =>
    groundedQuestion(fit, sources, keyRoom)
  const fitted = await fitPrompt({
    llm,
    contextSize,
    reserve,
    sections: fillRoom(measured, room - longestKeySentences(fit, measured, keyRoom)),
    dropLast: trimLast,
    write: (sources: readonly FittedSource[]) => groundedPrompt(toQuestion(sources), history),
  })
  const { sections: sources, text, tokens } = fitted
  const question = toQuestion(sources)
  return {
    question,
    history,
    sources,
    text,
    tokens,
    parts: locateParts(text, question, history),
    budget: await budgetOf(fit, question, history, tokens),
  }
}

/** The latest turns that leave room for passages. */
async function fitTurns({
  llm,
  contextSize,
  question,
  history,
  reserve,
}: QuestionFit): Promise<FittedPrompt<readonly PromptTurn[], Prompt>> {
  const bare = { question, sources: [], keySentences: [] }
  const fitted = await fitPrompt({
    llm,
    contextSize,
    reserve: reserve + leastRoomForPassages,
    sections: await latestTurns(llm, history, contextSize),
    dropLast: dropOldest,
    write: (turns: readonly PromptTurn[]) => groundedPrompt(bare, turns),
  })
  if (fitted.room < 0) throw questionTooLong()
  return fitted
}

/** Tokens that the key sentences take if their passages are all in the prompt. */
function longestKeySentences(
  { keySentences, contextSize }: QuestionFit,
  measured: readonly MeasuredPassage[],
  room: number,
): number {
  const all = measured.flatMap(({ sentences }) => sentences)
  const picked = pickWithin(all, keySentences, quotableTokens(contextSize), room)
  return sum(picked, keySentenceTokens)
}

function groundedQuestion(
  { question, keySentences, contextSize }: QuestionFit,
  sources: readonly FittedSource[],
  keyRoom: number,
): GroundedQuestion {
  return {
    question,
    sources: sources.map((source) => ({
      number: source.passage.number,
      title: source.passage.title,
      place: source.passage.place,
      text: sourceText(source),
    })),
    keySentences: keySentencesOf(sources, keySentences, contextSize, keyRoom).map(
      ({ source, sentence }) => ({ text: sentence.text, source: source.passage.number }),
    ),
  }
}

/** The number of tokens of each part of a prompt. */
async function budgetOf(
  { llm, contextSize, reserve }: QuestionFit,
  { sources, keySentences }: GroundedQuestion,
  history: readonly PromptTurn[],
  tokens: number,
): Promise<TokenBudget> {
  const [system = 0, sourceTokens = 0, keyTokens = 0, ...turns] = await llm.countTokens([
    groundedSystem,
    sources.map(renderSource).join('\n\n'),
    keySentences.map(quoteLine).join('\n'),
    ...history.map((turn) => `${turn.user}\n${turn.assistant}`),
  ])
  const historyTokens = sum(turns, (length) => length)
  return {
    context: contextSize,
    system,
    examples: 0,
    history: historyTokens,
    sources: sourceTokens,
    keySentences: keyTokens,
    // The rest is the question, which is in the prompt twice, and the chat format.
    question: Math.max(tokens - system - historyTokens - sourceTokens - keyTokens, 0),
    reserve,
  }
}

/**
 * Tokens kept free for a written answer: a quarter of the context, 512 at most. A longer answer may
 * take up to half of the context; the rest is for its sources.
 *
 * @param wanted the longest answer in tokens; null: the default.
 */
export function writeReserve(contextSize: number, wanted: number | null = null): number {
  if (wanted === null) return Math.min(512, Math.floor(contextSize / 4))
  return Math.min(wanted, longestAnswer(contextSize))
}

/**
 * The latest turns to put before a grounded question: they take at most a share of the context,
 * older ones are left out whole. Warming up has to use exactly the same turns.
 *
 * @param contextSize tokens
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

export function questionTooLong(): AppError {
  return new AppError(
    'prompt-too-long',
    'The question is too long for this model. Shorten it, or choose a model with a longer context.',
  )
}
