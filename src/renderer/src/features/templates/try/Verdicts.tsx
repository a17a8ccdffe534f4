import { CircleCheck, CircleMinus, CircleX, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { repairWords } from '../../../../../shared/domain/template/repairWords.ts'
import { problemInWords } from '../../../../../shared/domain/template/replyPlace.ts'
import type { ReplyCheck, ReplyScore } from '../../../../../shared/domain/template/replyCheck.ts'
import { verdictWords, type VerdictShape } from './verdictWords.ts'
import './Verdicts.css'

/** The three judgements of a reply, each with a word and a shape. */
export function Verdicts({
  check,
  score,
}: {
  readonly check: ReplyCheck
  readonly score: ReplyScore | null
}) {
  return (
    <ul className="tpl-verdicts" aria-label="Verdicts">
      {verdictWords(check, score).map(({ shape, words, term }) => (
        <li key={term} className={`tpl-verdict is-${shape}`} title={term}>
          {shapes[shape]}
          {words}
        </li>
      ))}
    </ul>
  )
}

const shapes: Readonly<Record<VerdictShape, ReactNode>> = {
  yes: <CircleCheck aria-hidden />,
  almost: <TriangleAlert aria-hidden />,
  no: <CircleX aria-hidden />,
  unknown: <CircleMinus aria-hidden />,
}

/** Repairs and errors of a reply, in sentences. */
export function CheckNotes({ check }: { readonly check: ReplyCheck }) {
  if (check.repairs.length === 0 && check.problems.length === 0) return null
  return (
    <ul className="tpl-check-notes">
      {check.repairs.map((repair) => (
        <li key={repair} className="dim">
          Forgiven: {repairWords[repair]}.
        </li>
      ))}
      {check.problems.map(problemInWords).map((sentence, index) => (
        <li key={index} className="is-bad">
          {sentence}
        </li>
      ))}
    </ul>
  )
}
