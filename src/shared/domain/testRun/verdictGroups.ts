import type { Verdict } from './figures.ts'

export interface VerdictGroup {
  readonly title: string
  readonly sentences: readonly string[]
}

/** Rules on other topics than the run's question, by prefixes of their names. */
const aside: readonly { readonly title: string; readonly rules: readonly string[] }[] = [
  { title: 'What is left', rules: ['left-'] },
  { title: 'Format', rules: ['format-', 'grammar-'] },
  {
    title: 'How sure this is',
    rules: [
      'few-rows',
      'one-label',
      'failed-rows',
      'cut-off',
      'not-judged',
      'no-passage',
      'fields-not-judged',
      'judged-differently',
    ],
  },
  { title: 'Cost', rules: ['cost-', 'shots-cost'] },
]

/** The sentences that answer the run's question, and the others by topic. */
export function verdictGroups({ headline, details }: Verdict): {
  readonly reasons: readonly string[]
  readonly groups: readonly VerdictGroup[]
} {
  const belongs = (rule: string, rules: readonly string[]): boolean =>
    rules.some((beginning) => rule.startsWith(beginning))
  const groups = aside.map(({ title, rules }) => ({
    title,
    sentences: details.filter(({ rule }) => belongs(rule, rules)).map(({ sentence }) => sentence),
  }))
  const others = aside.flatMap(({ rules }) => rules)
  return {
    reasons: details
      .filter(({ rule }) => !belongs(rule, others))
      .map(({ sentence }) => sentence)
      .filter((sentence) => sentence !== headline),
    groups: groups.filter(({ sentences }) => sentences.length > 0),
  }
}
