import type { Prompt } from '../../src/main/llm/llm.ts'
import type { TestRow } from '../../src/shared/domain/testRun/testSet.ts'

const sentiments = ['positive', 'negative', 'neutral', 'mixed'] as const
const businesses = ['bakery', 'hotel', 'garage', 'dentist', 'museum'] as const

/** `count` reviews with expected answers. */
export function reviewRows(count: number): readonly TestRow[] {
  return Array.from({ length: count }, (_, index) => {
    const sentiment = sentiments[index % sentiments.length] ?? 'mixed'
    const business = businesses[index % businesses.length] ?? 'bakery'
    return {
      id: `row-${String(index + 1)}`,
      values: { INPUT: `Visit ${String(index + 1)} to the ${business}: I found it ${sentiment}.` },
      expected: { sentiment, business_type: [business, `${business} shop`] },
      included: null,
    }
  })
}

/**
 * A model's answers to these rows: every nth one is "positive".
 *
 * @param wrongEvery n, depending on the prompt.
 */
export function reviewReply(wrongEvery: (prompt: Prompt) => number): (prompt: Prompt) => string {
  return (prompt) => {
    const asked = [...prompt.user.matchAll(/Visit (\d+) to/gu)].at(-1)
    const number = Number(asked?.[1] ?? 1)
    const [row] = reviewRows(number).slice(-1)
    const expected = row?.expected
    const { sentiment, business_type: business } =
      typeof expected === 'object' && expected !== null ? expected : {}
    const given = number % wrongEvery(prompt) === 0 ? 'positive' : sentiment
    return JSON.stringify({ sentiment: given, business_type: [business].flat()[0] })
  }
}

/** Whether the examples of the template are in a prompt. */
export function hasExamples(prompt: Prompt): boolean {
  return JSON.stringify(prompt).includes('they knew my name')
}
