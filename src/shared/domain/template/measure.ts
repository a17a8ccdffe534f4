import { z } from 'zod'
import { bounds, longest, within } from '../limits.ts'

/**
 * How a value is judged against what a row expects. Without a measure it has to be equal; what that means
 * for each type is in docs/verdicts.md.
 */
export const measure = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('equal') }).readonly(),
  /** Equal to one of the items of the expected cell. */
  z.object({ kind: z.literal('one-of') }).readonly(),
  /** The expected words are among those of the answer, in this order and without a gap. */
  z.object({ kind: z.literal('contains') }).readonly(),
  /** The expected cell is a regular expression that the answer matches somewhere. */
  z.object({ kind: z.literal('pattern') }).readonly(),
  z
    .object({
      kind: z.literal('number'),
      /** Largest difference that is right: in the number's own unit, or in percent of what is expected. */
      within: within(bounds.tolerance),
      unit: z.enum(['absolute', 'percent']).default('absolute'),
    })
    .readonly(),
  z
    .object({
      kind: z.literal('date'),
      /** How 3/4/2024 is read where only one of both can be meant. */
      order: z.enum(['day-first', 'month-first']).default('day-first'),
    })
    .readonly(),
  /** The same items, however often and in any order. */
  z.object({ kind: z.literal('label-set') }).readonly(),
  /** Token F1 (Rajpurkar et al. 2016) with the nearest accepted answer. */
  z
    .object({ kind: z.literal('token-f1'), least: within(bounds.leastTokenF1).default(0.5) })
    .readonly(),
  /** JSON with the names and types of the expected JSON; its values don't count. */
  z.object({ kind: z.literal('json-shape') }).readonly(),
  /** All that it claims is in the row's passages (`passagesOfRow`). It needs no expected answer. */
  z
    .object({
      kind: z.literal('supported'),
      /** Name of the placeholder with the passage; empty: placeholders with a usual name for one. */
      placeholder: z.string().max(longest.name).default(''),
    })
    .readonly(),
])
export type Measure = z.infer<typeof measure>
export type MeasureKind = Measure['kind']

/** What is judged by the row's passages, not by what is expected. */
export type SupportMeasure = Extract<Measure, { kind: 'supported' }>
export type ExpectedMeasure = Exclude<Measure, SupportMeasure>

export function comparesWithExpected(by: Measure): by is ExpectedMeasure {
  return by.kind !== 'supported'
}

export const equal: ExpectedMeasure = { kind: 'equal' }

/** The measures that a type of value can be judged by. */
export function measureKindsOf(type: JudgedType): readonly MeasureKind[] {
  return type.kind === 'list' && type.item?.kind === 'object' ? kindsOf.object : kindsOf[type.kind]
}

/** An object, and a list of objects, is judged by its fields. */
type JudgedKind = 'text' | 'number' | 'boolean' | 'label' | 'list' | 'object'
interface JudgedType {
  readonly kind: JudgedKind
  readonly item?: { readonly kind: JudgedKind } | undefined
}

const kindsOf: Readonly<Record<JudgedKind, readonly MeasureKind[]>> = {
  text: [
    'equal',
    'one-of',
    'contains',
    'pattern',
    'number',
    'date',
    'token-f1',
    'json-shape',
    'supported',
  ],
  number: ['equal', 'one-of', 'number'],
  boolean: ['equal'],
  label: ['equal', 'one-of'],
  list: ['equal', 'label-set'],
  object: ['equal'],
}

/** A measure of this kind with the usual settings. */
export function newMeasure(kind: MeasureKind): Measure {
  // A tolerance has no usual size; kinds without one leave it out.
  return measure.parse({ kind, within: 0 })
}

/** A measure in words, as in “judged by: number within 0.5”. */
export function measureInWords(by: Measure): string {
  switch (by.kind) {
    case 'number':
      return `number within ${String(by.within)}${by.unit === 'percent' ? ' %' : ''}`
    case 'date':
      return by.order === 'day-first' ? 'same day (day before month)' : 'same day (month first)'
    case 'token-f1':
      return `token F1 of at least ${String(by.least)}`
    case 'supported':
      return by.placeholder === '' ? measureNames.supported : `supported by <${by.placeholder}>`
    case 'equal':
    case 'one-of':
    case 'contains':
    case 'pattern':
    case 'label-set':
    case 'json-shape':
      return measureNames[by.kind]
  }
}

/** Names of the measures in a list to choose from. */
export const measureNames: Readonly<Record<MeasureKind, string>> = {
  equal: 'equal',
  'one-of': 'one of several',
  contains: 'contains',
  pattern: 'matches a pattern',
  number: 'number within a tolerance',
  date: 'same day',
  'label-set': 'set of labels',
  'token-f1': 'token F1',
  'json-shape': 'JSON of a shape',
  supported: 'supported by the row’s passage',
}
