import { checkReply } from '../../../shared/domain/template/checkReply.ts'
import { isInList, judgedFields } from '../../../shared/domain/template/judgedFields.ts'
import type { OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import {
  enabledExamples,
  rowText,
  type Example,
  type Template,
} from '../../../shared/domain/template/template.ts'
import { valueAt } from '../../../shared/domain/template/valueAt.ts'
import { dot } from '../../embedding/dot.ts'
import type { VectorCache } from './nearestExamples.ts'

/**
 * A balanced and varied set of the examples that are on, in their order: one of each label, then
 * those whose input is least like the inputs chosen before.
 */
export async function variedExamples(
  vectors: VectorCache,
  template: Pick<Template, 'input' | 'optional' | 'format' | 'examples'>,
  count: number,
  signal: AbortSignal,
): Promise<readonly Example[]> {
  const pool = enabledExamples(template)
  const texts = pool.map(({ values }) => rowText(template, values))
  const found = await vectors.vectorsOf(texts, signal)
  const labels = pool.map(({ output }) => labelIn(template.format, output))
  const chosen = new Set(farthestFirst(labels, found, count))
  return pool.filter((_, index) => chosen.has(index))
}

/**
 * Farthest-first traversal (Gonzalez 1985): each is the one whose nearest among those before is the
 * farthest away. The first of each label comes before, each chosen in the same way among its label.
 * Of equals the earlier one is taken, so that the choice is always the same.
 *
 * @param labels of each example; null: none.
 * @param vectors of unit length; an example without one comes last.
 * @returns indexes, in the order of choice.
 */
export function farthestFirst(
  labels: readonly (string | null)[],
  vectors: readonly (Float32Array | null)[],
  count: number,
): readonly number[] {
  const chosen: number[] = []
  /** Of each example: the distance to the nearest chosen one. */
  const distances = vectors.map((vector) => (vector === null ? -1 : Infinity))
  const all = vectors.map((_, index) => index)

  function take(among: readonly number[]): void {
    const next = farthest(among, distances)
    if (next === undefined) return
    chosen.push(next)
    for (const index of all) {
      const similarity = dot(vectors[next] ?? null, vectors[index] ?? null)
      if (similarity !== null) {
        distances[index] = Math.min(distances[index] ?? Infinity, 1 - similarity)
      }
    }
    distances[next] = -Infinity
  }

  for (const label of new Set(labels.filter((one) => one !== null))) {
    if (chosen.length < count) take(all.filter((index) => labels[index] === label))
  }
  while (chosen.length < Math.min(count, all.length)) take(all)
  return chosen
}

/** The one with the greatest distance that is not chosen yet; the earlier one of equals. */
function farthest(among: readonly number[], distances: readonly number[]): number | undefined {
  let best: number | undefined
  for (const index of among) {
    const distance = distances[index] ?? -Infinity
    if (distance === -Infinity) continue
    if (best === undefined || distance > (distances[best] ?? -Infinity)) best = index
  }
  return best
}

/** What an example is balanced by: its label, or that of the first field with labels. */
function labelIn(format: OutputFormat, output: string): string | null {
  if (format.kind === 'text') return null
  const { value } = checkReply(format, output)
  if (value === null) return null
  if (typeof value === 'string') return value
  const field = judgedFields(format).find((one) => one.type.kind === 'label' && !isInList(one))
  const own = field === undefined ? undefined : valueAt(value, field.name)
  return own?.kind === 'value' && typeof own.value === 'string' ? own.value : null
}
