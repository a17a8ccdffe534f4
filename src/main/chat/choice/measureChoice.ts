import { throwIfAborted } from '../../../shared/errors.ts'
import type { Llm, LlmInfo } from '../../llm/llm.ts'
import { inverseFrequency } from '../../retrieval/inverseFrequency.ts'
import { scoreSentences } from '../../retrieval/keySentences.ts'
import { terms, type TermWeight } from '../../../shared/domain/language/terms.ts'
import type { TitledPassage } from '../../retrieval/titledPassages.ts'
import { fitPassages } from '../gatherPassages.ts'
import { groundedPrompt, refusal } from '../prompt.ts'
import { quotableLines } from '../quoteLines.ts'
import { choiceTexts, type ChoiceQuestion } from './choiceQuestions.ts'
import { usualWeights, type ChoiceMade } from './fitChoiceWeights.ts'

/** A large model on a small computer reads a question in ten seconds: what it says until then counts. */
const longestMs = 120_000

export interface ChoiceDeps {
  readonly llm: Llm
  readonly info: LlmInfo
  /** Milliseconds of a clock that only runs forward. */
  readonly now: () => number
}

/**
 * Asks a loaded model questions whose answers are known, as Quote does, until all are asked or two minutes
 * are over.
 *
 * @param onFraction receives the progress, 0 to 1.
 * @returns its choices where a candidate was right, in the order of the questions.
 * @throws AppError `cancelled`, and errors of the model.
 */
export async function measureChoice(
  { llm, info, now }: ChoiceDeps,
  onFraction: (fraction: number) => void,
  signal: AbortSignal,
): Promise<readonly ChoiceMade[]> {
  const until = now() + longestMs
  const asked = inTurns()
  const made: ChoiceMade[] = []
  for (const [index, { question, at }] of asked.entries()) {
    throwIfAborted(signal)
    if (now() > until) break
    const choice = await choose({ llm, info }, question, passagesFor(question.question, at), signal)
    if (choice !== null) made.push(choice)
    onFraction((index + 1) / asked.length)
  }
  onFraction(1)
  return made
}

/** The first question of each text, then the second: so each text counts when time is short. */
function inTurns(): { readonly question: ChoiceQuestion; readonly at: number }[] {
  const rounds = Math.max(...choiceTexts.map(({ questions }) => questions.length))
  return Array.from({ length: rounds }, (_, round) =>
    choiceTexts.flatMap(({ questions }, at) => {
      const question = questions[round]
      return question === undefined ? [] : [{ question, at }]
    }),
  ).flat()
}

/** Its text and the next one, which it is not about. */
function passagesFor(question: string, at: number): readonly TitledPassage[] {
  const texts = [choiceTexts[at], choiceTexts[(at + 1) % choiceTexts.length]].flatMap((one) =>
    one === undefined ? [] : [one],
  )
  const scored = scoreSentences(
    question,
    texts.map(({ text }) => ({ text, heading: '', start: 0 })),
    rarity,
  )
  return texts.map(({ title, text }, index) => ({
    chunk: title,
    contentId: title,
    ordinals: { from: 0, to: 0 },
    page: 1,
    start: 0,
    end: text.length,
    heading: '',
    text,
    scores: { fused: 0, fullText: null, cosine: null, evidence: 1 },
    sentences: scored[index] ?? [],
    number: index + 1,
    title,
    place: null,
  }))
}

const termsOfTexts = choiceTexts.map(({ text }) => new Set(terms(text)))

const rarity: TermWeight = (term) => {
  const having = termsOfTexts.filter((one) => one.has(term)).length
  return inverseFrequency(choiceTexts.length, having)
}

/** @returns null if no candidate is right, or there is no room for the question. */
async function choose(
  { llm, info }: Pick<ChoiceDeps, 'llm' | 'info'>,
  { question, answer }: ChoiceQuestion,
  passages: readonly TitledPassage[],
  signal: AbortSignal,
): Promise<ChoiceMade | null> {
  const model = {
    info,
    demo: false,
    answering: 'quote',
    keySentences: true,
    weights: usualWeights,
  } as const
  const fitted = await fitPassages(llm, { question, history: [], answering: null }, model, passages)
  if (fitted === null) return null
  const { prompt } = fitted
  const lines = quotableLines(prompt)
  if (!lines.some(({ text }) => text.includes(answer))) return null
  const texts = [...lines.map(({ text }) => text), refusal]
  const probabilities = await probabilitiesOf(
    llm.choose(
      groundedPrompt(prompt.question, prompt.history),
      texts,
      { maxChoices: 1, final: [texts.length - 1] },
      signal,
    ),
  )
  throwIfAborted(signal)
  return {
    candidates: lines.map(({ text, score }, at) => ({
      probability: probabilities[at] ?? 0,
      score,
      right: text.includes(answer),
    })),
  }
}

async function probabilitiesOf(items: ReturnType<Llm['choose']>): Promise<readonly number[]> {
  for await (const item of items) if (item.type === 'done') return item.probabilities
  throw new Error('The model ended its choice without saying so')
}
