import { assertNever } from '../../errors.ts'
import { answerKey, tokenF1 } from './answerText.ts'
import { valueKey } from './valueKey.ts'
import { answerField, type Expected, type ExpectedValue } from './expected.ts'
import type { FieldType, FieldValue, OutputFormat } from './outputFormat.ts'
import type { ReplyCheck, ReplyScore } from './replyCheck.ts'

type FieldScore = ReplyScore['fields'][string]

/** What a reply has in a field: a value, nothing, or something outside the domain. */
type Given = { readonly value: FieldValue } | 'left-out' | 'not-in-domain'

/**
 * Compares a reply with what is expected. Labels, numbers and yes/no have to be the same. Open text
 * is compared with each accepted answer by `answerKey`. A list has to contain the same items, equally
 * often, in any order.
 *
 * A field is judged on its own even where another one is not in the domain; an exact match takes
 * all expected fields right and the whole reply in the domain.
 */
export function scoreReply(
  format: OutputFormat,
  check: ReplyCheck,
  expected: Expected,
): ReplyScore {
  const fields = Object.fromEntries(
    [...expected].map(([name, wanted]) => {
      const type = typeOf(format, name)
      return [name, scoreField(type, wanted, givenIn(check, name))]
    }),
  )
  const exactMatch = check.inDomain && Object.values(fields).every(({ correct }) => correct)
  return { exactMatch, fields }
}

function typeOf(format: OutputFormat, name: string): FieldType | undefined {
  if (format.kind === 'json') return format.fields.find((field) => field.name === name)?.type
  return format.kind === 'text' ? { kind: 'text', hint: '' } : format
}

function givenIn(check: ReplyCheck, name: string): Given {
  const whole = check.value ?? check.partial
  if (whole === null) return 'not-in-domain'
  if (typeof whole === 'string') return name === answerField ? { value: whole } : 'not-in-domain'
  const value = Object.hasOwn(whole, name) ? whole[name] : undefined
  if (value !== undefined) return { value }
  return check.problems.some(({ field }) => field === name) ? 'not-in-domain' : 'left-out'
}

function scoreField(type: FieldType | undefined, wanted: ExpectedValue, given: Given): FieldScore {
  const value = typeof given === 'string' ? null : given.value
  const classes = hasClasses(type)
    ? { expected: classOf(wanted), given: value === null ? classOfNone(given) : String(value) }
    : null
  switch (wanted.kind) {
    case 'absent':
      return { correct: given === 'left-out', tokenF1: null, classes }
    case 'value': {
      const correct = value !== null && valueKey(type, wanted.value) === valueKey(type, value)
      return { correct, tokenF1: null, classes }
    }
    case 'accepted': {
      if (typeof value !== 'string') return { correct: false, tokenF1: 0, classes }
      const text = answerKey(value)
      return {
        correct: wanted.texts.some((one) => answerKey(one) === text),
        tokenF1: Math.max(...wanted.texts.map((one) => tokenF1(one, value))),
        classes,
      }
    }
    default:
      return assertNever(wanted)
  }
}

function hasClasses(type: FieldType | undefined): boolean {
  return type?.kind === 'label' || type?.kind === 'boolean'
}

/** `ReplyScore` says how classes are written. */
function classOf(wanted: ExpectedValue): string {
  return wanted.kind === 'value' ? String(wanted.value) : ''
}

function classOfNone(given: Given): string | null {
  return given === 'left-out' ? '' : null
}
