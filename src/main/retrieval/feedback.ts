import { dot } from '../embedding/dot.ts'
import { bestFirst, type RankedChunk } from './fusion.ts'

/** The number of best chunks that are assumed to be relevant. */
const assumedRelevant = 3
/** Share of their mean in the new vector; the question's own has the rest. */
const feedbackShare = 0.5
/** With their help vectors say as much as words do. */
const feedbackCosineWeight = 1
/**
 * A chunk's part in their mean is its score over the best one's, to this power: where one leads, it alone
 * moves the question; where they are close, all do. With plain scores the search lost up to 0.006 nDCG@10
 * when the vectors of four collections were made worse with noise; with this it lost 0.002 at most.
 */
const leadPower = 8

/**
 * Ranks once more, with a question that has moved towards what was found best (Rocchio 1971; on
 * dense vectors Li et al. 2021, "Pseudo Relevance Feedback with Deep Language Models and Dense
 * Retrievers"). A question is short and says little; the passages that answer it share more words
 * and meaning with one another than with it. It reorders what was found and searches no further.
 *
 * @param ranked best first.
 * @param question its vector; without one, or without vectors of the best, nothing changes.
 */
export function rankWithFeedback(
  ranked: readonly RankedChunk[],
  question: Float32Array | null,
): readonly RankedChunk[] {
  const moved = question === null ? null : moveTowards(question, ranked.slice(0, assumedRelevant))
  if (moved === null) return ranked
  return bestFirst(
    ranked.map((one) => ({
      ...one,
      fused: one.words + feedbackCosineWeight * Math.max(0, dot(moved, one.vector) ?? 0),
    })),
  )
}

/** @returns a unit vector; null where the chunks have none. */
function moveTowards(
  question: Float32Array,
  relevant: readonly RankedChunk[],
): Float32Array | null {
  const sum = new Float32Array(question.length)
  const best = relevant[0]?.fused ?? 0
  if (best <= 0) return null
  for (const { vector, fused } of relevant) {
    const part = (fused / best) ** leadPower
    vector?.forEach((value, at) => (sum[at] = (sum[at] ?? 0) + part * value))
  }
  const mean = toUnit(sum)
  if (mean === null) return null
  return toUnit(
    question.map((value, at) => (1 - feedbackShare) * value + feedbackShare * (mean[at] ?? 0)),
  )
}

function toUnit(vector: Float32Array): Float32Array | null {
  const length = Math.hypot(...vector)
  return length > 0 ? vector.map((value) => value / length) : null
}
