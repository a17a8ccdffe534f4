import { z } from 'zod'
import { assertNever } from '../../errors.ts'
import { alternatives, grammarLiteral, sharedRules, valueRule } from './grammar.ts'
import {
  mostLevels,
  shapeOf,
  type FieldType,
  type OutputField,
  type OutputFormat,
} from './outputFormat.ts'

/** A piece of an answer whose form is forced. */
export const answerPart = z.discriminatedUnion('kind', [
  /** One of these. Where there is only one, nothing is left to decide. */
  z.object({ kind: z.literal('choice'), texts: z.array(z.string()).min(1).readonly() }).readonly(),
  /** A value that the model writes. */
  z
    .object({
      kind: z.literal('open'),
      /** GBNF: the value, and what follows it up to the next decision. */
      grammar: z.string(),
      /** A regular expression that matches at the beginning as soon as the value is whole. */
      value: z.string(),
    })
    .readonly(),
])
export type AnswerPart = z.infer<typeof answerPart>

/**
 * The same as `grammarOf`, cut where the model has something to decide, so that whatever is certain
 * (names of fields, punctuation, the rest of a label) need not be written token by token.
 *
 * White space before a value belongs to the value: tokenizers put both in one token.
 *
 * @returns null for free text, and where fields may be left out: what follows a field is not certain
 * there, and the grammar as a whole has to do.
 * @throws AppError `invalid-input` where a list of labels is empty.
 */
export function answerParts(format: OutputFormat): readonly AnswerPart[] | null {
  switch (format.kind) {
    case 'text':
      return null
    case 'label':
      alternatives(format.labels)
      return [{ kind: 'choice', texts: [...new Set(format.labels)] }]
    case 'json':
      return isCertain(format.fields) ? objectParts(format.fields) : null
    default:
      return assertNever(format)
  }
}

/** Whether all fields are there in every answer. What is in the items of a list is open anyway. */
function isCertain(fields: readonly OutputField[]): boolean {
  return fields.every(({ type, optional }) => {
    const shape = shapeOf(type)
    return !optional && (shape.kind !== 'object' || isCertain(shape.fields))
  })
}

/** A value, and what is certain before it. */
interface PlacedValue {
  readonly type: FieldType
  readonly before: string
}

function objectParts(fields: readonly OutputField[]): readonly AnswerPart[] {
  const parts: AnswerPart[] = []
  const { values, end } = valuesIn(fields, '{')
  const after = (index: number): string => values[index + 1]?.before ?? end
  let texts: readonly string[] = [values[0]?.before ?? end]
  for (const [index, { type }] of values.entries()) {
    const known = knownValues(type)
    if (known !== null) {
      if (texts.length > 1) parts.push({ kind: 'choice', texts })
      const [certain = ''] = texts.length > 1 ? [''] : texts
      texts = known.map((value) => `${certain} ${value}${after(index)}`)
      continue
    }
    const opening = type.kind === 'text' ? ' "' : ''
    parts.push({ kind: 'choice', texts: texts.map((text) => text + opening) })
    parts.push(openValue(type, after(index)))
    texts = [after(index)]
  }
  parts.push({ kind: 'choice', texts })
  return parts
}

/**
 * The values of an object and of those within it, in order.
 *
 * @param opening what is written before the first name
 * @returns also what is certain after the last value
 */
function valuesIn(
  fields: readonly OutputField[],
  opening: string,
): { readonly values: readonly PlacedValue[]; readonly end: string } {
  const values: PlacedValue[] = []
  let before = opening
  for (const [index, { name, type }] of fields.entries()) {
    before += `${index === 0 ? '' : ', '}${JSON.stringify(name)}:`
    const shape = shapeOf(type)
    if (shape.kind === 'object') {
      const inner = valuesIn(shape.fields, `${before} {`)
      values.push(...inner.values)
      before = inner.end
    } else {
      values.push({ type, before })
      before = ''
    }
  }
  return { values, end: `${before}}` }
}

/** All texts of a type that has few; null for others. */
function knownValues(type: FieldType): readonly string[] | null {
  if (type.kind === 'boolean') return ['true', 'false']
  if (type.kind !== 'label') return null
  alternatives(type.labels)
  return [...new Set(type.labels)].map((label) => JSON.stringify(label))
}

const text = String.raw`(?:[^"\\]|\\.)*"`

function openValue(type: FieldType, after: string): AnswerPart {
  const follows = grammarLiteral(after)
  if (type.kind === 'text') {
    // Its opening quote is certain and comes before it.
    const grammar = `root ::= char* "\\"" ${follows}\n${sharedRules}\n`
    return { kind: 'open', grammar, value: `^${text}` }
  }
  const { rule, rules } = valueRule(type, '0')
  const grammar = [`root ::= " " ${rule} ${follows}`, ...rules, sharedRules, ''].join('\n')
  // A number has ended when something else has begun.
  const value = type.kind === 'list' ? `^ ${brackets}` : '^ [^,}]+(?=[,}])'
  return { kind: 'open', grammar, value }
}

/** A list with all that is in its brackets: a list in an object in it is one level in two. */
const brackets = Array.from({ length: 2 * mostLevels }).reduce<string>(
  (inner) => String.raw`[[{](?:"${text}|[^"[\]{}]${inner === '' ? '' : `|${inner}`})*[\]}]`,
  '',
)
