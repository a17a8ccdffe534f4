import { bootstrapSteps } from '../statistics/bootstrap.ts'
import { confusionOf, type ClassPair } from '../statistics/confusion.ts'
import { labelFiguresOf, macroF1OfCounts, type LabelFigures } from '../statistics/f1.ts'
import { wilson } from '../statistics/wilson.ts'
import type { Steps } from '../steps.ts'
import type { ReplyScore } from '../template/replyCheck.ts'
import { isInList, judgedFields, type JudgedField } from '../template/judgedFields.ts'
import type { Measure } from '../template/measure.ts'
import type { FieldType, OutputFormat } from '../template/outputFormat.ts'
import { labelSetFigures, labelSetMacroF1 } from './labelSets.ts'
import type { ArmFigures, FieldFigures } from './figures.ts'
import type { Confusion, Estimate } from '../statistics/estimate.ts'

/** A figure that is recomputed from every draw of the bootstrap. */
type Statistic = (drawn: Int32Array) => number

interface ScoredField {
  readonly name: string
  readonly measure: Measure
  readonly accuracy: Estimate
  readonly labels: readonly LabelFigures[] | null
  readonly confusion: Confusion | null
  readonly macroF1: Statistic | null
  readonly tokenF1: Statistic | null
  readonly noLabels?: FieldFigures['noLabels']
}

/**
 * The figures of each field that was scored, and the mean of the macro F1 of those that have labels.
 * @param scores one per row
 */
export function* fieldFigureSteps(
  format: OutputFormat,
  scores: readonly ReplyScore[],
): Steps<Pick<ArmFigures, 'fields' | 'macroF1'>> {
  const fields = judgedFields(format).flatMap((field) => scoredField(field, scores) ?? [])
  const estimates = yield* estimateAll(scores.length, fields)
  const found = fields.map((field): [string, FieldFigures] => [
    field.name,
    {
      measure: field.measure,
      accuracy: field.accuracy,
      labels: field.labels,
      confusion: field.confusion,
      macroF1: estimates.of(field.macroF1),
      tokenF1: estimates.of(field.tokenF1),
      ...(field.noLabels === undefined ? {} : { noLabels: field.noLabels }),
    },
  ])
  return { fields: Object.fromEntries(found), macroF1: estimates.mean }
}

/** What a field can be, where that is one of a few. */
function classesOf(type: FieldType): readonly string[] | null {
  if (type.kind === 'label') return type.labels
  return type.kind === 'boolean' ? ['true', 'false'] : null
}

function scoredField(field: JudgedField, scores: readonly ReplyScore[]): ScoredField | null {
  const { name, measure } = field
  const own = scores.map(({ fields }) => (Object.hasOwn(fields, name) ? fields[name] : undefined))
  const known = own.filter((score) => score !== undefined)
  const accuracy = wilson(known.filter(({ correct }) => correct).length, known.length)
  if (accuracy === null) return null
  const tokenF1 = own.map((score) => score?.tokenF1 ?? null)
  return {
    name,
    measure,
    accuracy,
    ...labelParts(field, own),
    tokenF1: tokenF1.some((value) => value !== null) ? meanOf(tokenF1) : null,
  }
}

type LabelParts = Pick<ScoredField, 'confusion' | 'labels' | 'macroF1' | 'noLabels'>
type FieldScore = ReplyScore['fields'][string]
const withoutLabels: LabelParts = { confusion: null, labels: null, macroF1: null }

/** Counting labels takes one answer a row, which a field in a list of objects hasn't. */
function labelParts(field: JudgedField, own: readonly (FieldScore | undefined)[]): LabelParts {
  const { type, measure } = field
  const isSet = measure.kind === 'label-set'
  if (isInList(field)) {
    const hasLabels = isSet || classesOf(type) !== null
    return hasLabels ? { ...withoutLabels, noLabels: 'in-list' } : withoutLabels
  }
  return isSet ? setsOf(type, own) : classFigures(type, own)
}

function classFigures(type: FieldType, own: readonly (FieldScore | undefined)[]): LabelParts {
  const labels = classesOf(type)
  if (labels === null) return withoutLabels
  const pairs = own.map((field) => field?.classes ?? null)
  const confusion = confusionOf(
    labels,
    pairs.filter((pair) => pair !== null),
  )
  return { confusion, labels: labelFiguresOf(confusion), macroF1: macroF1Of(pairs) }
}

function setsOf(type: FieldType, own: readonly (FieldScore | undefined)[]): LabelParts {
  const labels = type.kind === 'list' && type.item.kind === 'label' ? type.item.labels : []
  const sets = own.map((field) => field?.items)
  return {
    confusion: null,
    labels: labelSetFigures(labels, sets),
    macroF1: labelSetMacroF1(labels, sets),
  }
}

/** All estimates from one bootstrap, so that their rows are drawn once. */
function* estimateAll(
  rows: number,
  fields: readonly ScoredField[],
): Steps<{
  readonly mean: Estimate | null
  readonly of: (statistic: Statistic | null) => Estimate | null
}> {
  const macro = fields.flatMap(({ macroF1 }) => macroF1 ?? [])
  const statistics = [...macro, ...fields.flatMap(({ tokenF1 }) => tokenF1 ?? [])]
  if (statistics.length === 0) return { mean: null, of: () => null }
  const estimates = yield* bootstrapSteps(rows, (drawn) => {
    const values = statistics.map((statistic) => statistic(drawn))
    const sum = values.slice(0, macro.length).reduce((total, value) => total + value, 0)
    return [...values, macro.length === 0 ? 0 : sum / macro.length]
  })
  return {
    mean: macro.length === 0 ? null : (estimates.at(-1) ?? null),
    of: (statistic) =>
      statistic === null ? null : (estimates[statistics.indexOf(statistic)] ?? null),
  }
}

/** Macro F1 of drawn rows; those without the field are passed over. */
function macroF1Of(pairs: readonly (ClassPair | null)[]): Statistic {
  const places = new Map<string, number>()
  for (const pair of pairs) {
    for (const label of [pair?.expected, pair?.given]) {
      if (label !== undefined && label !== null && !places.has(label))
        places.set(label, places.size)
    }
  }
  const size = places.size
  // The last cell is that of the rows without the field.
  const nowhere = size * (size + 1)
  const cells = Int32Array.from(pairs, (pair) => {
    if (pair === null) return nowhere
    const given = pair.given === null ? size : (places.get(pair.given) ?? size)
    return (places.get(pair.expected) ?? size) * (size + 1) + given
  })
  const counts = new Int32Array(nowhere + 1)
  return (drawn) => {
    counts.fill(0)
    for (const row of drawn) {
      const cell = cells[row] ?? nowhere
      counts[cell] = (counts[cell] ?? 0) + 1
    }
    return macroF1OfCounts(counts, size)
  }
}

/** Mean of drawn rows; those without a value are passed over. 0 of none. */
function meanOf(values: readonly (number | null)[]): Statistic {
  const known = Float64Array.from(values, (value) => value ?? Number.NaN)
  return (drawn) => {
    let sum = 0
    let rows = 0
    for (const row of drawn) {
      const value = known[row] ?? Number.NaN
      if (Number.isNaN(value)) continue
      sum += value
      rows += 1
    }
    return rows === 0 ? 0 : sum / rows
  }
}
