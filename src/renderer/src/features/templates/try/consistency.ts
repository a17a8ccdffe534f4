import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'
import { writeValue } from '../../../../../shared/domain/template/writeValue.ts'
import type { TryResult } from './tryStore.ts'

/** A distinct answer, and how often it was given. */
export interface DistinctAnswer {
  readonly text: string
  readonly count: number
  /** Whether it is as expected; null if nothing is expected. */
  readonly right: boolean | null
}

/** The answers to a repeated input. */
export interface Consistency {
  readonly input: number
  readonly answered: number
  /** The most frequent first. */
  readonly answers: readonly DistinctAnswer[]
}

/** The distinct answers to each input. Answers that are equal in the format count as one. */
export function consistency(
  format: OutputFormat,
  results: readonly TryResult[],
): readonly Consistency[] {
  const byInput = new Map<number, Map<string, DistinctAnswer>>()
  for (const { input, answer } of results) {
    if (answer === null) continue
    const { value } = answer.check
    const text = value === null ? answer.reply.trim() : writeValue(format, value)
    const answers = byInput.get(input) ?? new Map<string, DistinctAnswer>()
    const count = (answers.get(text)?.count ?? 0) + 1
    answers.set(text, { text, count, right: answer.score?.exactMatch ?? null })
    byInput.set(input, answers)
  }
  return [...byInput].map(([input, answers]) => {
    const sorted = [...answers.values()].sort((left, right) => right.count - left.count)
    return {
      input,
      answered: sorted.reduce((sum, { count }) => sum + count, 0),
      answers: sorted,
    }
  })
}
