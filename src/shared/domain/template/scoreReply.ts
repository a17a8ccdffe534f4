import { tokenF1 } from './answerText.ts'
import { acceptedValues, type Expected, type ExpectedValue } from './expectedValue.ts'
import { isWithin } from './fieldPaths.ts'
import { answerField, judgedFields } from './judgedFields.ts'
import { judgementWords } from './judgementWords.ts'
import { judgeValue, type ComparedField, type Judgement } from './judgeValue.ts'
import { comparesWithExpected } from './measure.ts'
import type { LeafType, LeafValue, OutputFormat } from './outputFormat.ts'
import type { ReplyCheck, ReplyScore } from './replyCheck.ts'
import { isLeafValue, valueAt, type ValueAt } from './valueAt.ts'
import { itemKeys } from './valueKey.ts'

export type FieldScore = ReplyScore['fields'][string]

/** What a reply has in a field: a value, one an item, nothing, or something outside the domain. */
export type Given =
  | { readonly kind: 'value'; readonly value: LeafValue }
  | { readonly kind: 'items'; readonly items: readonly Given[] }
  | { readonly kind: 'left-out' | 'not-in-domain' }

/**
 * Compares a reply with what is expected, each field by its measure (`judgeValue`). Fields that passages
 * have to support are judged by `scoreRow`.
 *
 * A field is judged on its own even where another one is not in the domain; an exact match takes
 * all expected fields right and the whole reply in the domain.
 */
export function scoreReply(
  format: OutputFormat,
  check: ReplyCheck,
  expected: Expected,
): ReplyScore {
  const byName = new Map(judgedFields(format).map((field) => [field.name, field]))
  const fields = Object.fromEntries(
    [...expected].flatMap(([name, wanted]): [string, FieldScore][] => {
      const field = byName.get(name)
      if (field === undefined || !comparesWithExpected(field.measure)) return []
      const compared = { ...field, measure: field.measure }
      return [[name, scoreField(compared, wanted, givenIn(check, name))]]
    }),
  )
  const exactMatch = check.inDomain && Object.values(fields).every(({ correct }) => correct)
  return { exactMatch, fields }
}

export function givenIn(check: ReplyCheck, name: string): Given {
  const whole = check.value ?? check.partial
  if (whole === null) return { kind: 'not-in-domain' }
  if (typeof whole === 'string') {
    return name === answerField ? { kind: 'value', value: whole } : { kind: 'not-in-domain' }
  }
  const isBad = check.problems.some(({ field }) => field !== null && isWithin(name, field))
  return givenAt(valueAt(whole, name), isBad ? 'not-in-domain' : 'left-out')
}

/** @param without what a missing value is */
function givenAt(found: ValueAt, without: 'left-out' | 'not-in-domain'): Given {
  switch (found.kind) {
    case 'value':
      return isLeafValue(found.value)
        ? { kind: 'value', value: found.value }
        : { kind: 'not-in-domain' }
    case 'items':
      return { kind: 'items', items: found.items.map((one) => givenAt(one, without)) }
    case 'missing':
      return { kind: without }
  }
}

function scoreField(field: ComparedField, wanted: ExpectedValue, given: Given): FieldScore {
  if (wanted.kind === 'items') return scoreItems(field, wanted.items, given)
  const accepted = acceptedValues(wanted)
  const judgement = judged(field, accepted, given)
  return {
    ...judgement,
    tokenF1: overlap(field, wanted, given),
    classes: hasClasses(field.type) ? classesOf(accepted, given, judgement.correct) : null,
    ...(field.measure.kind === 'label-set' ? { items: itemsOf(field.type, accepted, given) } : {}),
  }
}

/** A field of a list of objects: item by item in their order, each of which has to be right. */
function scoreItems(
  field: ComparedField,
  wanted: readonly ExpectedValue[],
  given: Given,
): FieldScore {
  const judgement = (correct: boolean, why: string): FieldScore => {
    return { correct, why, tokenF1: null, classes: null }
  }
  const words = judgementWords
  if (given.kind !== 'items') {
    return judgement(false, given.kind === 'left-out' ? words.leftOut : words.notInFormat)
  }
  if (given.items.length !== wanted.length) {
    return judgement(false, words.otherCount(given.items.length, wanted.length))
  }
  const scores = given.items.map((own, index) =>
    scoreField(field, wanted[index] ?? { kind: 'absent' }, own),
  )
  const wrong = scores.findIndex(({ correct }) => !correct)
  if (wrong === -1) return judgement(true, words.everyItem(scores.length))
  return judgement(false, words.item(wrong, scores[wrong]?.why ?? ''))
}

function judged(field: ComparedField, accepted: readonly LeafValue[], given: Given): Judgement {
  const words = judgementWords
  if (given.kind === 'not-in-domain') return { correct: false, why: words.notInFormat }
  if (accepted.length === 0) {
    return given.kind === 'left-out'
      ? { correct: true, why: words.leftOutAsExpected }
      : { correct: false, why: words.notLeftOut }
  }
  if (given.kind !== 'value') return { correct: false, why: words.leftOut }
  return judgeValue(field, accepted, given.value)
}

/** Patterns, numbers, dates and shapes aren't judged by their words. */
function overlap({ measure }: ComparedField, wanted: ExpectedValue, given: Given): number | null {
  const byWords = ['equal', 'one-of', 'contains', 'token-f1'].includes(measure.kind)
  if (wanted.kind !== 'accepted' || !byWords) return null
  const value = given.kind === 'value' ? given.value : null
  if (typeof value !== 'string') return 0
  return Math.max(...wanted.texts.map((one) => tokenF1(one, value)))
}

function hasClasses(type: LeafType): boolean {
  return type.kind === 'label' || type.kind === 'boolean'
}

/** `ReplyScore` says how classes are written. Of several accepted labels, the one that was given. */
function classesOf(
  accepted: readonly LeafValue[],
  given: Given,
  correct: boolean,
): FieldScore['classes'] {
  const none = given.kind === 'left-out' ? '' : null
  const own = given.kind === 'value' ? String(given.value) : none
  const [first = ''] = accepted
  return { expected: correct && own !== null ? own : String(first), given: own }
}

function itemsOf(
  type: LeafType,
  accepted: readonly LeafValue[],
  given: Given,
): NonNullable<FieldScore['items']> {
  const keys = (value: LeafValue): string[] => [...new Set(itemKeys(type, value))]
  const [first] = accepted
  return {
    expected: first === undefined ? [] : keys(first),
    given: given.kind === 'value' ? keys(given.value) : given.kind === 'left-out' ? [] : null,
  }
}
