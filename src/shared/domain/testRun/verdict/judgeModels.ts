import { formatDecimal, plural } from '../../localFormat.ts'
import type { Arm } from '../arm.ts'
import { bestOf } from '../armPairs.ts'
import type { Comparison } from '../figures.ts'
import { speedOf, type Speed } from '../speed.ts'
import { inSentence } from '../words.ts'
import type { Answer } from './answer.ts'
import { differenceInWords, shareInWords } from './difference.ts'
import { isAlike, rightOf, type RunEvidence } from './evidence.ts'
import { detail, type Detail } from './rules.ts'

/** Models and settings against one another: which one to use, and how fast they are. */
export function judgeModels(evidence: RunEvidence): Answer {
  const { comparisons } = evidence
  const found = comparisons.length === 0 ? alone(evidence) : chosen(evidence)
  return {
    ...found,
    details: [...found.details, ...speedDetail(evidence)],
    examplesHelp: null,
    documentsHelp: null,
  }
}

type Found = Pick<Answer, 'arm' | 'headline' | 'details'>

function alone(evidence: RunEvidence): Found {
  const [only] = evidence.arms
  const right = only === undefined ? null : rightOf(evidence, only.id)
  const headline =
    right === null ? 'Nothing was scored yet.' : `${shareInWords(right)} of the rows are right.`
  return { arm: only?.id ?? null, headline, details: [detail('models-alone', headline)] }
}

function chosen(evidence: RunEvidence): Found {
  const { comparisons } = evidence
  const details = detailsOf(evidence)
  const best = bestArm(evidence)
  const right = best === null ? null : rightOf(evidence, best.id)
  if (best !== null && right !== null) {
    return {
      arm: best.id,
      headline: `Use ${inSentence(best.name)}: ${shareInWords(right)} of the rows are right.`,
      details,
    }
  }
  if (!comparisons.every(isAlike)) {
    const headline = 'Too few rows to tell which model or setting is better.'
    return { arm: null, headline, details }
  }
  const fastest = bySpeed(evidence)[0]?.arm ?? null
  const headline = `No model or setting is better than another${fastest === null ? '' : `. The fastest is ${inSentence(fastest.name)}`}.`
  return { arm: fastest?.id ?? null, headline, details }
}

/** The best of those that are not really worse than another; null where none is really better. */
function bestArm(evidence: RunEvidence): Arm | null {
  const real = evidence.comparisons.filter((one) => one.real)
  if (real.length === 0) return null
  const losers = new Set(real.map(({ a, b, difference }) => (difference.value > 0 ? a : b)))
  const left = evidence.arms.filter(({ id }) => !losers.has(id))
  return bestOf(left, (id) => rightOf(evidence, id)?.value ?? null)
}

/** What is real, a sentence each; the rest in one sentence each for what is alike and unclear. */
function detailsOf({ arms, comparisons }: RunEvidence): readonly Detail[] {
  const name = (id: string): string => arms.find((arm) => arm.id === id)?.name ?? id
  const rest = comparisons.filter(({ real }) => !real)
  const alike = pairsInWords(rest.filter(isAlike), name)
  const unclear = pairsInWords(
    rest.filter((one) => !isAlike(one)),
    name,
  )
  return [
    ...comparisons.filter(({ real }) => real).map((one) => realDetail(one, name)),
    ...(alike === '' ? [] : [detail('models-same', `Less than ten points apart: ${alike}.`)]),
    ...(unclear === ''
      ? []
      : [detail('models-unclear', `The rows cannot decide between ${unclear}.`)]),
  ]
}

/** Pairs that a sentence names; of more the number is said. */
const mostNamed = 3

/** `A and B; A and C`; empty for none. */
function pairsInWords(pairs: readonly Comparison[], name: (id: string) => string): string {
  if (pairs.length > mostNamed) return `the two of ${plural(pairs.length, 'pair')}`
  return pairs.map(({ a, b }) => `${inSentence(name(a))} and ${inSentence(name(b))}`).join('; ')
}

function realDetail(one: Comparison, name: (id: string) => string): Detail {
  const counts = differenceInWords(one)
  return one.difference.value > 0
    ? detail(
        'models-better',
        `${name(one.b)} is better than ${inSentence(name(one.a))}: ${counts}.`,
      )
    : detail('models-worse', `${name(one.b)} is worse than ${inSentence(name(one.a))}: ${counts}.`)
}

interface Timed {
  readonly arm: Arm
  readonly speed: Speed
}

/** Fastest first. */
function bySpeed({ arms, figures }: RunEvidence): readonly Timed[] {
  const timed = arms.flatMap((arm): readonly Timed[] => {
    const own = figures[arm.id]
    const speed = own === undefined ? null : speedOf(own)
    return speed === null ? [] : [{ arm, speed }]
  })
  return timed.sort((a, b) => b.speed.rowsPerMinute - a.speed.rowsPerMinute)
}

function speedDetail(evidence: RunEvidence): readonly Detail[] {
  const all = bySpeed(evidence)
  const [fastest] = all
  const slowest = all.at(-1)
  if (fastest === undefined || slowest === undefined || fastest === slowest) return []
  const pace = ({ speed }: Timed): string =>
    `${formatDecimal(speed.rowsPerMinute, 0)} rows a minute`
  const sentence = `The fastest is ${inSentence(fastest.arm.name)} with ${pace(fastest)}, the slowest ${inSentence(slowest.arm.name)} with ${pace(slowest)}.`
  return [detail('models-speed', sentence)]
}
