import { judgedFields } from '../../template/judgedFields.ts'
import { measureInWords } from '../../template/measure.ts'
import { listed } from '../../listed.ts'
import type { RunEvidence } from './evidence.ts'
import { detail, type Detail } from './rules.ts'

/** Fields that the versions of a run judge by different measures: what is right in one may be wrong in another. */
export function differentMeasures({ arms, templates }: RunEvidence): Detail[] {
  const measures = new Map<string, Set<string>>()
  for (const version of new Set(arms.map((arm) => arm.version))) {
    const template = templates.get(version)
    for (const { name, measure } of template === undefined ? [] : judgedFields(template.format)) {
      measures.set(name, (measures.get(name) ?? new Set()).add(measureInWords(measure)))
    }
  }
  const different = [...measures].filter(([, found]) => found.size > 1)
  if (different.length === 0) return []
  const named = different.map(([name, found]) => `“${name}” (${[...found].join('; ')})`)
  const sentence = `The versions judge ${listed(named)} by different rules, so a difference between them may be the rule’s. Give them the same rule to compare them.`
  return [detail('judged-differently', sentence)]
}
