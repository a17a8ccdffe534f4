import type { Arm } from '../../../../../shared/domain/testRun/arm.ts'
import { percent } from '../../../../../shared/domain/testRun/words.ts'
import type { RunFigures } from '../runs/testBench.ts'

const left = 200
const axis = 400
const rowHeight = 40

/** The arms as a standalone SVG, readable without colour. */
export function ladderPicture(arms: readonly Arm[], figures: RunFigures): string {
  const top = 56
  const height = top + arms.length * rowHeight + 32
  const x = (share: number): string => (left + share * axis).toFixed(1)
  const lines = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${x(share)}" x2="${x(share)}" y1="${String(top)}" y2="${String(height - 28)}" stroke="#ccc"/>` +
      `<text x="${x(share)}" y="${String(height - 10)}" text-anchor="middle">${percent(share)}</text>`,
  )
  const rows = arms.map((arm, index) => {
    const y = String(top + index * rowHeight + 22)
    const right = figures.arms[arm.id]?.exactMatch
    const name = `<text x="0" y="${y}">${escaped(arm.name)}</text>`
    if (right == null) return name
    return (
      name +
      `<line x1="${x(right.low)}" x2="${x(right.high)}" y1="${y}" y2="${y}" stroke="#999" stroke-width="6" stroke-linecap="round"/>` +
      `<circle cx="${x(right.value)}" cy="${y}" r="5" fill="#222"/>` +
      `<text x="${x(right.value)}" y="${String(Number(y) - 10)}" text-anchor="middle">${percent(right.value)}</text>`
    )
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="${String(height)}" viewBox="-12 0 652 ${String(height)}" font-family="sans-serif" font-size="13">`,
    `<text x="0" y="20" font-size="15" font-weight="600">${escaped(figures.verdict.headline)}</text>`,
    `<text x="0" y="40">Rows that are all right, with the 95 % interval</text>`,
    ...lines,
    ...rows,
    '</svg>',
  ].join('\n')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
