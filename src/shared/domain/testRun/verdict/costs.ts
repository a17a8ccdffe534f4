import type { Arm } from '../arm.ts'
import type { ArmFigures } from '../figures.ts'
import { formatCount } from '../../localFormat.ts'
import { inSentence, seconds } from '../words.ts'
import type { RunEvidence } from './evidence.ts'
import { describedArm } from './formats.ts'
import { detail, type Detail } from './rules.ts'

/** From this share on it is worth saying that the beginning of a prompt is read only once. */
const worthSaying = 0.2

/** What the arm to use costs. */
export function costDetails(evidence: RunEvidence, id: string | null): Detail[] {
  const arm = describedArm(evidence, id)
  const figures = arm === null ? undefined : evidence.figures[arm.id]
  // Without an answer there is no cost either.
  if (arm === null || figures === undefined || figures.n === figures.failed) return []
  return [perRow(evidence, arm, figures), prefix(figures), noPrefix(evidence)].filter(
    (detail) => detail !== null,
  )
}

function perRow(evidence: RunEvidence, arm: Arm, figures: ArmFigures): Detail | null {
  const first = evidence.arms[0]
  const other = first === undefined ? undefined : evidence.figures[first.id]
  const own = `${arm.name} takes ${costOf(figures)} a row`
  const sentence =
    first === undefined || other === undefined || first.id === arm.id
      ? `${own}.`
      : `${own}, ${inSentence(first.name)} ${costOf(other)}.`
  return detail('cost-row', sentence)
}

function costOf({ tokens, secondsPerRow }: ArmFigures): string {
  return `${formatCount(tokens.promptPerRow)} tokens and ${seconds(secondsPerRow)}`
}

function prefix({ tokens }: ArmFigures): Detail | null {
  if (tokens.prompt === 0 || tokens.reused / tokens.prompt < worthSaying) return null
  return detail(
    'cost-prefix',
    `What the prompts share is read once a run, not once a row: ${formatCount(tokens.evaluated)} tokens instead of ${formatCount(tokens.prompt)}.`,
  )
}

function noPrefix({ arms, figures }: RunEvidence): Detail | null {
  const nearest = arms.find(
    ({ examples, method }) => examples.kind === 'nearest' && method !== 'nearest-neighbours',
  )
  const fixed = arms.find(({ examples }) => examples.kind === 'all' || examples.kind === 'ids')
  const own = nearest === undefined ? undefined : figures[nearest.id]
  const other = fixed === undefined ? undefined : figures[fixed.id]
  if (own === undefined || other === undefined) return null
  return detail(
    'cost-no-prefix',
    `Nearest examples differ from row to row, so that they are read anew for each: ${seconds(own.secondsPerRow)} a row instead of ${seconds(other.secondsPerRow)}.`,
  )
}
