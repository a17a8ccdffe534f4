import { ladderArmsOf } from '../armPairs.ts'
import type { LadderArm } from '../arm.ts'
import { count } from '../words.ts'
import type { Answer } from './answer.ts'
import { fromTo, shareInWords } from './difference.ts'
import { examplesIn, rightOf, type RunEvidence } from './evidence.ts'
import { grammarDetails } from './judgeGrammar.ts'
import { judgeNearest } from './judgeNearest.ts'
import {
  gainOfStep,
  isHelpful,
  sentenceOf,
  shortGain,
  stepDetails,
  stepsOf,
} from './ladderSteps.ts'
import { isAtChance, noneRight } from './noneRight.ts'

/** Which step of the ladder to use, and what examples and documents brought. */
export function judgeLadder(evidence: RunEvidence): Answer {
  const { examples, documents } = stepsOf(evidence)
  const step = stepToUse(evidence)
  const nearest = judgeNearest(evidence)
  const none = noneRight(evidence)
  const lost = none !== null || nothingToUse(evidence, step)
  const withExamples = step === 'few-shot' || step === 'both'
  const withDocuments = step === 'retrieval' || step === 'both'
  return {
    arm: nearest.instead ?? (lost ? null : step),
    headline:
      nearest.headline ?? none?.headline ?? (lost ? chanceHeadline : headlineOf(evidence, step)),
    details: [
      ...(none === null ? [] : [none.detail]),
      ...stepDetails(examples, withDocuments),
      ...stepDetails(documents, withExamples),
      // Where no arm gets the rows right, being as good as they are is no advice.
      ...(none === null || nearest.instead !== null ? nearest.details : []),
      ...grammarDetails(evidence),
    ],
    examplesHelp: examples.alone === null && examples.onTop === null ? null : isHelpful(examples),
    documentsHelp:
      documents.alone === null && documents.onTop === null ? null : isHelpful(documents),
  }
}

/**
 * The step to use: one that is really better than the simpler ones, and none that is not. Null where
 * nothing is really better but something may well be.
 */
function stepToUse(evidence: RunEvidence): LadderArm | null {
  const { examples, documents } = stepsOf(evidence)
  const few = gainOfStep(examples.alone)
  const retrieval = gainOfStep(documents.alone)
  const bothOverFew = gainOfStep(documents.onTop)
  const bothOverRetrieval = gainOfStep(examples.onTop)
  const value = (id: LadderArm): number => rightOf(evidence, id)?.value ?? -1

  if (few === 'gain' && retrieval === 'gain') {
    if (bothOverFew === 'gain' && bothOverRetrieval === 'gain') return 'both'
    if (bothOverFew === 'gain') return 'retrieval'
    if (bothOverRetrieval === 'gain') return 'few-shot'
    return value('few-shot') >= value('retrieval') ? 'few-shot' : 'retrieval'
  }
  // Both are not to be used where one of the two alone is really better.
  if (few === 'gain') {
    if (bothOverFew !== 'gain') return 'few-shot'
    return bothOverRetrieval === 'loss' ? 'retrieval' : 'both'
  }
  if (retrieval === 'gain') {
    if (bothOverRetrieval !== 'gain') return 'retrieval'
    return bothOverFew === 'loss' ? 'few-shot' : 'both'
  }
  // Neither helps alone; together they may, unless what they beat is worse than the plain prompt.
  const beatsFew = bothOverFew === 'gain' && few !== 'loss'
  const beatsRetrieval = bothOverRetrieval === 'gain' && retrieval !== 'loss'
  const isBeaten = bothOverFew === 'loss' || bothOverRetrieval === 'loss'
  if ((beatsFew || beatsRetrieval) && !isBeaten) return 'both'

  const asked = [few, retrieval, bothOverFew, bothOverRetrieval].filter((gain) => gain !== null)
  if (asked.includes('unclear')) return null
  return simplestUnbeaten(evidence)
}

/** The first step that no other one is really better than. */
function simplestUnbeaten({ arms, comparisons }: RunEvidence): LadderArm | null {
  const steps = ladderArmsOf(arms)
  const ids = new Set<string>(steps.map(({ id }) => id))
  const beaten = new Set(
    comparisons
      .filter(({ a, b, real }) => real && ids.has(a) && ids.has(b))
      .map(({ a, b, difference }) => (difference.value > 0 ? a : b)),
  )
  return steps.find(({ id }) => !beaten.has(id))?.id ?? null
}

const chanceHeadline =
  'None of the arms gets the rows right with this model: none is certainly better than always giving the same answer.'

/** Nothing that was added helps, and without it the model may as well not look at the row. */
function nothingToUse(evidence: RunEvidence, step: LadderArm | null): boolean {
  const { examples, documents } = stepsOf(evidence)
  if (evidence.comparisons.length === 0 || step === null) return false
  return !isHelpful(examples) && !isHelpful(documents) && isAtChance(evidence)
}

function headlineOf(evidence: RunEvidence, step: LadderArm | null): string {
  const { examples, documents } = stepsOf(evidence)
  if (step === null) return tooFew(evidence)
  const [use, brought] = {
    'zero-shot': [
      'the instruction alone',
      [shortOf(examples, 'alone'), shortOf(documents, 'alone')],
    ],
    'few-shot': [
      examplesOfFewShot(evidence),
      [raised(evidence, 'they', step), shortOf(documents, 'onTop')],
    ],
    retrieval: [
      'your documents without the examples',
      [raised(evidence, 'they', step), shortOf(examples, 'onTop')],
    ],
    both: [
      `${examplesOfFewShot(evidence)} and your documents`,
      [raised(evidence, 'together they', step)],
    ],
  }[step] as [string, (string | null)[]]
  const parts = brought.filter((part) => part !== null)
  if (evidence.comparisons.length === 0) return aloneHeadline(evidence, step)
  return `Use ${use}.${parts.length === 0 ? '' : ` ${sentenceOf(parts)}`}`
}

/** What an addition brought where it was tried as wanted, or else where it was tried. */
function shortOf(
  step: ReturnType<typeof stepsOf>['examples'],
  first: 'alone' | 'onTop',
): string | null {
  const second = first === 'alone' ? 'onTop' : 'alone'
  const gain = gainOfStep(step[first]) ?? gainOfStep(step[second])
  return gain === null ? null : shortGain(step, gain)
}

function raised(evidence: RunEvidence, who: string, step: LadderArm): string | null {
  const before = rightOf(evidence, 'zero-shot')
  const after = rightOf(evidence, step)
  if (before === null || after === null || after.value <= before.value) return null
  return `${who} raise the rows that are right ${fromTo(before.value, after.value)}`
}

/** Only one arm ran. */
function aloneHeadline(evidence: RunEvidence, step: LadderArm): string {
  const right = rightOf(evidence, step)
  const name = evidence.arms.find(({ id }) => id === step)?.name ?? step
  return right === null
    ? `${name} is not scored.`
    : `${name} has ${shareInWords(right)} of the rows right.`
}

function tooFew(evidence: RunEvidence): string {
  const { examples, documents } = stepsOf(evidence)
  const parts = [shortOf(examples, 'alone'), shortOf(documents, 'alone')].filter(
    (part) => part !== null,
  )
  return `Too few rows to tell. ${sentenceOf(parts)}`
}

function examplesOfFewShot({ arms, templates }: RunEvidence): string {
  const arm = arms.find(({ id }) => id === 'few-shot' || id === 'both')
  const number = arm === undefined ? null : examplesIn(arm, templates)
  if (number === null) return 'the examples'
  return number === 1 ? 'the example' : `the ${count(number)} examples`
}
