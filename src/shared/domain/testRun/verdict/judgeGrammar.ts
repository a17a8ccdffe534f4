import { grammarTwin, ladderArmsOf } from '../armPairs.ts'
import { listed } from '../../listed.ts'
import { inSentence } from '../words.ts'
import { differenceInWords } from './difference.ts'
import { comparisonOf, gainOf, type Gain, type RunEvidence } from './evidence.ts'
import { detail, type Detail, type VerdictRule } from './rules.ts'

const rules: Readonly<Record<Gain, { readonly rule: VerdictRule; readonly what: string }>> = {
  gain: { rule: 'grammar-helps', what: 'Forcing the format makes more rows right' },
  loss: { rule: 'grammar-harms', what: 'Forcing the format makes fewer rows right' },
  none: { rule: 'grammar-nothing', what: 'Forcing the format makes no more rows right' },
  unclear: {
    rule: 'grammar-unclear',
    what: 'Whether forcing the format makes more rows right cannot be told',
  },
}

/** What the grammar did in each arm that ran with it and without it; a sentence for each outcome. */
export function grammarDetails(evidence: RunEvidence): Detail[] {
  const found = ladderArmsOf(evidence.arms).flatMap((arm) => {
    const twin = grammarTwin(arm, evidence.arms)
    if (twin === null) return []
    const [without, forced] = arm.grammar ? [twin, arm] : [arm, twin]
    const comparison = comparisonOf(evidence, without.id, forced.id)
    return comparison === null ? [] : [{ name: inSentence(arm.name), comparison }]
  })
  return (['gain', 'loss', 'none', 'unclear'] as const).flatMap((gain) => {
    const own = found.filter(({ comparison }) => gainOf(comparison) === gain)
    if (own.length === 0) return []
    const arms = own.map(({ name, comparison }) => `${name}: ${differenceInWords(comparison)}`)
    return [detail(rules[gain].rule, `${rules[gain].what} (${listed(arms)}).`)]
  })
}
