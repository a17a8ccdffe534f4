/** The dot product of two vectors: of unit vectors, their cosine. null if one is missing. */
export function dot(a: Float32Array | null, b: Float32Array | null): number | null {
  if (a === null || b === null) return null
  let sum = 0
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0)
  return sum
}
