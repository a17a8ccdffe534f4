import { formatCount } from '../../localFormat.ts'
import { listed } from '../../listed.ts'
import { capitalised, count, percent, points } from '../words.ts'
import type { Answer } from './answer.ts'
import { fromTo } from './difference.ts'
import { gainOf, type RunEvidence } from './evidence.ts'
import { detail, type Detail, type VerdictRule } from './rules.ts'
import { shotsOf, type Shots } from './shots.ts'

/** A step up of less than this buys nothing. */
const worthTaking = 0.02
/** Draws that lie further apart than this are worth a word. */
const wideSpread = 0.1

/** How many examples are worth having. The draw that is named is the first, not the luckiest. */
export function judgeShots(evidence: RunEvidence): Answer {
  const all = shotsOf(evidence)
  const answer = outcomeOf(all)
  const asked = all.filter(({ gain }) => gain !== null)
  return {
    arm: answer.use === null ? null : firstDraw(evidence, answer.use),
    headline: answer.headline,
    details: [
      detail(answer.rule, `${curveOf(all)} ${answer.sentence}`),
      ...spreadDetails(all),
      ...tokenDetails(all),
    ],
    examplesHelp: asked.length === 0 ? null : asked.some(({ gain }) => gain === 'gain'),
    documentsHelp: null,
  }
}

/** The first draw that is not really worse than no examples. */
function firstDraw({ comparisons }: RunEvidence, { arms }: Shots): string | null {
  const worse = new Set(comparisons.filter((one) => gainOf(one) === 'loss').map(({ b }) => b))
  return arms.find(({ id }) => !worse.has(id))?.id ?? null
}

interface Outcome {
  readonly use: Shots | null
  readonly headline: string
  readonly rule: VerdictRule
  readonly sentence: string
}

function outcomeOf(all: readonly Shots[]): Outcome {
  const none = all.find(({ number }) => number === 0) ?? null
  const asked = all.filter(({ gain }) => gain !== null)
  const enough = enoughOf(all)
  if (asked.some(({ gain }) => gain === 'gain') || asked.length === 0) {
    return enough === null ? nothingYet : helping(all, enough, none)
  }
  if (asked.some(({ gain }) => gain === 'unclear')) {
    return {
      use: null,
      headline: 'Too few rows to tell whether examples help.',
      rule: 'shots-unclear',
      sentence: 'No number of examples is really better than none, but some may be.',
    }
  }
  if (asked.some(({ gain }) => gain === 'loss')) {
    return {
      use: none,
      headline: 'Examples do harm here.',
      rule: 'shots-harm',
      sentence: 'With examples more rows are really wrong than without, and no number helps.',
    }
  }
  return {
    use: none,
    headline: 'Examples add nothing here, however many.',
    rule: 'shots-nothing',
    sentence: 'No number of examples gains as much as ten points over none.',
  }
}

const nothingYet: Outcome = {
  use: null,
  headline: 'Nothing was scored yet.',
  rule: 'shots-unclear',
  sentence: 'No number of examples has been tried.',
}

function helping(all: readonly Shots[], enough: Shots, none: Shots | null): Outcome {
  const raised =
    none === null || none === enough
      ? ''
      : ` ${enough.number === 1 ? 'It raises' : 'They raise'} the rows that are right ${fromTo(none.mean, enough.mean)}.`
  if (enough === all.at(-1) && all.length > 1) {
    return {
      use: enough,
      headline: `${numberOf(enough)} are the best that was tried, and more may be better.${raised}`,
      rule: 'shots-rising',
      sentence: 'The curve still rises at its end: try more examples.',
    }
  }
  return {
    use: enough,
    headline: `${numberOf(enough)} ${enough.number === 1 ? 'is' : 'are'} enough.${raised}`,
    rule: 'shots-flat',
    sentence:
      enough.number === 0
        ? 'Examples gain nothing on these rows.'
        : `More than ${count(enough.number)} gain nothing on these rows.`,
  }
}

/**
 * The fewest examples that no larger number beats by two points, nor by half of the spread of the
 * larger one's draws; none only if no number really helps.
 */
function enoughOf(all: readonly Shots[]): Shots | null {
  return (
    all.find((own, index) =>
      all.slice(index + 1).every((larger) => {
        if (own.number === 0 && larger.gain === 'gain') return false
        const apart = (larger.highest - larger.lowest) / 2
        return larger.mean - own.mean < Math.max(worthTaking, apart)
      }),
    ) ?? null
  )
}

function curveOf(all: readonly Shots[]): string {
  const steps = all.map(({ number, mean }) => `${count(number)} reach ${percent(mean)}`)
  return `${capitalised(listed(steps))}.`
}

function spreadDetails(all: readonly Shots[]): Detail[] {
  const apart = ({ highest, lowest }: Shots): number => highest - lowest
  const [widest] = [...all].sort((a, b) => apart(b) - apart(a))
  if (widest === undefined || apart(widest) < wideSpread) return []
  const range = `${percent(widest.lowest)} and ${percent(widest.highest)}`
  const sentence = `Which examples are drawn matters: with ${count(widest.number)}, the draws lie between ${range}, ${points(apart(widest))} apart.`
  return [detail('shots-spread', sentence)]
}

function tokenDetails(all: readonly Shots[]): Detail[] {
  if (all.length < 2) return []
  const costs = all.map(({ number, tokens }) => `${formatCount(tokens)} with ${count(number)}`)
  return [detail('shots-cost', `Tokens of a prompt: ${listed(costs)}.`)]
}

function numberOf({ number }: Shots): string {
  return `${capitalised(count(number))} ${number === 1 ? 'example' : 'examples'}`
}
