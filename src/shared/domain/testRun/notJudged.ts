import { readExpected } from '../template/expected.ts'
import { judgedFields } from '../template/judgedFields.ts'
import { comparesWithExpected } from '../template/measure.ts'
import type { OutputFormat } from '../template/outputFormat.ts'
import { formatCount } from '../localFormat.ts'
import { isIncluded, type RowFlags } from './flagRows.ts'
import type { TestRow } from './testSet.ts'
import { listed } from '../listed.ts'

/** Why rows that somebody wanted tested are not judged. */
const notJudgedReasons = [
  'nothing-expected',
  'not-in-format',
  'like-example',
  'missing-value',
  'by-hand',
] as const
type NotJudgedReason = (typeof notJudgedReasons)[number]

const inWords: Readonly<Record<NotJudgedReason, string>> = {
  'nothing-expected': 'without an expected answer',
  'not-in-format': 'with an expected answer that isn’t in the template’s format',
  'like-example': 'left out because an example gives the answer away',
  'missing-value': 'left out because a placeholder has no value',
  'by-hand': 'left out by hand',
}

export interface NotJudged {
  readonly why: NotJudgedReason
  readonly rows: number
}

/** What was asked for and can't be judged, whatever the model answers. */
export interface Unjudged {
  readonly rows: readonly NotJudged[]
  /** Fields of the format that no row expects anything of. Empty where no row expects anything. */
  readonly fields: readonly string[]
}

/**
 * The rows of a test that can't be judged, by reason, and the fields that no row judges. What passages have
 * to support needs no expected answer; rows without a passage are counted by arm (`ArmFigures.noPassage`).
 */
export function findUnjudged(rows: readonly TestRow[], format: OutputFormat): Unjudged {
  const reasons: NotJudgedReason[] = []
  const fields = judgedFields(format)
  const compared = fields.filter(({ measure }) => comparesWithExpected(measure))
  const hasSupported = compared.length < fields.length
  const judged = new Set<string>()
  for (const { expected: raw } of rows) {
    const { expected, problem } =
      raw === null ? { expected: null, problem: null } : readExpected(format, raw)
    if (problem !== null) reasons.push('not-in-format')
    else if (expected === null && !hasSupported) reasons.push('nothing-expected')
    for (const name of expected?.keys() ?? []) judged.add(name)
  }
  const names = compared.map(({ name }) => name)
  const open = judged.size === 0 && !hasSupported ? [] : names.filter((name) => !judged.has(name))
  return { rows: counted(reasons), fields: open }
}

/** The rows that are not tested at all, by reason. */
export function findLeftOut(rows: readonly TestRow[], flags: RowFlags): readonly NotJudged[] {
  const reasons = rows.flatMap((row): NotJudgedReason[] => {
    const own = flags.get(row.id) ?? []
    if (isIncluded(row, own)) return []
    if (row.included === false) return ['by-hand']
    return own.some(({ kind }) => kind === 'missing-value') ? ['missing-value'] : ['like-example']
  })
  return counted(reasons)
}

/** `11 not judged: 11 without an expected answer`; empty where all rows are judged. */
export function notJudgedInWords(found: readonly NotJudged[]): string {
  const all = countNotJudged(found)
  if (all === 0) return ''
  const parts = found.map(({ why, rows }) => `${formatCount(rows)} ${inWords[why]}`)
  return `${formatCount(all)} not judged: ${listed(parts)}`
}

export function countNotJudged(found: readonly NotJudged[]): number {
  return found.reduce((sum, { rows }) => sum + rows, 0)
}

/** `Nothing is expected of the fields “a” and “b”, so they aren’t judged.` */
export function unjudgedFieldsInWords(fields: readonly string[]): string {
  if (fields.length === 0) return ''
  const names = listed(fields.map((name) => `“${name}”`))
  const [which, they] =
    fields.length === 1 ? ['the field', 'it isn’t'] : ['the fields', 'they aren’t']
  return `No row has an expected answer for ${which} ${names}, so ${they} judged.`
}

function counted(reasons: readonly NotJudgedReason[]): readonly NotJudged[] {
  return notJudgedReasons.flatMap((why) => {
    const rows = reasons.filter((one) => one === why).length
    return rows === 0 ? [] : [{ why, rows }]
  })
}
