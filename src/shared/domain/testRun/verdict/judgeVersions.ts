import type { Arm } from '../arm.ts'
import { bestOf } from '../armPairs.ts'
import type { Comparison } from '../figures.ts'
import type { Answer } from './answer.ts'
import { differenceInWords, fromTo, mostGain, shareInWords } from './difference.ts'
import { comparisonOf, gainOf, rightOf, type RunEvidence } from './evidence.ts'
import { detail, type Detail } from './rules.ts'

/** One version by itself, or several one after another. */
export function judgeVersions(evidence: RunEvidence): Answer {
  const { arms, comparisons } = evidence
  const [first] = arms
  if (comparisons.length === 0) {
    const right = first === undefined ? null : rightOf(evidence, first.id)
    const headline =
      right === null ? 'Nothing was scored yet.' : `${shareInWords(right)} of the rows are right.`
    return answerOf(first ?? null, headline, [detail('version-alone', headline)])
  }
  const best = bestVersion(evidence)
  return answerOf(best, headlineOf(evidence, best), detailsOf(evidence))
}

function answerOf(arm: Arm | null, headline: string, details: readonly Detail[]): Answer {
  return { arm: arm?.id ?? null, headline, details, examplesHelp: null, documentsHelp: null }
}

/** The best of those that are not really worse than another; null where all may be alike. */
function bestVersion(evidence: RunEvidence): Arm | null {
  const real = evidence.comparisons.filter((one) => one.real)
  if (real.length === 0) return null
  const losers = new Set(real.map(({ a, b, difference }) => (difference.value > 0 ? a : b)))
  const left = evidence.arms.filter(({ id }) => !losers.has(id))
  return bestOf(left, (id) => rightOf(evidence, id)?.value ?? null)
}

function headlineOf(evidence: RunEvidence, best: Arm | null): string {
  if (best === null) {
    return evidence.comparisons.some((one) => gainOf(one) === 'unclear')
      ? 'Too few rows to tell which version is better.'
      : 'No version is better than the one before.'
  }
  const right = rightOf(evidence, best.id)
  const beaten = evidence.comparisons.find(
    (one) => one.real && (one.a === best.id || one.b === best.id),
  )
  const other = beaten === undefined ? null : rightOf(evidence, otherOf(beaten, best.id))
  const gain =
    right === null || other === null
      ? ''
      : ` It raises the rows that are right ${fromTo(other.value, right.value)}.`
  return `Use ${best.name}.${gain}`
}

function otherOf({ a, b }: Comparison, id: string): string {
  return a === id ? b : a
}

function detailsOf(evidence: RunEvidence): Detail[] {
  const { arms } = evidence
  return arms.slice(1).flatMap((arm, index) => {
    const before = arms[index]
    const comparison = before === undefined ? null : comparisonOf(evidence, before.id, arm.id)
    return before === undefined || comparison === null ? [] : [detailOf(arm, before, comparison)]
  })
}

function detailOf(arm: Arm, before: Arm, comparison: Comparison): Detail {
  const counts = differenceInWords(comparison)
  switch (gainOf(comparison)) {
    case 'gain':
      return detail('version-better', `${arm.name} is better than ${before.name}: ${counts}.`)
    case 'loss':
      return detail('version-worse', `${arm.name} is worse than ${before.name}: ${counts}.`)
    case 'none':
      return detail(
        'version-same',
        `${arm.name} is no better than ${before.name}: ${counts}. It can gain ${mostGain(comparison)}.`,
      )
    case 'unclear':
      return detail(
        'version-unclear',
        `Whether ${arm.name} is better than ${before.name} cannot be told: ${counts}.`,
      )
  }
}
