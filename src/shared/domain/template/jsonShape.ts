import { shortened } from '../shortened.ts'
import { described } from './checkValue.ts'
import { findObject } from './findObject.ts'
import { readJson, type JsonNode } from './readJson.ts'

/** The JSON that a text consists of, or the first object in it; null where there is none. */
export function jsonInText(text: string): JsonNode | null {
  const whole = readJson(text)
  if (whole.ok && text.slice(whole.node.end).trim() === '') return whole.node
  const found = findObject(text)
  return found.kind === 'none' ? null : found.node
}

/**
 * How JSON differs in shape from a model of it: an object has the same names with values of the same shape,
 * an item of a list has the shape of one of the model's, other values have the same type. `null`, and the
 * items of an empty list, can be anything.
 *
 * @returns a sentence; null where the shape is the same.
 */
export function shapeProblem(model: JsonNode, given: JsonNode): string | null {
  return problemAt(model, given, [])
}

function problemAt(model: JsonNode, given: JsonNode, path: readonly string[]): string | null {
  if (model.kind === 'null') return null
  const where = path.length === 0 ? 'It' : `“${path.join(' › ')}”`
  if (model.kind !== given.kind) {
    return `${where} should be ${typeWords[model.kind]} and is ${described(given)}.`
  }
  if (model.kind === 'object' && given.kind === 'object') return membersAt(model, given, path)
  if (model.kind === 'list' && given.kind === 'list') return itemsAt(model, given, path)
  return null
}

type ObjectNode = Extract<JsonNode, { kind: 'object' }>
type ListNode = Extract<JsonNode, { kind: 'list' }>

function membersAt(model: ObjectNode, given: ObjectNode, path: readonly string[]): string | null {
  const values = new Map(given.members.map(({ name, value }) => [name, value]))
  const names = new Set(model.members.map(({ name }) => name))
  for (const { name, value } of model.members) {
    const here = [...path, name]
    const own = values.get(name)
    if (own === undefined) return `“${here.join(' › ')}” is missing.`
    const problem = problemAt(value, own, here)
    if (problem !== null) return problem
  }
  const more = [...values.keys()].find((name) => !names.has(name))
  return more === undefined ? null : `“${[...path, shortened(more)].join(' › ')}” isn’t expected.`
}

function itemsAt(model: ListNode, given: ListNode, path: readonly string[]): string | null {
  if (model.items.length === 0) return null
  for (const [index, item] of given.items.entries()) {
    const here = [...path, String(index + 1)]
    const problems = model.items.map((one) => problemAt(one, item, here))
    if (!problems.includes(null)) return problems[0] ?? null
  }
  return null
}

const typeWords: Readonly<Record<JsonNode['kind'], string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  list: 'a list',
  object: 'an object',
}
