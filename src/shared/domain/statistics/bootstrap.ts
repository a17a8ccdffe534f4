import { createRandom } from '../random.ts'
import { atOnce, type Steps } from '../steps.ts'
import type { Estimate } from './estimate.ts'

/** Enough for the ends of an interval to be stable in their second digit. */
const mostResamples = 1_000
/** With many rows the interval is narrow, and so is what fewer resamples blur. */
const leastResamples = 200
const mostDraws = 2_000_000
/** The same rows give the same interval, every time. */
const seed = 1

/**
 * Percentile bootstrap (Efron 1979) of figures that have no formula for their interval: the rows
 * are resampled with replacement, 1,000 times (fewer for more than 2,000 rows, 200 at least), and
 * the middle 95 % of the results is the interval. It is widened to include the value if that is
 * outside. It knows only what the rows show: where all rows are right, it has no width.
 * @param rows how many there are, at least 1
 * @param figures computes all figures of a draw; gets the indexes of its rows, in an array that is
 * used again for the next draw
 * @returns one estimate per figure, in their order
 */
export function bootstrap(
  rows: number,
  figures: (drawn: Int32Array) => readonly number[],
): Estimate[] {
  return atOnce(bootstrapSteps(rows, figures))
}

/** The same draw by draw, for callers that let other work run in between. */
export function* bootstrapSteps(
  rows: number,
  figures: (drawn: Int32Array) => readonly number[],
): Steps<Estimate[]> {
  const drawn = Int32Array.from({ length: rows }, (_, index) => index)
  const values = figures(drawn)
  const resamples = Math.max(leastResamples, Math.min(mostResamples, Math.floor(mostDraws / rows)))
  const samples = values.map(() => new Float64Array(resamples))
  const random = createRandom(seed)
  for (let sample = 0; sample < resamples; sample += 1) {
    for (let i = 0; i < rows; i += 1) drawn[i] = Math.floor(random() * rows)
    for (const [index, value] of figures(drawn).entries()) {
      const own = samples[index]
      if (own !== undefined) own[sample] = value
    }
    yield
  }
  return values.map((value, index) => {
    const sorted = (samples[index] ?? new Float64Array()).sort()
    return {
      value,
      low: Math.min(value, quantile(sorted, 0.025)),
      high: Math.max(value, quantile(sorted, 0.975)),
    }
  })
}

/** Between the two nearest, in proportion. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place - Math.floor(place))
}
