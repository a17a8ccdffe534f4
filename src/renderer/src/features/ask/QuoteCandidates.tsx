import type { Answer, QuoteCandidate } from '../../../../shared/domain/conversation.ts'
import { classNames } from '../../ui/classNames.ts'
import { Tag } from '../../ui/Chip.tsx'
import './inspectorParts.css'
import './QuoteCandidates.css'

/** The candidates of a quoted answer: the chosen ones first, then by probability. */
export function QuoteCandidates({ answer }: { readonly answer: Answer }) {
  const chosen = chosenLines(answer)
  const ordered = [...answer.candidates].sort(
    (a, b) =>
      Number(chosen.has(b.text)) - Number(chosen.has(a.text)) || b.probability - a.probability,
  )
  return (
    <section className="pk-candidates">
      <h3 className="pk-inspector-heading">What the model could choose from</h3>
      <p className="faint">
        How likely the model alone thinks each line. The choice also weighs how well the line
        matches the question.
      </p>
      <ol>
        {ordered.map((candidate) => (
          <Candidate
            key={candidate.text}
            candidate={candidate}
            isChosen={chosen.has(candidate.text)}
          />
        ))}
      </ol>
    </section>
  )
}

function Candidate({
  candidate: { text, probability },
  isChosen,
}: {
  readonly candidate: QuoteCandidate
  readonly isChosen: boolean
}) {
  const percent = Math.round(probability * 100)
  return (
    <li className={classNames(isChosen && 'is-chosen')}>
      <span className="pk-candidate-text">{text}</span>
      <span className="pk-candidate-figure">
        {isChosen && <Tag tone="plain">chosen</Tag>}
        <span className="num">
          {percent === 0 && probability > 0 ? '< 1 %' : `${String(percent)} %`}
        </span>
      </span>
      <span className="pk-evidence">
        <span className="pk-evidence-bar" style={{ width: `${String(percent)}%` }} />
      </span>
    </li>
  )
}

/** A refusal has no sentences: its line is the answer's text. */
function chosenLines({ sentences, text }: Answer): ReadonlySet<string> {
  return new Set(sentences.length === 0 ? [text] : sentences.map((sentence) => sentence.text))
}
