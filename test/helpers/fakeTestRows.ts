import type { Arm } from '../../src/shared/domain/testRun/arm.ts'
import type { TestRow } from '../../src/shared/domain/testRun/testSet.ts'

const sentiments = ['positive', 'negative', 'neutral', 'mixed'] as const
const businesses = ['bakery', 'hotel', 'garage', 'dentist', 'museum'] as const

/** Reviews with what is expected of them, as many as wanted. */
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

/** Arms that differ: without examples more is wrong, and now and then the format is broken. */
export function replyOfArm(arm: Arm, row: TestRow): string {
  const index = Number(row.id.slice(4))
  const wrongOf: Readonly<Record<string, number>> = {
    'zero-shot': 2,
    retrieval: 2,
    'few-shot': 6,
    both: 7,
    'nearest-neighbours': 3,
  }
  const sentiment =
    sentiments[index % sentiments.length === 0 ? 3 : (index - 1) % sentiments.length]
  const business = businesses[(index - 1) % businesses.length] ?? 'bakery'
  const every = wrongOf[arm.id] ?? 5
  if (arm.examples.kind === 'none' && index % 5 === 0) return `It was ${sentiment ?? 'fine'}.`
  const given = index % every === 0 ? 'positive' : (sentiment ?? 'mixed')
  return `{"sentiment": "${given}", "business_type": "${business}"}`
}
