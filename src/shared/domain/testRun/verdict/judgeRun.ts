import { assertNever } from '../../../errors.ts'
import type { Verdict } from '../figures.ts'
import { plural } from '../../localFormat.ts'
import type { Answer } from './answer.ts'
import { costDetails } from './costs.ts'
import type { RunEvidence } from './evidence.ts'
import { formatDetails } from './formats.ts'
import { judgeChoice } from './judgeChoice.ts'
import { judgeLadder } from './judgeLadder.ts'
import { judgeModels } from './judgeModels.ts'
import { judgeOrder } from './judgeOrder.ts'
import { judgeShots } from './judgeShots.ts'
import { judgeVersions } from './judgeVersions.ts'
import { detail } from './rules.ts'
import { oneLabel } from './oneLabel.ts'
import { fewRows, reliability } from './reliability.ts'
import { remainingDetails } from './remainingDetails.ts'

/**
 * Says in plain words what a run shows: which arm to use, what examples and documents bought,
 * whether that is within the noise, what it costs and what is left. Each sentence follows a rule of
 * docs/verdicts.md.
 */
export function judgeRun(evidence: RunEvidence): Verdict {
  const figures = evidence.arms.flatMap(({ id }) => evidence.figures[id] ?? [])
  if (figures.every(({ n }) => n === 0)) {
    const sentence = 'No row has been answered yet.'
    return { arm: null, headline: sentence, details: [detail('nothing-answered', sentence)] }
  }
  if (figures.every(({ n, failed }) => n === failed)) return noneAnswered(evidence)
  if (figures.every(({ scored }) => scored === 0)) return onlyFormat(evidence)
  const found = answerTo(evidence)
  const baseline = oneLabel(evidence, found.arm)
  const overruled = baseline?.overrules === true
  // What is said of the format, the mistakes and the cost is said of the arm that is advised.
  const answer = overruled ? { ...found, arm: null } : found
  return {
    arm: answer.arm,
    headline: overruled ? baseline.detail.sentence : answer.headline,
    details: [
      ...reliability(evidence),
      ...answer.details,
      ...fewRows(evidence),
      ...(baseline === null ? [] : [baseline.detail]),
      ...formatDetails(evidence, answer.arm),
      ...remainingDetails(evidence, answer),
      ...costDetails(evidence, answer.arm),
    ],
  }
}

function answerTo(evidence: RunEvidence): Answer {
  const { plan } = evidence
  switch (plan.kind) {
    case 'ladder':
      return judgeLadder(evidence)
    case 'test':
      return judgeVersions(evidence)
    case 'shots':
      return judgeShots(evidence)
    case 'order':
      return judgeOrder(evidence)
    case 'choice':
      return judgeChoice(evidence)
    case 'models':
      return judgeModels(evidence)
    default:
      return assertNever(plan)
  }
}

/** Without a single answer nothing can be said of the arms, only why there is none. */
function noneAnswered(evidence: RunEvidence): Verdict {
  const reason = Object.values(evidence.failures)[0]
  const headline = `No row was answered.${reason === undefined ? '' : ` ${reason}`}`
  const details = [detail('none-answered', headline), ...reliability(evidence)]
  return { arm: null, headline, details }
}

function onlyFormat(evidence: RunEvidence): Verdict {
  const rows = Math.max(...Object.values(evidence.figures).map(({ n }) => n))
  const isOther = evidence.unjudged.rows.some(({ why }) => why === 'not-in-format')
  const hasNone = Object.values(evidence.figures).some(({ noPassage = 0 }) => noPassage > 0)
  const lacking = isOther
    ? 'has an expected answer in the template’s format'
    : hasNone
      ? 'has a passage'
      : 'says what is expected'
  const headline = `What is right cannot be said: none of the ${plural(rows, 'row')} ${lacking}.`
  const arm = evidence.arms[0]?.id ?? null
  return {
    arm: null,
    headline,
    details: [
      ...reliability(evidence),
      detail('nothing-scored', 'Only the format of the replies was checked.'),
      ...formatDetails(evidence, arm),
      ...costDetails(evidence, arm),
    ],
  }
}
