import { bestOf } from '../armPairs.ts'
import { inSentence } from '../words.ts'
import { shareInWords } from './difference.ts'
import { rightOf, type RunEvidence } from './evidence.ts'
import { mostExpected } from './oneLabel.ts'
import { detail, type Detail } from './rules.ts'

/** An arm that certainly has less than this right is of no use: a tenth of the rows. */
const useless = 0.1

/**
 * Says so where no arm with a language model gets the rows right: none has a row right, or the best
 * has certainly less than a tenth. Comparing them advises nothing then.
 */
export function noneRight(
  evidence: RunEvidence,
): { readonly headline: string; readonly detail: Detail } | null {
  const asking = evidence.arms.filter(({ method }) => method !== 'nearest-neighbours')
  const best = bestOf(asking, (id) => rightOf(evidence, id)?.value ?? null)
  const right = best === null ? null : rightOf(evidence, best.id)
  if (best === null || right === null) return null
  if (right.value > 0 && right.high >= useless) return null
  const name = inSentence(best.name)
  const headline =
    asking.length === 1
      ? `The rows are not right with this model: ${name} has ${shareInWords(right)} of them.`
      : right.value === 0
        ? 'None of the arms gets a row right with this model.'
        : `None of the arms gets the rows right with this model: the best, ${name}, has ${shareInWords(right)} of them.`
  const sentence =
    'Which arm is best says nothing while hardly a row is right. Read some of the replies, then try a clearer instruction or a better model.'
  return { headline, detail: detail('none-right', sentence) }
}

/**
 * Whether the best arm may be no better than an answer that never looks at the row. Formats of one
 * label only; `one-label` says which.
 */
export function isAtChance(evidence: RunEvidence): boolean {
  const best = bestOf(evidence.arms, (id) => rightOf(evidence, id)?.value ?? null)
  const figures = best === null ? undefined : evidence.figures[best.id]
  const most = figures === undefined ? null : mostExpected(figures)
  return most !== null && figures?.exactMatch != null && figures.exactMatch.low <= most.share
}
