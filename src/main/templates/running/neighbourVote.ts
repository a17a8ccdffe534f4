import { checkReply } from '../../../shared/domain/template/checkReply.ts'
import { judgedFields } from '../../../shared/domain/template/judgedFields.ts'
import { voteKey } from '../../../shared/domain/template/judgeValue.ts'
import type {
  FieldValue,
  OutputFormat,
  OutputValue,
} from '../../../shared/domain/template/outputFormat.ts'
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
 * The majority answer of the neighbours, field by field; a tie goes to the value with the nearer
 * voters. The k-nearest-neighbours rule (Cover and Hart 1967).
 *
 * @returns the answer in the template's format; empty without neighbours.
 */
export function voteOf(format: OutputFormat, neighbours: readonly Neighbour[]): string {
  const votes = neighbours.flatMap(({ example, similarity }): Vote<OutputValue>[] => {
    const { value } = checkReply(format, example.output)
    return value === null ? [] : [{ value, similarity }]
  })
  if (votes.length === 0) return ''
  const fields = judgedFields(format).flatMap((field): [string, FieldValue][] => {
    const own = votes.map(({ value, similarity }) => ({
      value: valueIn(value, field.name),
      similarity,
    }))
    const won = winner(own, (value) => (value === undefined ? '' : voteKey(field, value)))
    return won === undefined ? [] : [[field.name, won]]
  })
  if (format.kind !== 'json') return String(fields[0]?.[1] ?? '')
  return writeValue(format, Object.fromEntries(fields))
}

function valueIn(whole: OutputValue, name: string): FieldValue | undefined {
  if (typeof whole === 'string') return whole
  // A field may be called like what every object has.
  return Object.hasOwn(whole, name) ? whole[name] : undefined
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
