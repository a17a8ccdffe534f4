import type { Verdict } from '../../../../../shared/domain/testRun/figures.ts'

export interface VerdictGroup {
  readonly title: string
  readonly sentences: readonly string[]
}

/** Rules that speak of something else than the question of the run; by how their names begin. */
const aside: readonly { readonly title: string; readonly rules: readonly string[] }[] = [
  { title: 'What is left', rules: ['left-'] },
  { title: 'Format', rules: ['format-', 'grammar-'] },
  { title: 'How sure this is', rules: ['few-rows', 'one-label', 'failed-rows'] },
  { title: 'Cost', rules: ['cost-', 'shots-cost'] },
]

/** The sentences that answer the question of the run, and the others by what they speak of. */
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
