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
  /** The prompt as the model reads it. */
  readonly text: string
  /** Where its parts stand in it; nothing where they cannot be told. */
  readonly parts: readonly PromptPart[]
  /** Length of that in tokens. */
  readonly tokens: number
}

/** Earlier turns may take this share of the context; older ones are left out whole. */
const historyShare = 0.25
/** Key sentences may take this share of what is left for passages. */
const keySentenceShare = 0.6
/** Without room for two passages nothing is asked: earlier turns are left out for them. Tokens. */
export const leastRoomForPassages = leastUsefulTokens * 2

/**
 * Chooses what stands in the prompt so that it fits the model's context with `reserve` tokens left:
 * the latest turns, then the best passages, long ones trimmed around their best sentences. Nothing
 * is ever cut by the model itself.
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

/** Tokens of the key sentences, if the passages that they stand in are all in the prompt. */
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

/** Where the tokens of a prompt went. */
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
    // What is left is the question, asked twice, and the chat format around everything.
    question: Math.max(tokens - system - historyTokens - sourceTokens - keyTokens, 0),
    reserve,
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

export function questionTooLong(): AppError {
  return new AppError(
    'prompt-too-long',
    'The question is too long for this model. Shorten it, or choose a model with a longer context.',
  )
}
