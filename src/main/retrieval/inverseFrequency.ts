/** The idf of BM25, never below 0: the rarity of a term that `n` of `total` texts have. */
export function inverseFrequency(total: number, n: number): number {
  return Math.log(1 + (total - n + 0.5) / (n + 0.5))
}
