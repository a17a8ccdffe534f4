/**
 * McNemar's exact test: how likely it is, if two arms were equally good, that the rows on which they
 * differ would part at least so unequally. Two-sided: twice the smaller tail of the binomial with
 * one half, at most 1.
 * @param better rows that only the one has right
 * @param worse rows that only the other has right
 */
export function mcnemarExact(better: number, worse: number): number {
  const differing = better + worse
  const fewer = Math.min(better, worse)
  if (better === worse) return 1
  // The probability of `fewer` in logarithms: 2^−differing alone is 0 from 1,075 rows on.
  let logarithm = -differing * Math.LN2
  for (let i = 1; i <= fewer; i += 1) logarithm += Math.log((differing - fewer + i) / i)
  // The tail as a multiple of that probability: each smaller count is likelier by a known ratio.
  let tail = 1
  let term = 1
  for (let i = fewer; i > 0 && term > tail * Number.EPSILON; i -= 1) {
    term *= i / (differing - i + 1)
    tail += term
  }
  return Math.min(1, 2 * tail * Math.exp(logarithm))
}
