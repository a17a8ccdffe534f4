import type { Verdict } from '../figures.ts'

/**
 * Everything that a verdict can say. docs/verdicts.md explains under each of these names when it is
 * said and why.
 */
export const verdictRules = [
  'nothing-answered',
  'nothing-scored',
  'none-answered',
  'not-judged',
  'not-run',
  'fields-not-judged',
  'not-finished',
  'failed-rows',
  'examples-help',
  'examples-nothing',
  'examples-unclear',
  'examples-harm',
  'documents-help',
  'documents-nothing',
  'documents-unclear',
  'documents-harm',
  'nearest-better',
  'nearest-as-good',
  'nearest-worse',
  'nearest-unclear',
  'grammar-helps',
  'grammar-nothing',
  'grammar-unclear',
  'grammar-harms',
  'version-alone',
  'version-better',
  'version-worse',
  'version-same',
  'version-unclear',
  'shots-flat',
  'shots-rising',
  'shots-nothing',
  'shots-unclear',
  'shots-harm',
  'shots-spread',
  'shots-cost',
  'order-matters',
  'order-little',
  'order-unclear',
  'choice-better',
  'choice-worse',
  'choice-same',
  'choice-unclear',
  'few-rows',
  'one-label',
  'none-right',
  'format-invalid',
  'format-forced',
  'format-gain',
  'format-repaired',
  'left-nothing',
  'left-enough',
  'left-fields',
  'left-unreadable',
  'left-unshown-labels',
  'left-confused',
  'left-more-examples',
  'left-better-model',
  'left-fine-tuning',
  'left-small-classifier',
  'cost-row',
  'cost-prefix',
  'cost-no-prefix',
] as const
export type VerdictRule = (typeof verdictRules)[number]

export type Detail = Verdict['details'][number]

/** A sentence of a verdict, with the rule that it follows. */
export function detail(rule: VerdictRule, sentence: string): Detail {
  return { rule, sentence }
}
