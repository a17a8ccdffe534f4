import type { Answer } from '../../shared/domain/conversation.ts'
import { containsSpan } from './containsSpan.ts'
import { leaveOut } from './leaveOut.ts'
import { percentile } from './metrics.ts'
import { readSquad, type SquadQuestion } from './squad.ts'

export interface AnswersEvalDeps {
  /** Imports texts as documents, through the same path as files. */
  importTexts(
    entries: readonly { readonly id: string; readonly title: string; readonly text: string }[],
  ): Promise<void>
  ask(question: string): Promise<Answer>
  /** The id of the entry that a citation points into, and whether the quoted words are there. */
  resolve(citation: Answer['sentences'][number]['citations'][number]): Promise<{
    readonly entry: string | null
    readonly exact: boolean
  }>
  onProgress(done: number, total: number): void
}

/** Shares of the questions asked, where nothing else is said. */
export interface AnswersFigures {
  readonly questions: number
  /** Of the questions whose paragraph is there: those that got an answer. */
  readonly answered: number
  /** … whose answer contains the gold span (SQuAD's normalisation). */
  readonly containsGold: number
  /** … that cite the right paragraph. */
  readonly citedRight: number
  /** Of all citations: those whose range contains the quoted words. */
  readonly citationsResolved: number
  readonly notFoundWhenAbsent: number
  readonly notFoundWhenPresent: number
  readonly p50FirstTokenMs: number
  readonly p50TotalMs: number
}

/**
 * Asks `sample` questions whose paragraph is in the library, and as many whose paragraph was left
 * out of it while the rest of the same article stayed, all through the whole of `ask`.
 */
export async function evalAnswers(
  { squadFile, sample }: { readonly squadFile: string; readonly sample: number },
  deps: AnswersEvalDeps,
): Promise<AnswersFigures> {
  const { present, absent, kept } = leaveOut(await readSquad(squadFile), sample)
  await deps.importTexts(kept.map(({ id, title, text }) => ({ id, title, text })))
  const total = present.length + absent.length
  const answers: { question: SquadQuestion; paragraph: string; answer: Answer }[] = []
  const refusals: boolean[] = []
  for (const { question, paragraph } of present) {
    answers.push({ question, paragraph, answer: await deps.ask(question.question) })
    deps.onProgress(answers.length, total)
  }
  for (const { question } of absent) {
    refusals.push((await deps.ask(question.question)).kind === 'not-found')
    deps.onProgress(answers.length + refusals.length, total)
  }

  let cited = 0
  let resolved = 0
  let right = 0
  for (const { paragraph, answer } of answers) {
    const citations = answer.sentences.flatMap((sentence) => sentence.citations)
    const places = await Promise.all(citations.map((one) => deps.resolve(one)))
    cited += places.length
    resolved += places.filter((place) => place.exact).length
    if (places.some((place) => place.entry === paragraph)) right += 1
  }
  const share = (count: number, of: number): number => (of === 0 ? 0 : count / of)
  const found = answers.filter(({ answer }) => answer.kind !== 'not-found')
  const gold = answers.filter(({ question, answer }) =>
    question.answers.some((one) => containsSpan(answer.text, one)),
  )
  const times = (pick: (answer: Answer) => number | null): number[] =>
    found.flatMap(({ answer }) => pick(answer) ?? [])
  return {
    questions: answers.length,
    answered: share(found.length, answers.length),
    containsGold: share(gold.length, answers.length),
    citedRight: share(right, answers.length),
    citationsResolved: share(resolved, cited),
    notFoundWhenAbsent: share(refusals.filter(Boolean).length, refusals.length),
    notFoundWhenPresent: share(answers.length - found.length, answers.length),
    p50FirstTokenMs: percentile(
      times((answer) => answer.timings.firstTokenMs),
      50,
    ),
    p50TotalMs: percentile(
      times((answer) => answer.timings.totalMs),
      50,
    ),
  }
}
