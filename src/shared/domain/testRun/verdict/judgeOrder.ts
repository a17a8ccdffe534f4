import { percent, points } from '../words.ts'
import type { Answer } from './answer.ts'
import { rightOf, type RunEvidence } from './evidence.ts'
import { detail } from './rules.ts'

/** Orders that lie further apart than this are not called steady. */
const steady = 0.05

/** How much hangs on the order of the examples. The luckiest order is never advised. */
export function judgeOrder(evidence: RunEvidence): Answer {
  const shares = evidence.arms.flatMap(({ id }) => rightOf(evidence, id)?.value ?? [])
  const [lowest, highest] = [Math.min(...shares), Math.max(...shares)]
  const spread = highest - lowest
  const range = `between ${percent(lowest)} and ${percent(highest)} of the rows right`
  const own = evidence.arms.find(({ examples }) => examples.kind !== 'shuffled')
  const said = (
    rule: 'order-matters' | 'order-little' | 'order-unclear',
    headline: string,
    sentence: string,
  ): Answer => ({
    arm: rule === 'order-little' ? (own?.id ?? null) : null,
    headline,
    details: [detail(rule, sentence)],
    examplesHelp: null,
    documentsHelp: null,
  })
  if (evidence.comparisons.some(({ real }) => real)) {
    return said(
      'order-matters',
      `The order of the examples matters: ${range}.`,
      `The orders lie ${points(spread)} apart, and that is real. The best one was lucky and will not stay so on other rows or with another model: expect the middle, and look for examples or an instruction that hold in any order.`,
    )
  }
  if (spread < steady) {
    return said(
      'order-little',
      `The order of the examples matters little: ${range}.`,
      `All orders lie within ${points(spread)}. Keep the one that you have.`,
    )
  }
  return said(
    'order-unclear',
    `Whether the order matters cannot be told: ${range}.`,
    `The orders lie ${points(spread)} apart, which is within the noise for so many rows. Do not take the best one for better.`,
  )
}
