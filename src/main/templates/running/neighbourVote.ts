import { checkReply } from '../../../shared/domain/template/checkReply.ts'
import {
  answerField,
  judgedFields,
  usableMeasure,
} from '../../../shared/domain/template/judgedFields.ts'
import { voteKey } from '../../../shared/domain/template/judgeValue.ts'
import {
  shapeOf,
  type FieldValue,
  type ObjectValue,
  type OutputField,
  type OutputFormat,
  type OutputValue,
} from '../../../shared/domain/template/outputFormat.ts'
import { isList, ownValue } from '../../../shared/domain/template/valueAt.ts'
import { writeValue } from '../../../shared/domain/template/writeValue.ts'
import type { Neighbour } from './nearestExamples.ts'

/** With more neighbours, examples of other classes would take part. */
const mostVoters = 9

/** Number of neighbours that vote: odd, and about the square root of the number of examples. */
export function voters(pool: number): number {
  const root = Math.floor(Math.sqrt(pool))
  return Math.min(mostVoters, Math.max(1, root % 2 === 0 ? root - 1 : root))
}

/**
 * The majority answer of the neighbours, field by field and a list as a whole; a tie goes to the value
 * with the nearer voters. The k-nearest-neighbours rule (Cover and Hart 1967).
 *
 * @returns the answer in the template's format; empty without neighbours.
 */
export function voteOf(format: OutputFormat, neighbours: readonly Neighbour[]): string {
  const votes = neighbours.flatMap(({ example, similarity }): Vote<OutputValue>[] => {
    const { value } = checkReply(format, example.output)
    return value === null ? [] : [{ value, similarity }]
  })
  if (votes.length === 0) return ''
  if (format.kind === 'json') {
    const objects = votes.flatMap(({ value, similarity }): Vote<ObjectValue>[] =>
      typeof value === 'object' ? [{ value, similarity }] : [],
    )
    return writeValue(format, votedObject(format.fields, objects))
  }
  const field = judgedFields(format).find(({ name }) => name === answerField)
  const won = winner(votes, (value) => (field === undefined ? '' : voteKey(field, value)))
  return typeof won === 'string' ? won : ''
}

function votedObject(
  fields: readonly OutputField[],
  votes: readonly Vote<ObjectValue>[],
): ObjectValue {
  return Object.fromEntries(
    fields.flatMap((field): readonly (readonly [string, FieldValue])[] => {
      const own = votes.map(({ value, similarity }) => {
        return { value: ownValue(value, field.name), similarity }
      })
      const won = votedField(field, own)
      return won === undefined ? [] : [[field.name, won]]
    }),
  )
}

function votedField(
  field: OutputField,
  votes: readonly Vote<FieldValue | undefined>[],
): FieldValue | undefined {
  const shape = shapeOf(field.type)
  const judged = { type: field.type, measure: usableMeasure(field) }
  // Of an object, the first vote is on whether it is there.
  const keyOf = (value: FieldValue | undefined): string =>
    value === undefined ? '' : shape.kind === 'object' ? '{' : voteKey(judged, value)
  const won = winner(votes, keyOf)
  if (won === undefined || shape.kind !== 'object') return won
  const objects = votes.flatMap(({ value, similarity }): Vote<ObjectValue>[] =>
    typeof value === 'object' && !isList(value) ? [{ value, similarity }] : [],
  )
  return votedObject(shape.fields, objects)
}

interface Vote<T> {
  readonly value: T
  readonly similarity: number
}

function winner<T>(votes: readonly Vote<T>[], keyOf: (value: T) => string): T | undefined {
  const tally = new Map<string, { value: T; count: number; similarity: number }>()
  for (const { value, similarity } of votes) {
    const key = keyOf(value)
    const before = tally.get(key) ?? { value, count: 0, similarity: 0 }
    tally.set(key, {
      value,
      count: before.count + 1,
      similarity: before.similarity + similarity,
    })
  }
  const [best] = [...tally.values()].sort(
    (a, b) => b.count - a.count || b.similarity - a.similarity,
  )
  return best?.value
}
