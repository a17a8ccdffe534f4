import { z } from 'zod'
import { assertNever } from '../../errors.ts'
import { alternatives, grammarLiteral, sharedRules, valueRule } from './grammar.ts'
import type { FieldType, OutputFormat } from './outputFormat.ts'

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
      return format.fields.some(({ optional }) => optional) ? null : objectParts(format.fields)
    default:
      return assertNever(format)
  }
}

function objectParts(
  fields: readonly { readonly name: string; readonly type: FieldType }[],
): readonly AnswerPart[] {
  const parts: AnswerPart[] = []
  // What is certain before the value of each field, and after the last one.
  const before = fields.map(
    ({ name }, index) => `${index === 0 ? '{' : ', '}${JSON.stringify(name)}:`,
  )
  const after = (index: number): string => before[index + 1] ?? '}'
  let texts: readonly string[] = [before[0] ?? '{}']
  for (const [index, { type }] of fields.entries()) {
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
  const grammar = `root ::= " " ${valueRule(type)} ${follows}\n${sharedRules}\n`
  // A number has ended when something else has begun.
  const value = type.kind === 'list' ? String.raw`^ \[(?:"${text}|[^"\]])*\]` : '^ [^,}]+(?=[,}])'
  return { kind: 'open', grammar, value }
}
