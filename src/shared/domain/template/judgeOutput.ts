import { checkReply } from './checkReply.ts'
import { readExpected } from './expected.ts'
import type { OutputFormat } from './outputFormat.ts'
import type { RawExpected } from './rawExpected.ts'
import { problemInWords } from './replyPlace.ts'
import { scoreReply } from './scoreReply.ts'

/** A judgement in the form that promptfoo reads. */
interface OutputJudgement {
  readonly pass: boolean
  readonly score: 0 | 1
  readonly reason: string
}

/**
 * Judges an output outside of Penknife as a run does. Bundled into what is exported
 * (`scripts/bundledText.mjs`), so that an assertion and a run can't differ.
 *
 * @param output any value: some tools parse JSON before they hand it on.
 * @param expected null: only the format is judged.
 * @param field null: all that is expected.
 */
export function judgeOutput(
  format: OutputFormat,
  output: unknown,
  expected: RawExpected | null,
  field: string | null,
): OutputJudgement {
  const check = checkReply(format, typeof output === 'string' ? output : JSON.stringify(output))
  const reason = check.problems.map(problemInWords).join(' ')
  const wanted = expected === null ? null : readExpected(format, expected).expected
  if (wanted === null) return judgement(check.inDomain, reason)
  const score = scoreReply(format, check, wanted)
  if (field === null) return judgement(score.exactMatch, reason)
  const own = Object.hasOwn(score.fields, field) ? score.fields[field] : undefined
  return judgement(own?.correct === true, own?.why ?? reason)
}

function judgement(pass: boolean, reason: string): OutputJudgement {
  return { pass, score: pass ? 1 : 0, reason: reason === '' ? 'As expected.' : reason }
}

/** An answer without fields as Penknife reads it: without thoughts, a label in the format's letters. */
export function readOutput(format: OutputFormat, output: unknown): string {
  const { value } = checkReply(format, String(output))
  return typeof value === 'string' ? value : String(output)
}
