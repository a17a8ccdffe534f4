import type { Comparison } from '../figures.ts'
import type { Estimate } from '../../statistics/estimate.ts'
import { formatCount, plural } from '../../localFormat.ts'
import { percent, pointRange, points, pValue } from '../words.ts'

/** `34 rows better, 2 worse (40 points, 29 to 51; p < 0.001)`. */
export function differenceInWords(comparison: Comparison): string {
  const { better, worse, difference, pAdjusted } = comparison
  if (better + worse === 0) return 'no row differs'
  const size = `${points(difference.value)}, ${pointRange(difference.low, difference.high)}`
  return `${plural(better, 'row')} better, ${formatCount(worse)} worse (${size}; ${pValue(pAdjusted)})`
}

/** What can still be gained where nothing shows: `at most 6 points`. */
export function mostGain({ difference }: Comparison): string {
  const high = Math.max(0, difference.high)
  return high < 0.005 ? 'less than a point' : `at most ${points(Math.ceil(high * 100) / 100)}`
}

/** `from 41 % to 81 %`. */
export function fromTo(before: number, after: number): string {
  return `from ${percent(before)} to ${percent(after)}`
}

/** `41 % (31 to 52)`. */
export function shareInWords({ value, low, high }: Estimate): string {
  return `${percent(value)} (${Math.round(low * 100)} to ${Math.round(high * 100)})`
}
