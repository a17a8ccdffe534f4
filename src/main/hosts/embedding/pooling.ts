/** How token vectors become the vector of a text. */
export interface PoolingOptions {
  readonly dimensions: number
  readonly pooling: 'mean' | 'cls'
  readonly normalize: boolean
}

/**
 * Pools token vectors that lie one after the other in `hidden`. Text i has the tokens `starts[i]` …
 * `starts[i] + lengths[i] - 1`; padding between texts is never read.
 *
 * @returns one vector of `dimensions` values a text, one after the other.
 */
export function pool(
  hidden: Float32Array,
  starts: readonly number[],
  lengths: readonly number[],
  { dimensions, pooling, normalize }: PoolingOptions,
): Float32Array {
  const result = new Float32Array(starts.length * dimensions)
  const sum = new Float64Array(dimensions)
  for (const [text, start] of starts.entries()) {
    const tokens = pooling === 'cls' ? 1 : (lengths[text] ?? 0)
    sum.fill(0)
    for (let token = start; token < start + tokens; token++) {
      const offset = token * dimensions
      for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] ?? 0) + (hidden[offset + i] ?? 0)
    }
    let squares = 0
    for (const value of sum) squares += value * value
    const divisor = normalize ? Math.sqrt(squares) : tokens
    for (let i = 0; i < dimensions; i++) result[text * dimensions + i] = (sum[i] ?? 0) / divisor
  }
  return result
}
