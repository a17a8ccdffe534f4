import { readExpected } from './expected.ts'
import { acceptedValues, type ExpectedValue } from './expectedValue.ts'
import { answerField, judgedFields } from './judgedFields.ts'
import { judgementWords as words } from './judgementWords.ts'
import { judgeSupport } from './judgeSupport.ts'
import type { Judgement } from './judgeValue.ts'
import type { SupportMeasure } from './measure.ts'
import type { OutputFormat } from './outputFormat.ts'
import { passagesOfRow, type PassageText } from './passagesOfRow.ts'
import type { RawExpected } from './rawExpected.ts'
import type { ReplyCheck, ReplyScore } from './replyCheck.ts'
import { givenIn, scoreReply, type Given } from './scoreReply.ts'
import type { InputValues } from './template.ts'

/** What the reply to a row is judged by. */
export interface JudgedRow {
  readonly expected: RawExpected | null
  readonly values: InputValues
  /** The passages of the library in its prompt; null: not known, since no answer came about. */
  readonly passages: readonly PassageText[] | null
}

export interface RowScore {
  /** null if nothing of it can be judged. */
  readonly score: ReplyScore | null
  /** What isn't judged for want of a passage, in sentences; missing if nothing. */
  readonly notJudged?: string
}

/**
 * Scores the reply to a row: against what is expected of it, and by the passages that have to support it.
 * Expected answers that don't fit the format leave the whole row unjudged.
 */
export function scoreRow(format: OutputFormat, check: ReplyCheck, row: JudgedRow): RowScore {
  const { expected, problem } =
    row.expected === null ? { expected: null, problem: null } : readExpected(format, row.expected)
  if (problem !== null) return { score: null }
  const compared = expected === null ? {} : scoreReply(format, check, expected).fields
  const { fields: supported, notJudged } = scoreSupport(format, check, row, expected)
  const fields = { ...compared, ...supported }
  const all = Object.values(fields)
  const exactMatch = check.inDomain && all.every(({ correct }) => correct)
  return {
    score: all.length === 0 ? null : { exactMatch, fields },
    ...(notJudged.length === 0 ? {} : { notJudged: notJudged.join(' ') }),
  }
}

function scoreSupport(
  format: OutputFormat,
  check: ReplyCheck,
  row: JudgedRow,
  expected: ReadonlyMap<string, ExpectedValue> | null,
): { readonly fields: ReplyScore['fields']; readonly notJudged: readonly string[] } {
  const fields: Record<string, ReplyScore['fields'][string]> = {}
  const notJudged: string[] = []
  for (const { name, measure } of judgedFields(format)) {
    if (measure.kind !== 'supported') continue
    const judgement = judged(measure, row, givenIn(check, name), expected?.get(name))
    if (judgement === null) notJudged.push(words.noPassage(name === answerField ? null : name))
    else fields[name] = { ...judgement, tokenF1: null, classes: null }
  }
  return { fields, notJudged }
}

/** A field that is left out claims nothing, so it is right unless something is expected of it. */
function judged(
  measure: SupportMeasure,
  { values, passages }: JudgedRow,
  given: Given,
  wanted: ExpectedValue | undefined,
): Judgement | null {
  const texts = passagesOfRow(measure, values, passages ?? [])
  if (texts.length === 0 && passages !== null) return null
  if (given.kind === 'not-in-domain') return supportOf(given, texts)
  const accepted = wanted === undefined || wanted.kind === 'items' ? null : acceptedValues(wanted)
  if (given.kind === 'left-out') {
    return accepted === null || accepted.length === 0
      ? { correct: true, why: words.claimsNothing }
      : { correct: false, why: words.leftOut }
  }
  if (accepted?.length === 0) return { correct: false, why: words.notLeftOut }
  return supportOf(given, texts)
}

/** Of a field in a list of objects, what each item claims has to be supported. */
function supportOf(given: Given, texts: readonly PassageText[]): Judgement {
  switch (given.kind) {
    case 'not-in-domain':
      return { correct: false, why: words.notInFormat }
    case 'left-out':
      return { correct: true, why: words.claimsNothing }
    case 'value':
      return judgeSupport(String(given.value), texts)
    case 'items': {
      const judgements = given.items.map((one) => supportOf(one, texts))
      const wrong = judgements.findIndex(({ correct }) => !correct)
      return wrong === -1
        ? { correct: true, why: words.everyItem(judgements.length) }
        : { correct: false, why: words.item(wrong, judgements[wrong]?.why ?? '') }
    }
  }
}
