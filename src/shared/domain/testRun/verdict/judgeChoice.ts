import { bestOf } from '../armPairs.ts'
import { inSentence, percent } from '../words.ts'
import type { Answer } from './answer.ts'
import { differenceInWords, mostGain } from './difference.ts'
import { comparisonOf, gainOf, rightOf, type RunEvidence } from './evidence.ts'
import { detail, type Detail } from './rules.ts'

/** Fixed examples against random and nearest ones. Fixed ones are read once, so they win a draw. */
export function judgeChoice(evidence: RunEvidence): Answer {
  const [fixed, ...others] = evidence.arms
  const compared = others.flatMap((arm) => {
    const comparison = fixed === undefined ? null : comparisonOf(evidence, fixed.id, arm.id)
    return comparison === null ? [] : [{ arm, comparison, gain: gainOf(comparison) }]
  })
  const better = bestOf(
    compared.filter(({ gain }) => gain === 'gain').map(({ arm }) => arm),
    (id) => rightOf(evidence, id)?.value ?? null,
  )
  const share = (id: string | undefined): string => percent(rightOf(evidence, id ?? '')?.value ?? 0)
  const unclear = compared.some(({ gain }) => gain === 'unclear')
  const headline =
    better !== null
      ? `Use ${inSentence(better.name)}: ${share(better.id)} of the rows right, against ${share(fixed?.id)} with ${inSentence(fixed?.name ?? 'fixed examples')}.`
      : unclear
        ? 'Too few rows to tell which choice of examples is better.'
        : `Stay with ${inSentence(fixed?.name ?? 'fixed examples')}: no other choice is better.`
  return {
    arm: better?.id ?? (unclear ? null : (fixed?.id ?? null)),
    headline,
    details: compared.map(({ arm, comparison, gain }) => detailOf(arm.name, comparison, gain)),
    examplesHelp: null,
    documentsHelp: null,
  }
}

function detailOf(
  name: string,
  comparison: RunEvidence['comparisons'][number],
  gain: ReturnType<typeof gainOf>,
): Detail {
  const counts = differenceInWords(comparison)
  switch (gain) {
    case 'gain':
      return detail('choice-better', `${name}: better than the fixed examples (${counts}).`)
    case 'loss':
      return detail('choice-worse', `${name}: worse than the fixed examples (${counts}).`)
    case 'none':
      return detail(
        'choice-same',
        `${name}: no better than the fixed examples (${counts}). They can gain ${mostGain(comparison)}.`,
      )
    case 'unclear':
      return detail(
        'choice-unclear',
        `${name}: whether they are better than the fixed examples cannot be told (${counts}).`,
      )
  }
}
