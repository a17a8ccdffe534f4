import { detectableDifference } from '../../statistics/detectableDifference.ts'
import { plural } from '../../localFormat.ts'
import { notJudgedInWords, unjudgedFieldsInWords } from '../notJudged.ts'
import { listed } from '../../listed.ts'
import { inSentence, points } from '../words.ts'
import { differentMeasures } from './differentMeasures.ts'
import type { RunEvidence } from './evidence.ts'
import { detail, type Detail } from './rules.ts'

/** Differences below this are not worth more rows. */
const worthSeeing = 0.05

/** What to know before reading on. */
export function reliability(evidence: RunEvidence): Detail[] {
  const { arms, figures, rows, failures } = evidence
  const details: Detail[] = []
  const least = Math.min(...arms.map(({ id }) => figures[id]?.n ?? 0))
  if (least < rows) {
    const behind = arms.filter(({ id }) => (figures[id]?.n ?? 0) < rows)
    const names = listed(behind.map(({ name }) => inSentence(name)))
    const sentence = `Not finished: ${names} still ${behind.length === 1 ? 'has' : 'have'} rows to answer. What is said here can change.`
    details.push(detail('not-finished', sentence))
  }
  const failing = arms.filter(({ id }) => (figures[id]?.failed ?? 0) > 0)
  if (failing.length > 0) {
    const counts = failing.map(
      ({ id, name }) => `${plural(figures[id]?.failed ?? 0, 'row')} of ${inSentence(name)}`,
    )
    const reason = failing.map(({ id }) => failures[id]).find((one) => one !== undefined)
    const why = reason === undefined ? '' : ` ${reason}`
    const sentence = `No answer came about in ${listed(counts)}; they count as wrong.${why} Run the failed rows again before relying on this.`
    details.push(detail('failed-rows', sentence))
  }
  return [
    ...details,
    ...cutOffDetails(evidence),
    ...differentMeasures(evidence),
    ...unjudgedDetails(evidence),
    ...noPassageDetails(evidence),
  ]
}

/** Free text that was cut off looks whole; a format that was is said to be invalid already. */
function cutOffDetails({ arms, figures, templates }: RunEvidence): Detail[] {
  const counts = arms.flatMap(({ id, name, version }) => {
    const cut = figures[id]?.cutOff ?? 0
    const isText = templates.get(version)?.format.kind === 'text'
    return cut > 0 && isText ? [`${plural(cut, 'answer')} of ${inSentence(name)}`] : []
  })
  if (counts.length === 0) return []
  const sentence = `Cut off at the most tokens that the template allows: ${listed(counts)}. Allow more tokens, or ask for shorter answers.`
  return [detail('cut-off', sentence)]
}

/** What was asked for and is in no figure. */
function unjudgedDetails({ unjudged, notRun }: RunEvidence): Detail[] {
  const rows = notJudgedInWords(unjudged.rows)
  const fields = unjudgedFieldsInWords(unjudged.fields)
  return [
    ...notRun.map((sentence) => detail('not-run', sentence)),
    ...(rows === '' ? [] : [detail('not-judged', `${rows}. The shares are those of the rest.`)]),
    ...(fields === '' ? [] : [detail('fields-not-judged', fields)]),
  ]
}

/** An arm without documents may lack the passage that another has. */
function noPassageDetails({ arms, figures }: RunEvidence): Detail[] {
  const counts = arms.flatMap(({ id, name }) => {
    const rows = figures[id]?.noPassage ?? 0
    return rows === 0 ? [] : [`${plural(rows, 'row')} of ${inSentence(name)}`]
  })
  if (counts.length === 0) return []
  const sentence = `No passage that could support the answer: ${listed(counts)}. What it should support isn’t judged there.`
  return [detail('no-passage', sentence)]
}

/**
 * How large a difference would have to be for this number of rows to show it. Said where something
 * was compared and is within the noise.
 */
export function fewRows({ comparisons }: RunEvidence): Detail[] {
  const open = comparisons.filter(({ real }) => !real)
  if (open.length === 0) return []
  const rows = Math.max(...open.map((one) => one.rows))
  const noise = Math.max(...open.map((one) => Math.min(one.better, one.worse) / one.rows))
  const smallest = detectableDifference(rows, noise)
  if (smallest < worthSeeing) return []
  const enough = rowsFor(smallest / 2, noise)
  const sentence =
    smallest > 0.95
      ? `${plural(rows, 'row')} can show nothing: six that all go one way are the fewest that can.`
      : `With ${plural(rows, 'row')} only differences of about ${points(smallest)} or more would show; for half of that it takes about ${plural(enough, 'row')}.`
  return [detail('few-rows', sentence)]
}

/** How many rows it takes to see a difference, in round numbers. */
function rowsFor(difference: number, noise: number): number {
  let rows = 10
  while (detectableDifference(rows, noise) > difference) rows += rows < 200 ? 10 : 50
  return rows
}
