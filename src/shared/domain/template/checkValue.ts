import { shortened } from '../shortened.ts'
import { assertNever } from '../../errors.ts'
import { labelWords, spelledLabel } from './labels.ts'
import type { ItemType, ItemValue, LeafType, LeafValue } from './outputFormat.ts'
import type { JsonNode } from './readJson.ts'
import type { Repair, ReplyProblem } from './replyCheck.ts'

/** A problem, wherever it is. */
export type ValueProblem = Omit<ReplyProblem, 'field' | 'place'>

export type ValueCheck<T> =
  | { readonly value: T; readonly repairs: readonly Repair[] }
  | { readonly value: null; readonly problem: ValueProblem }

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/u
const yes = new Set(['true', 'yes'])
const no = new Set(['false', 'no'])

/** Whether a JSON value is of the type that a field has; forgives the notation, not the type. */
export function checkValue(type: LeafType, node: JsonNode): ValueCheck<LeafValue> {
  if (type.kind !== 'list') return checkItem(type, node)
  if (node.kind !== 'list') return wrongType('a list', node)
  const items: ItemValue[] = []
  const repairs: Repair[] = []
  for (const one of node.items) {
    const check = checkItem(type.item, one)
    if (check.value === null) return check
    items.push(check.value)
    repairs.push(...check.repairs)
  }
  return { value: items, repairs }
}

function checkItem(type: ItemType, node: JsonNode): ValueCheck<ItemValue> {
  switch (type.kind) {
    case 'text':
      if (node.kind === 'string') return { value: node.text, repairs: [] }
      if (node.kind === 'number') return { value: node.written, repairs: ['quoted-value'] }
      return wrongType('text', node)
    case 'number':
      return checkNumber(type.integer, node)
    case 'boolean':
      return checkBoolean(node)
    case 'label':
      return checkLabel(type.labels, node)
    default:
      return assertNever(type)
  }
}

function checkNumber(integer: boolean, node: JsonNode): ValueCheck<number> {
  const wanted = integer ? 'a whole number' : 'a number'
  const quoted = node.kind === 'string' && jsonNumber.test(node.text.trim())
  if (node.kind !== 'number' && !quoted) return wrongType(wanted, node)
  const value = node.kind === 'number' ? node.value : Number(node.text)
  // What is too large for a number would come back as null from the next file it is written to.
  if (!Number.isFinite(value) || (integer && !Number.isInteger(value))) {
    return wrongType(wanted, node)
  }
  return { value, repairs: quoted ? ['quoted-value'] : [] }
}

function checkBoolean(node: JsonNode): ValueCheck<boolean> {
  if (node.kind === 'boolean') return { value: node.value, repairs: [] }
  const said = node.kind === 'string' ? node.text.trim().toLowerCase() : ''
  if (yes.has(said)) return { value: true, repairs: ['quoted-value'] }
  if (no.has(said)) return { value: false, repairs: ['quoted-value'] }
  return wrongType('true or false', node)
}

function checkLabel(labels: readonly string[], node: JsonNode): ValueCheck<string> {
  if (node.kind !== 'string' && node.kind !== 'number') return wrongType('a label', node)
  const text = node.kind === 'string' ? node.text : node.written
  const notation: Repair[] = node.kind === 'string' ? [] : ['quoted-value']
  if (labels.includes(text)) return { value: text, repairs: notation }
  const spelled = spelledLabel(labels, text)
  if (spelled !== null) return { value: spelled, repairs: [...notation, 'label-spelling'] }
  return {
    value: null,
    problem: {
      code: 'unknown-label',
      message: `“${shortened(text)}” is none of the labels: ${labelWords(labels)}.`,
      range: { start: node.start, end: node.end },
    },
  }
}

function wrongType(wanted: string, node: JsonNode): { value: null; problem: ValueProblem } {
  return { value: null, problem: otherType(wanted, node) }
}

/** That a value is of another type than it should be. @param wanted in words, such as “a list” */
export function otherType(wanted: string, node: JsonNode): ValueProblem {
  return {
    code: 'wrong-type',
    message: `It should be ${wanted} and is ${described(node)}.`,
    range: { start: node.start, end: node.end },
  }
}

/** A JSON value in words. */
export function described(node: JsonNode): string {
  switch (node.kind) {
    case 'string':
      return `the text “${shortened(node.text)}”`
    case 'number':
      return `the number ${shortened(node.written)}`
    case 'boolean':
      return String(node.value)
    case 'null':
      return 'null'
    case 'list':
      return 'a list'
    case 'object':
      return 'an object'
    default:
      return assertNever(node)
  }
}
