import { checkReply } from '../../../shared/domain/template/checkReply.ts'
import type {
  FieldType,
  FieldValue,
  OutputFormat,
  OutputValue,
} from '../../../shared/domain/template/outputFormat.ts'
import { valueKey } from '../../../shared/domain/template/valueKey.ts'
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
  if (format.kind !== 'json') {
    const text: FieldType | undefined =
      format.kind === 'text' ? { kind: 'text', hint: '' } : undefined
    const won = winner(votes, (value) => (typeof value === 'string' ? valueKey(text, value) : ''))
    return won === undefined ? '' : writeValue(format, won)
  }
  const fields = format.fields.flatMap(({ name, type }): [string, FieldValue][] => {
    const own = votes.map(({ value, similarity }) => ({
      // A field may be called like what every object has.
      value: typeof value !== 'string' && Object.hasOwn(value, name) ? value[name] : undefined,
      similarity,
    }))
    const won = winner(own, (value) => (value === undefined ? '' : valueKey(type, value)))
    return won === undefined ? [] : [[name, won]]
  })
  return writeValue(format, Object.fromEntries(fields))
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
