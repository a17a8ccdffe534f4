import { capitalised } from '../words.ts'
import type { Comparison } from '../figures.ts'
import { differenceInWords, mostGain } from './difference.ts'
import { comparisonOf, gainOf, type Gain, type RunEvidence } from './evidence.ts'
import { detail, type Detail, type VerdictRule } from './rules.ts'

/** What was added to a prompt. */
export type Addition = 'examples' | 'documents'

/** What one addition brought, to a prompt without the other and to one with it. */
export interface Step {
  readonly addition: Addition
  readonly alone: Comparison | null
  readonly onTop: Comparison | null
}

export function stepsOf(evidence: RunEvidence): {
  readonly examples: Step
  readonly documents: Step
} {
  return {
    examples: {
      addition: 'examples',
      alone: comparisonOf(evidence, 'zero-shot', 'few-shot'),
      onTop: comparisonOf(evidence, 'retrieval', 'both'),
    },
    documents: {
      addition: 'documents',
      alone: comparisonOf(evidence, 'zero-shot', 'retrieval'),
      onTop: comparisonOf(evidence, 'few-shot', 'both'),
    },
  }
}

/** What a comparison came to; null where it was not made. */
export function gainOfStep(comparison: Comparison | null): Gain | null {
  return comparison === null ? null : gainOf(comparison)
}

/** Whether an addition helps in some prompt. */
export function isHelpful({ alone, onTop }: Step): boolean {
  return gainOfStep(alone) === 'gain' || gainOfStep(onTop) === 'gain'
}

/**
 * Says what an addition brought. The prompt that matters more comes first: the one with the other
 * addition where that is in use, else the one without. The other prompt is only spoken of where the
 * addition does something else there.
 */
export function stepDetails(step: Step, otherIsUsed: boolean): Detail[] {
  const other = step.addition === 'examples' ? 'documents' : 'examples'
  const alone = { comparison: step.alone, where: `Without ${other}` }
  const onTop = { comparison: step.onTop, where: `On top of the ${other}` }
  const [first, second] = otherIsUsed ? [onTop, alone] : [alone, onTop]
  if (first.comparison === null && second.comparison === null) return []
  const main = first.comparison === null ? second : first
  const rest = first.comparison === null ? first : second
  const details =
    main.comparison === null ? [] : [detailOf(step.addition, main.comparison, main.where)]
  const differs = gainOfStep(rest.comparison) !== gainOfStep(main.comparison)
  if (rest.comparison !== null && differs && rest.comparison.real) {
    details.push(detailOf(step.addition, rest.comparison, rest.where))
  }
  return details
}

function detailOf(addition: Addition, comparison: Comparison, where: string): Detail {
  const what = `the ${addition}`
  const counts = differenceInWords(comparison)
  switch (gainOf(comparison)) {
    case 'gain':
      return detail(ruleOf(addition, 'help'), `${where}, ${what} help: ${counts}.`)
    case 'loss':
      return detail(ruleOf(addition, 'harm'), `${where}, ${what} do harm: ${counts}.`)
    case 'none':
      return detail(
        ruleOf(addition, 'nothing'),
        `${where}, ${what} add nothing that shows: ${counts}. They can bring ${mostGain(comparison)}.`,
      )
    case 'unclear':
      return detail(
        ruleOf(addition, 'unclear'),
        `${where}, it cannot be told whether ${what} help: ${counts}.`,
      )
  }
}

function ruleOf(addition: Addition, end: 'help' | 'harm' | 'nothing' | 'unclear'): VerdictRule {
  return `${addition}-${end}`
}

/** `Documents add nothing here`, for a headline. */
export function shortGain({ addition }: Step, gain: Gain): string {
  switch (gain) {
    case 'gain':
      return `${addition} help`
    case 'loss':
      return `${addition} do harm here`
    case 'none':
      return `${addition} add nothing here`
    case 'unclear':
      return `whether ${addition} help cannot be told`
  }
}

export function sentenceOf(parts: readonly string[]): string {
  return `${capitalised(parts.join('; '))}.`
}
