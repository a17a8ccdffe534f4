import { shortened } from '../shortened.ts'
import { checkValue, otherType, type ValueProblem } from './checkValue.ts'
import { composedName } from './fieldName.ts'
import { labelWords } from './labels.ts'
import { shapeOf, type FieldValue, type ObjectValue, type OutputField } from './outputFormat.ts'
import type { JsonMember, JsonNode } from './readJson.ts'
import type { Repair, ReplyProblem } from './replyCheck.ts'
import { placeOfItem, placeWithin, wholeReply, type ReplyPlace } from './replyPlace.ts'

type ObjectNode = Extract<JsonNode, { kind: 'object' }>

interface Checked<T> {
  /** What is in the domain: an object without its bad fields. */
  readonly value: T
  readonly problems: readonly ReplyProblem[]
  readonly repairs: readonly Repair[]
}

/** Judges an object, and those within it, by the fields that it should have. */
export function checkObject(
  fields: readonly OutputField[],
  { members }: ObjectNode,
  place: ReplyPlace = wholeReply,
): Checked<ObjectValue> {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const values = new Map<string, FieldValue>()
  const seen = new Set<string>()
  const problems: ReplyProblem[] = []
  const repairs: Repair[] = []
  for (const member of members) {
    const name = composedName(member.name)
    const field = byName.get(name)
    if (field === undefined) {
      problems.push(unknownField(member, fields, place))
      continue
    }
    if (name !== member.name) repairs.push('name-spelling')
    const own = placeWithin(place, name)
    if (seen.has(name)) {
      problems.push(problemAt(own, 'duplicate-field', 'It is there more than once.', member))
    } else if (member.value.kind === 'null' && field.optional) {
      repairs.push('null-value')
    } else {
      const check = checkField(field, member.value, own)
      if (check.value !== null) values.set(name, check.value)
      problems.push(...check.problems)
      repairs.push(...check.repairs)
    }
    seen.add(name)
  }
  const missing = fields.filter(({ name, optional }) => !optional && !seen.has(name))
  const unsaid = missing.map(({ name }) =>
    problemAt(placeWithin(place, name), 'missing-field', 'It is missing.', null),
  )
  return { value: inOrder(fields, values), problems: [...problems, ...unsaid], repairs }
}

/** @returns null as the value where nothing of it is in the domain. */
function checkField(
  { type }: OutputField,
  node: JsonNode,
  place: ReplyPlace,
): Checked<FieldValue | null> {
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'leaf': {
      const check = checkValue(shape.type, node)
      return check.value === null
        ? refused(place, check.problem)
        : { value: check.value, problems: [], repairs: check.repairs }
    }
    case 'object':
      return node.kind === 'object'
        ? checkObject(shape.fields, node, place)
        : refused(place, otherType('an object', node))
    case 'objects':
      return node.kind === 'list'
        ? checkItems(shape.fields, node.items, place)
        : refused(place, otherType('a list of objects', node))
  }
}

/** An item that is no object stays as an empty one, so that those after it keep their places. */
function checkItems(
  fields: readonly OutputField[],
  items: readonly JsonNode[],
  place: ReplyPlace,
): Checked<readonly ObjectValue[]> {
  const checks = items.map((node, index): Checked<ObjectValue> => {
    const own = placeOfItem(place, index)
    if (node.kind === 'object') return checkObject(fields, node, own)
    return { ...refused(own, otherType('an object', node)), value: {} }
  })
  return {
    value: checks.map(({ value }) => value),
    problems: checks.flatMap(({ problems }) => problems),
    repairs: checks.flatMap(({ repairs }) => repairs),
  }
}

function refused({ path, words }: ReplyPlace, problem: ValueProblem): Checked<null> {
  return { value: null, problems: [{ ...problem, field: path, place: words }], repairs: [] }
}

function unknownField(
  { name, nameRange }: JsonMember,
  fields: readonly OutputField[],
  place: ReplyPlace,
): ReplyProblem {
  const wanted = labelWords(fields.map((field) => field.name))
  const message = `“${shortened(name)}” is none of the fields: ${wanted}.`
  const { path } = placeWithin(place, shortened(name))
  return { code: 'unknown-field', field: path, place: place.words, message, range: nameRange }
}

function problemAt(
  { path, words }: ReplyPlace,
  code: ReplyProblem['code'],
  message: string,
  member: JsonMember | null,
): ReplyProblem {
  return { code, field: path, place: words, message, range: member?.nameRange ?? null }
}

/** The fields in the order of the format, so that two equal values are written alike. */
function inOrder(
  fields: readonly OutputField[],
  values: ReadonlyMap<string, FieldValue>,
): ObjectValue {
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = values.get(name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
