import { bestOf } from '../armPairs.ts'
import type { Arm } from '../arm.ts'
import type { ArmFigures } from '../figures.ts'
import { inSentence, percent } from '../words.ts'
import { comparisonOf, rightOf, type RunEvidence } from './evidence.ts'
import { detail, type Detail } from './rules.ts'

/** Fewer than these are not worth a sentence. */
const worthSaying = 0.05
/** From here on it is said that part of what examples bring is the format. */
const formatGain = 0.1

/** What there is to say of the format of the replies, apart from whether they are right. */
export function formatDetails(evidence: RunEvidence, id: string | null): Detail[] {
  const arm = describedArm(evidence, id)
  const figures = arm === null ? undefined : evidence.figures[arm.id]
  if (arm === null || figures === undefined) return []
  // There is no grammar for free text. An unknown format isn't called forced.
  const format = evidence.templates.get(arm.version)?.format
  const canForce = format !== undefined && format.kind !== 'text'
  return [
    invalid(arm, figures, canForce),
    canForce ? forced(arm, figures) : null,
    canForce ? gainedFormat(evidence) : null,
    repaired(arm, figures),
  ].filter((detail) => detail !== null)
}

/** The arm to use, or where there is none the one with the most right. */
export function describedArm(evidence: RunEvidence, id: string | null): Arm | null {
  const best = bestOf(evidence.arms, (arm) => rightOf(evidence, arm)?.value ?? null)
  return evidence.arms.find((arm) => arm.id === id) ?? best
}

function invalid(arm: Arm, { inDomain }: ArmFigures, canForce: boolean): Detail | null {
  if (inDomain === null || 1 - inDomain.value < worthSaying) return null
  const advice = !canForce
    ? 'Read some of them, then try a clearer instruction or a better model.'
    : arm.grammar
      ? 'The grammar allows nothing else, so these were cut off: allow more tokens, or choose another model where they never come to an end.'
      : 'Turn the grammar on: then nothing else can be written.'
  const share = percent(1 - inDomain.value)
  return detail(
    'format-invalid',
    `${share} of the replies of ${inSentence(arm.name)} are not in the format or name something that it does not know. ${advice}`,
  )
}

function forced(arm: Arm, { inDomain, exactMatch }: ArmFigures): Detail | null {
  if (!arm.grammar || arm.method !== 'generate') return null
  if (inDomain === null || inDomain.value < 1 - worthSaying) return null
  if (exactMatch === null || exactMatch.value >= 0.5) return null
  return detail(
    'format-forced',
    'The grammar forces the format, so that replies are valid even where the model is lost: here more than half of them are wrong.',
  )
}

function gainedFormat(evidence: RunEvidence): Detail | null {
  const zero = evidence.arms.find(({ id }) => id === 'zero-shot')
  const comparison = comparisonOf(evidence, 'zero-shot', 'few-shot')
  const before = evidence.figures['zero-shot']?.inDomain
  const after = evidence.figures['few-shot']?.inDomain
  if (zero === undefined || zero.grammar || comparison?.real !== true) return null
  if (before == null || after == null || after.value - before.value < formatGain) return null
  return detail(
    'format-gain',
    `Part of what the examples bring is the format: without them ${percent(1 - before.value)} of the replies are not in it, with them ${percent(1 - after.value)}. The grammar brings that without an example.`,
  )
}

function repaired(arm: Arm, { parseable, validFormat, repairs }: ArmFigures): Detail | null {
  if (parseable === null || validFormat === null) return null
  const share = parseable.value - validFormat.value
  if (share < worthSaying) return null
  const most = Object.entries(repairs).sort(([, a], [, b]) => b - a)[0]?.[0]
  const what = most === undefined ? '' : `, most often for its ${most.replaceAll('-', ' ')}`
  return detail(
    'format-repaired',
    `${percent(share)} of the replies of ${inSentence(arm.name)} can be read only after a repair${what}. Penknife makes it; another program that reads them has to make it too.`,
  )
}
