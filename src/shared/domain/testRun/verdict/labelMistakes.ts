import { checkReply } from '../../template/checkReply.ts'
import { enabledExamples, type Template } from '../../template/template.ts'
import { valueAt } from '../../template/valueAt.ts'
import type { ArmFigures } from '../figures.ts'
import type { Confusion } from '../../statistics/estimate.ts'

export interface LabelMistakes {
  /** Labels that rows expect and no example shows. */
  readonly unshown: readonly string[]
  /** Rows that expect one of them and are wrong. */
  readonly wrongUnshown: number
  readonly mostConfused: {
    readonly expected: string
    readonly given: string
    readonly rows: number
  } | null
}

type Judged = Pick<Template, 'format' | 'examples'>

/**
 * Where labels go wrong, over all fields that have some.
 * @param shown the template whose examples are in the prompt; null if none are
 */
export function labelMistakes({ fields }: ArmFigures, shown: Judged | null): LabelMistakes {
  const unshown: string[] = []
  let wrongUnshown = 0
  let mostConfused: LabelMistakes['mostConfused'] = null
  for (const [name, { confusion }] of Object.entries(fields)) {
    if (confusion === null) continue
    const known = shown === null ? null : labelsShown(shown, name)
    for (const [index, expected] of confusion.labels.entries()) {
      const { all, right, top } = mistakesAt(confusion, index)
      if (all > right && known !== null && !known.has(expected)) {
        unshown.push(expected)
        wrongUnshown += all - right
      }
      if (top.rows > (mostConfused?.rows ?? 0)) mostConfused = { expected, ...top }
    }
  }
  return { unshown, wrongUnshown, mostConfused }
}

function mistakesAt(
  { labels, counts }: Confusion,
  index: number,
): {
  readonly all: number
  readonly right: number
  readonly top: { readonly given: string; readonly rows: number }
} {
  const row = counts[index] ?? []
  let top = { given: '', rows: 0 }
  for (const [other, given] of labels.entries()) {
    const rows = row[other] ?? 0
    if (other !== index && rows > top.rows) top = { given, rows }
  }
  return { all: row.reduce((sum, cell) => sum + cell, 0), right: row[index] ?? 0, top }
}

/** The labels that the examples give in a field; those that break the format show none. */
function labelsShown(template: Judged, field: string): ReadonlySet<string> {
  const labels = enabledExamples(template).flatMap(({ output }) => {
    const { value } = checkReply(template.format, output)
    if (value === null) return []
    if (typeof value === 'string') return [value]
    const own = valueAt(value, field)
    return own.kind === 'value' && typeof own.value !== 'object' ? [String(own.value)] : []
  })
  return new Set(labels)
}
