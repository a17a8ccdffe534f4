import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import type { FollowedTemplate } from '../../../../../shared/domain/conversation.ts'
import { repairWords } from '../../../../../shared/domain/template/repairWords.ts'
import { problemInWords } from '../../../../../shared/domain/template/replyPlace.ts'
import type { ReplyCheck } from '../../../../../shared/domain/template/replyCheck.ts'
import './ReplyVerdict.css'

/** Whether a reply is in the format, in a word; repairs and errors in sentences. */
export function ReplyVerdict({ template }: { readonly template: FollowedTemplate }) {
  const { check } = template
  if (check === null) return null
  return (
    <div className="pk-reply-verdict">
      <Verdict check={check} />
      {(check.repairs.length > 0 || check.problems.length > 0) && (
        <ul className="pk-reply-notes">
          {check.repairs.map((repair) => (
            <li key={repair}>Forgiven: {repairWords[repair]}.</li>
          ))}
          {check.problems.map(problemInWords).map((sentence, index) => (
            <li key={index} className="is-bad">
              {sentence}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Verdict({ check: { parseable, inDomain, repairs } }: { readonly check: ReplyCheck }) {
  if (!parseable) {
    return (
      <span className="pk-reply-word is-bad" title="Not parseable">
        <CircleX aria-hidden /> Not in the form
      </span>
    )
  }
  if (!inDomain) {
    return (
      <span className="pk-reply-word is-bad" title="Parseable, but not in the domain">
        <CircleX aria-hidden /> Outside the format
      </span>
    )
  }
  if (repairs.length > 0) {
    return (
      <span className="pk-reply-word is-warn" title="Parseable after repair, in the domain">
        <TriangleAlert aria-hidden /> Valid after repair
      </span>
    )
  }
  return (
    <span className="pk-reply-word is-good" title="Parseable and in the domain">
      <CircleCheck aria-hidden /> Valid format
    </span>
  )
}
