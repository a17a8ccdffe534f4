import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'
import { writeValue } from '../../../../../shared/domain/template/writeValue.ts'
import type { TryResult } from './tryStore.ts'

/** An answer that was given, and how often. */
export interface DistinctAnswer {
  readonly text: string
  readonly count: number
  /** Whether it is as expected; null where nothing is. */
  readonly right: boolean | null
}

/** How an input was answered when it was repeated. */
export interface Consistency {
  readonly input: number
  readonly answered: number
  /** The most frequent first. */
  readonly answers: readonly DistinctAnswer[]
}

/** The different answers to each input. Answers that mean the same to the format are one. */
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
