import { datesInText } from '../datesInText.ts'
import { readPattern } from '../linearPattern.ts'
import { answerTokens, tokenF1 } from './answerText.ts'
import type { JudgedField } from './judgedFields.ts'
import { jsonInText, shapeProblem } from './jsonShape.ts'
import { judgementWords as words } from './judgementWords.ts'
import type { ExpectedMeasure, Measure } from './measure.ts'
import { numberInText, type Quantity } from './numberInText.ts'
import type { FieldType, FieldValue, LeafValue } from './outputFormat.ts'
import { itemKeys, valueKey } from './valueKey.ts'

/** Whether a value is right, and by which rule, in a sentence. */
export interface Judgement {
  readonly correct: boolean
  readonly why: string
}

/** A field that is judged against what a row expects. */
export type ComparedField = Pick<JudgedField, 'type'> & { readonly measure: ExpectedMeasure }

/**
 * Judges a value by the measure of its field. Everything that compares an answer with an expected one comes here.
 *
 * @param accepted at least one; the value has to be right by one of them.
 */
export function judgeValue(
  field: ComparedField,
  accepted: readonly LeafValue[],
  value: LeafValue,
): Judgement {
  const judgements = accepted.map((one) => compare(field, one, value))
  const right = judgements.find(({ correct }) => correct)
  if (right !== undefined) return right
  const [only] = judgements
  return only !== undefined && judgements.length === 1 ? only : no(words.noneOf(accepted.length))
}

/** What votes count values by: alike where the measure cannot tell two values from one another. */
export function voteKey(
  { type, measure }: { readonly type: FieldType; readonly measure: Measure },
  value: FieldValue,
): string {
  if (measure.kind === 'date' && typeof value === 'string') {
    const days = datesInText(value, measure.order)
    if (days.length === 1) return `day ${days.join()}`
  }
  if (measure.kind === 'label-set')
    return JSON.stringify([...new Set(itemKeys(type, value))].sort())
  return valueKey(type, value)
}

function compare(
  { type, measure }: ComparedField,
  accepted: LeafValue,
  value: LeafValue,
): Judgement {
  switch (measure.kind) {
    case 'equal':
    case 'one-of': {
      const correct = valueKey(type, accepted) === valueKey(type, value)
      return { correct, why: words.equal(type.kind, correct, accepted === value) }
    }
    case 'contains': {
      const correct = containsWords(String(value), String(accepted))
      return { correct, why: words.contains(correct, String(accepted)) }
    }
    case 'pattern':
      return byPattern(String(accepted), String(value))
    case 'number':
      return byNumber(measure, accepted, value)
    case 'date':
      return byDate(measure, String(accepted), String(value))
    case 'label-set':
      return byItems(itemKeys(type, accepted), itemKeys(type, value))
    case 'token-f1': {
      const f1 = tokenF1(String(accepted), String(value))
      return { correct: f1 >= measure.least, why: words.tokenF1(f1, measure.least) }
    }
    case 'json-shape':
      return byShape(String(accepted), String(value))
  }
}

/** Whole words, so that “art” isn't found in “party”; of scripts without spaces any characters. */
function containsWords(text: string, part: string): boolean {
  const wanted = answerTokens(part)
  if (wanted.length === 0) return text.includes(part.trim())
  const within = answerTokens(text)
  return within.some((_, at) => wanted.every((token, offset) => within[at + offset] === token))
}

function byPattern(pattern: string, value: string): Judgement {
  const reading = readPattern(pattern)
  if (!reading.ok) return no(reading.why)
  const correct = reading.pattern.test(value)
  return { correct, why: words.pattern(correct, pattern) }
}

function byNumber(
  by: Extract<Measure, { kind: 'number' }>,
  accepted: LeafValue,
  value: LeafValue,
): Judgement {
  const wanted = quantityOf(accepted)
  const given = quantityOf(value)
  if (wanted === null || given === null) return no(words.noNumber)
  if (wanted.unit !== given.unit && wanted.unit !== '' && given.unit !== '') {
    return no(words.otherUnit(wanted.unit, given.unit))
  }
  const difference = Math.abs(wanted.value - given.value)
  const size = Math.max(Math.abs(wanted.value), Math.abs(given.value), by.within)
  const allowed = by.unit === 'absolute' ? by.within : (by.within / 100) * Math.abs(wanted.value)
  // 1.1 is within 0.1 of 1, though the computer's difference is a trace more.
  const correct = difference <= allowed + 8 * Number.EPSILON * size
  return { correct, why: words.number(difference, wanted.value, by) }
}

function quantityOf(value: LeafValue): Quantity | null {
  return typeof value === 'number' ? { value, unit: '' } : numberInText(String(value))
}

function byDate(
  { order }: Extract<Measure, { kind: 'date' }>,
  accepted: string,
  value: string,
): Judgement {
  const [wanted] = datesInText(accepted, order)
  const given = datesInText(value, order)
  const [day] = given
  if (wanted === undefined || day === undefined) return no(words.noDate)
  if (given.length > 1) return no(words.severalDates(given.length))
  return { correct: wanted === day, why: words.date(wanted, day) }
}

function byItems(accepted: readonly string[], given: readonly string[]): Judgement {
  const missing = accepted.filter((one) => !given.includes(one))
  const more = given.filter((one) => !accepted.includes(one))
  return { correct: missing.length + more.length === 0, why: words.items(missing, more) }
}

function byShape(accepted: string, value: string): Judgement {
  const model = jsonInText(accepted)
  const given = jsonInText(value)
  if (model === null || given === null) return no(words.noJson)
  const problem = shapeProblem(model, given)
  return { correct: problem === null, why: problem ?? words.sameShape }
}

function no(why: string): Judgement {
  return { correct: false, why }
}
