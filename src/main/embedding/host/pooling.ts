/** How token vectors become the vector of a text. */
export interface PoolingOptions {
  readonly dimensions: number
  readonly pooling: 'mean' | 'cls'
  readonly normalize: boolean
}

/**
 * Pools the given `rows` of a table with `dimensions` values per row. Other rows aren't read, so
 * padding can't change a result.
 *
 * @param into receives the vector.
 * @returns false, with `into` set to zeros, if there is no vector (nothing to pool, or all zeros).
 */
export function poolRows(
  table: Float32Array,
  rows: readonly number[],
  { dimensions, pooling, normalize }: PoolingOptions,
  into: Float32Array,
): boolean {
  const used = pooling === 'cls' ? rows.slice(0, 1) : rows
  // Summed in double precision, so that the order of the words doesn't change the rounded result.
  const sum = new Float64Array(dimensions)
  for (const row of used) {
    const offset = row * dimensions
    for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] ?? 0) + (table[offset + i] ?? 0)
  }
  let squares = 0
  for (const value of sum) squares += value * value
  if (!Number.isFinite(squares) || squares === 0) {
    into.fill(0)
    return false
  }
  const divisor = normalize ? Math.sqrt(squares) : used.length
  for (let i = 0; i < dimensions; i++) into[i] = (sum[i] ?? 0) / divisor
  return true
}

/**
 * Joins the vectors of a text's parts: their mean, weighted by the number of tokens. The vector of
 * a single part is copied.
 *
 * @param into receives the vector.
 * @returns false, with `into` set to zeros, if there is no vector.
 */
export function joinParts(
  parts: readonly { readonly ids: readonly number[]; readonly vector: Float32Array }[],
  { dimensions, normalize }: PoolingOptions,
  into: Float32Array,
): boolean {
  const [first, ...others] = parts
  if (first === undefined) return false
  if (others.length === 0) {
    into.set(first.vector)
  } else {
    const sum = new Float64Array(dimensions)
    let weights = 0
    for (const { ids, vector } of parts) {
      weights += ids.length
      for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0) * ids.length
    }
    const divisor = normalize ? Math.hypot(...sum) : weights
    for (let i = 0; i < dimensions; i++) into[i] = divisor === 0 ? 0 : (sum[i] ?? 0) / divisor
  }
  return into.some((value) => value !== 0)
}
