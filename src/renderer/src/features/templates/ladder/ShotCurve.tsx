import type { Arm } from '../../../../../shared/domain/testRun/arm.ts'
import type { ArmFigures } from '../../../../../shared/domain/testRun/figures.ts'
import type { Estimate } from '../../../../../shared/domain/statistics/estimate.ts'
import { percent } from '../../../../../shared/domain/testRun/words.ts'
import { formatCount, plural } from '../../../ui/format.ts'
import '../runs/EstimateRange.css'
import './ShotCurve.css'

export interface ShotCurveProps {
  readonly arms: readonly Arm[]
  readonly figures: Readonly<Record<string, ArmFigures>>
}

interface Point {
  readonly shots: number
  readonly estimate: Estimate
  readonly tokens: number
}

const size = { width: 640, height: 260, left: 64, right: 48, top: 12, bottom: 52 } as const

/** Accuracy by number of examples: each draw is a point, their means are a line. */
export function ShotCurve({ arms, figures }: ShotCurveProps) {
  const points = arms.flatMap((arm) => pointOf(arm, figures[arm.id]))
  const counts = [...new Set(points.map(({ shots }) => shots))].sort((a, b) => a - b)
  if (counts.length === 0) return <p className="dim">Nothing has been measured yet.</p>
  const x = (shots: number): number => {
    // Evenly spaced: 0, 1, 2, 4, 8 double, and a linear axis would crowd the small ones.
    const place = counts.length === 1 ? 0.5 : counts.indexOf(shots) / (counts.length - 1)
    return size.left + place * (size.width - size.left - size.right)
  }
  const y = (share: number): number =>
    size.top + (1 - share) * (size.height - size.top - size.bottom)
  const means = counts.map((shots) => meanAt(points, shots))
  return (
    <figure className="run-curve">
      <svg
        viewBox={`0 0 ${String(size.width)} ${String(size.height)}`}
        role="img"
        aria-label={means
          .map(({ shots, share }) => `${plural(shots, 'example')}: ${percent(share)} right`)
          .join('; ')}
      >
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <g key={share}>
            <line
              className="run-range-line"
              x1={size.left}
              x2={size.width - size.right}
              y1={y(share)}
              y2={y(share)}
            />
            <text x={size.left - 8} y={y(share) + 4} textAnchor="end">
              {percent(share)}
            </text>
          </g>
        ))}
        <polyline
          className="run-curve-line"
          points={means
            .map(({ shots, share }) => `${String(x(shots))},${String(y(share))}`)
            .join(' ')}
        />
        {points.map(({ shots, estimate }, index) => (
          <g key={index}>
            <line
              className="run-curve-bar"
              x1={x(shots)}
              x2={x(shots)}
              y1={y(estimate.low)}
              y2={y(estimate.high)}
            />
            <circle className="run-curve-point" cx={x(shots)} cy={y(estimate.value)} r={4} />
          </g>
        ))}
        {means.map(({ shots, tokens }) => (
          <g key={shots}>
            <text x={x(shots)} y={size.height - 30} textAnchor="middle">
              {shots}
            </text>
            <text x={x(shots)} y={size.height - 12} textAnchor="middle" className="is-quiet">
              {formatCount(Math.round(tokens))} tokens
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="dim">
        Examples in the prompt, with the tokens of a prompt under them. Each point is one draw with
        its 95 % interval; the line goes through their means.
      </figcaption>
    </figure>
  )
}

function pointOf({ examples }: Arm, figures: ArmFigures | undefined): Point[] {
  if (figures?.exactMatch == null) return []
  const shots =
    examples.kind === 'none' ? 0 : examples.kind === 'random' ? examples.count : undefined
  if (shots === undefined) return []
  return [{ shots, estimate: figures.exactMatch, tokens: figures.tokens.promptPerRow }]
}

function meanAt(
  points: readonly Point[],
  shots: number,
): { readonly shots: number; readonly share: number; readonly tokens: number } {
  const here = points.filter((point) => point.shots === shots)
  const mean = (of: (point: Point) => number): number =>
    here.reduce((sum, point) => sum + of(point), 0) / here.length
  return { shots, share: mean(({ estimate }) => estimate.value), tokens: mean((one) => one.tokens) }
}
