import { assertNever } from '../../../errors.ts'
import { inSentence, percent } from '../words.ts'
import { differenceInWords } from './difference.ts'
import { gainOf, rightOf, type RunEvidence } from './evidence.ts'
import { detail, type Detail } from './rules.ts'

interface NearestJudged {
  readonly details: readonly Detail[]
  /** Id of the arm without a model, where it is really better than any with one. */
  readonly instead: string | null
  readonly headline: string | null
}

/** The best arm of the ladder against the nearest examples, which need no language model. */
export function judgeNearest(evidence: RunEvidence): NearestJudged {
  const { arms } = evidence
  const nearest = arms.find(({ method }) => method === 'nearest-neighbours')
  const comparison = evidence.comparisons.find(({ a }) => a === nearest?.id)
  const best = arms.find(({ id }) => id === comparison?.b)
  if (nearest === undefined || comparison === undefined || best === undefined) {
    return { details: [], instead: null, headline: null }
  }
  const share = percent(rightOf(evidence, nearest.id)?.value ?? 0)
  const against = `${best.name} against the nearest examples without a language model (${share} right): ${differenceInWords(comparison)}.`
  const gain = gainOf(comparison)
  const just = (detail: Detail): NearestJudged => ({
    details: [detail],
    instead: null,
    headline: null,
  })
  switch (gain) {
    case 'gain':
      return just(detail('nearest-worse', `The language model is worth its time. ${against}`))
    case 'none':
      return just(
        detail('nearest-as-good', `A language model is not needed for these rows. ${against}`),
      )
    case 'unclear':
      return just(
        detail('nearest-unclear', `Whether a language model is needed cannot be told. ${against}`),
      )
    case 'loss':
      return {
        details: [detail('nearest-better', `The language model does worse than none. ${against}`)],
        instead: nearest.id,
        headline: `Do without a language model here. The label of the nearest examples is right in ${share} of the rows, ${inSentence(best.name)} in ${percent(rightOf(evidence, best.id)?.value ?? 0)}.`,
      }
    default:
      return assertNever(gain)
  }
}
