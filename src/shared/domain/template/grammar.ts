import { AppError, assertNever } from '../../errors.ts'
import type { FieldType, ItemType, OutputField, OutputFormat } from './outputFormat.ts'

/** A weak model writes endless lists. This is more items than anyone expects. */
export const mostItems = 32
/** Digits of a whole number: so many are exact in JSON. */
export const longestInteger = 15

/** JSON's own values, but numbers have an end. */
export const sharedRules = String.raw`text ::= "\"" char* "\""
char ::= [^"\\\x00-\x1F] | "\\" (["\\/bfnrt] | "u" hex hex hex hex)
hex ::= [0-9a-fA-F]
integer ::= "-"? ("0" | [1-9] [0-9]{0,${longestInteger - 1}})
number ::= "-"? ("0" | [1-9] [0-9]{0,20}) ("." [0-9]{1,24})? ([eE] [-+]? [0-9]{1,2})?
boolean ::= "true" | "false"`

/**
 * The grammar of a format in llama.cpp's GBNF: exactly the texts that `writeValue` writes (and
 * strings with other escapes), so that white space is never a choice. Numbers have an end; how
 * long a text gets is bounded by the tokens of the answer only.
 *
 * Written by us because node-llama-cpp's grammar for JSON schemas knows no fields that may be left
 * out.
 *
 * @returns null for free text, which needs none.
 * @throws AppError `invalid-input` where a list of labels is empty: there is nothing to write.
 */
export function grammarOf(format: OutputFormat): string | null {
  switch (format.kind) {
    case 'text':
      return null
    case 'label':
      return `root ::= ${alternatives(format.labels)}\n`
    case 'json':
      return `${objectRules('root', format.fields).join('\n')}\n${sharedRules}\n`
    default:
      return assertNever(format)
  }
}

/**
 * `field-N` is a field with its name; `rest-N` is what may follow once a field was written: fields
 * that may be left out bring their comma with them. What may come first is one of the fields up to
 * the first that must be there. Rules of an object within field 2 are called `field-2-N`.
 *
 * @param root name of the object's rule
 * @param within what the numbers of its fields begin with
 */
function objectRules(root: string, fields: readonly OutputField[], within = ''): string[] {
  const rules: string[] = []
  const inner: string[] = []
  const numbered = (index: number): string => within + String(index)
  const required = fields.findIndex(({ optional }) => !optional)
  const firsts = fields
    .slice(0, required === -1 ? fields.length : required + 1)
    .map((_, index) => `field-${numbered(index)} rest-${numbered(index + 1)}`)
  // All fields can be left out.
  if (required === -1) firsts.push('""')
  rules.push(`${root} ::= "{" (${firsts.join(' | ')}) "}"`)
  for (const [index, { name, type, optional }] of fields.entries()) {
    const number = numbered(index)
    const value = valueRule(type, number)
    inner.push(...value.rules)
    rules.push(`field-${number} ::= ${grammarLiteral(`${JSON.stringify(name)}: `)} ${value.rule}`)
    if (index === 0) continue
    const next = `", " field-${number}`
    rules.push(`rest-${number} ::= ${optional ? `(${next})?` : next} rest-${numbered(index + 1)}`)
  }
  rules.push(`rest-${numbered(fields.length)} ::= ""`)
  return [...rules, ...inner]
}

/** What a value is, in GBNF. */
export interface ValueRule {
  readonly rule: string
  /** Rules that it needs, beside `sharedRules`. */
  readonly rules: readonly string[]
}

/** @param number of the field, which the names of its own rules contain */
export function valueRule(type: FieldType, number: string): ValueRule {
  switch (type.kind) {
    case 'list': {
      const { rule, rules } = valueRule(type.item, number)
      return { rule: `"[" (${rule} (", " ${rule}){0,${String(mostItems - 1)}})? "]"`, rules }
    }
    case 'object': {
      const root = `object-${number}`
      return { rule: root, rules: objectRules(root, type.fields, `${number}-`) }
    }
    case 'text':
    case 'number':
    case 'boolean':
    case 'label':
      return { rule: itemRule(type), rules: [] }
  }
}

function itemRule(type: ItemType): string {
  switch (type.kind) {
    case 'text':
      return 'text'
    case 'number':
      return type.integer ? 'integer' : 'number'
    case 'boolean':
      return 'boolean'
    case 'label':
      return `(${alternatives(type.labels.map((label) => JSON.stringify(label)))})`
    default:
      return assertNever(type)
  }
}

/**
 * The rule of one of these.
 *
 * @throws AppError `invalid-input` if there are none.
 */
export function alternatives(texts: readonly string[]): string {
  if (texts.length === 0) {
    throw new AppError('invalid-input', 'A list of labels is empty. Add its labels to the format.')
  }
  return [...new Set(texts)].map(grammarLiteral).join(' | ')
}

/** A literal of GBNF, which escapes what would end it or its line. */
export function grammarLiteral(text: string): string {
  const escaped = text.replace(/["\\]|\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x20 || code > 0x7e
      ? String.raw`\x` + code.toString(16).padStart(2, '0')
      : `\\${character}`
  })
  return `"${escaped}"`
}
