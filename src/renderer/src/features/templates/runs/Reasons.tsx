import { judgementReasons } from '../../../../../shared/domain/template/judgementReasons.ts'
import type { ReplyScore } from '../../../../../shared/domain/template/replyCheck.ts'
import { Mark } from './Mark.tsx'
import './Reasons.css'

/** By which rules an answer is right or wrong, a line a field, and what isn't judged. */
export function Reasons({
  score,
  notJudged,
}: {
  readonly score: ReplyScore | null
  readonly notJudged: string | undefined
}) {
  const reasons = judgementReasons(score)
  if (reasons.length === 0 && notJudged === undefined) return null
  return (
    <ul className="run-reasons" aria-label="Why it is right or wrong">
      {reasons.map(({ field, correct, sentence }) => (
        <li key={field}>
          <Mark words="Right" yes={correct} /> {sentence}
        </li>
      ))}
      {notJudged !== undefined && <li>{notJudged}</li>}
    </ul>
  )
}
