import { tokenF1 } from './answerText.ts'
import { acceptedValues, type Expected, type ExpectedValue } from './expected.ts'
import { answerField, judgedFields } from './judgedFields.ts'
import { judgementWords } from './judgementWords.ts'
import { judgeValue, type ComparedField, type Judgement } from './judgeValue.ts'
import { comparesWithExpected } from './measure.ts'
import type { FieldType, FieldValue, OutputFormat } from './outputFormat.ts'
import type { ReplyCheck, ReplyScore } from './replyCheck.ts'
import { itemKeys } from './valueKey.ts'

export type FieldScore = ReplyScore['fields'][string]

/** What a reply has in a field: a value, nothing, or something outside the domain. */
export type Given = { readonly value: FieldValue } | 'left-out' | 'not-in-domain'

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
  if (whole === null) return 'not-in-domain'
  if (typeof whole === 'string') return name === answerField ? { value: whole } : 'not-in-domain'
  const value = Object.hasOwn(whole, name) ? whole[name] : undefined
  if (value !== undefined) return { value }
  return check.problems.some(({ field }) => field === name) ? 'not-in-domain' : 'left-out'
}

function scoreField(field: ComparedField, wanted: ExpectedValue, given: Given): FieldScore {
  const accepted = acceptedValues(wanted)
  const judgement = judged(field, accepted, given)
  return {
    ...judgement,
    tokenF1: overlap(field, wanted, given),
    classes: hasClasses(field.type) ? classesOf(accepted, given, judgement.correct) : null,
    ...(field.measure.kind === 'label-set' ? { items: itemsOf(field.type, accepted, given) } : {}),
  }
}

function judged(field: ComparedField, accepted: readonly FieldValue[], given: Given): Judgement {
  const words = judgementWords
  if (given === 'not-in-domain') return { correct: false, why: words.notInFormat }
  if (accepted.length === 0) {
    return given === 'left-out'
      ? { correct: true, why: words.leftOutAsExpected }
      : { correct: false, why: words.notLeftOut }
  }
  if (given === 'left-out') return { correct: false, why: words.leftOut }
  return judgeValue(field, accepted, given.value)
}

/** Patterns, numbers, dates and shapes aren't judged by their words. */
function overlap({ measure }: ComparedField, wanted: ExpectedValue, given: Given): number | null {
  const byWords = ['equal', 'one-of', 'contains', 'token-f1'].includes(measure.kind)
  if (wanted.kind !== 'accepted' || !byWords) return null
  const value = typeof given === 'string' ? null : given.value
  if (typeof value !== 'string') return 0
  return Math.max(...wanted.texts.map((one) => tokenF1(one, value)))
}

function hasClasses(type: FieldType): boolean {
  return type.kind === 'label' || type.kind === 'boolean'
}

/** `ReplyScore` says how classes are written. Of several accepted labels, the one that was given. */
function classesOf(
  accepted: readonly FieldValue[],
  given: Given,
  correct: boolean,
): FieldScore['classes'] {
  const none = given === 'left-out' ? '' : null
  const own = typeof given === 'string' ? none : String(given.value)
  const [first = ''] = accepted
  return { expected: correct && own !== null ? own : String(first), given: own }
}

function itemsOf(
  type: FieldType,
  accepted: readonly FieldValue[],
  given: Given,
): NonNullable<FieldScore['items']> {
  const keys = (value: FieldValue): string[] => [...new Set(itemKeys(type, value))]
  const [first] = accepted
  return {
    expected: first === undefined ? [] : keys(first),
    given: given === 'not-in-domain' ? null : given === 'left-out' ? [] : keys(given.value),
  }
}
