import type { Estimate } from '../../../shared/domain/statistics/estimate.ts'

const width = 160
const middle = 7

/** A share and its interval on an axis from 0 to 100 %, as an SVG; empty where there is none. */
export function intervalPicture(estimate: Estimate | null): string {
  if (estimate === null) return ''
  const x = (share: number): string => (4 + share * (width - 8)).toFixed(1)
  const line = (kind: string, low: number, high: number, size: number): string =>
    `<line class="${kind}" x1="${x(low)}" x2="${x(high)}" y1="${String(middle)}" y2="${String(middle)}" stroke-width="${String(size)}"/>`
  return [
    `<svg aria-hidden="true" width="${String(width)}" height="14">`,
    line('axis', 0, 1, 1),
    line('range', estimate.low, estimate.high, 3),
    `<circle class="value" cx="${x(estimate.value)}" cy="${String(middle)}" r="4"/></svg>`,
  ].join('')
}
