import { FolderSearch } from 'lucide-react'
import { otherLanguageInWords } from '../../../../shared/domain/language/otherLanguageInWords.ts'
import type { Answer, Citation } from '../../../../shared/domain/conversation.ts'
import { Button } from '../../ui/Button.tsx'
import { formatCount } from '../../ui/format.ts'
import { NumberBadge } from './CitationMark.tsx'
import './AnswerText.css'
import './NotFound.css'

export interface NotFoundProps {
  readonly answer: Answer
  /** The best sentence of each source, in the order of the sources. */
  readonly passages: readonly Citation[]
  /** What was searched, in words: "HR handbook", "your documents". */
  readonly scopeName: string
  /** Number of all documents; null if all were searched. */
  readonly allDocuments: number | null
  readonly busy: boolean
  readonly onOpen: (index: number) => void
  readonly onSearchAll: () => void
  readonly onAnswerAnyway: () => void
  readonly onAnswerWithout: () => void
}

const closest = 3

/** Says that nothing was found, shows the closest passages, and offers a wider search. */
export function NotFound(props: NotFoundProps) {
  const { answer, passages, allDocuments, busy } = props
  const shown = passages.slice(0, closest)
  return (
    <div>
      <div className="pk-answer">
        <p>
          <b>I could not find this in your documents.</b> {whyNot(answer, props.scopeName)}
        </p>
      </div>
      {shown.length > 0 && (
        <>
          <h3 className="pk-notfound-title">Closest passages</h3>
          <ul className="pk-notfound-list">
            {shown.map((passage, index) => (
              <li key={passage.chunk}>
                <button
                  type="button"
                  className="pk-notfound-passage"
                  onClick={() => props.onOpen(index)}
                >
                  <NumberBadge number={passage.number} />
                  <span className="grow cut">{passage.quote}</span>
                  <span className="faint cut pk-notfound-name">{passage.name}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="pk-notfound-actions">
        {allDocuments !== null && (
          <Button icon={<FolderSearch />} disabled={busy} onClick={props.onSearchAll}>
            {allDocuments === 1
              ? 'Search the whole library'
              : `Search all ${formatCount(allDocuments)} documents`}
          </Button>
        )}
        {shown.length > 0 && (
          <Button variant="quiet" disabled={busy} onClick={props.onAnswerAnyway}>
            Answer from these all the same
          </Button>
        )}
        <Button variant="quiet" disabled={busy} onClick={props.onAnswerWithout}>
          Answer without documents
        </Button>
      </div>
    </div>
  )
}

function whyNot({ evidence, sources }: Answer, scopeName: string): string {
  const otherLanguage = evidence?.otherLanguage ?? null
  if (otherLanguage !== null) return otherLanguageInWords(otherLanguage)
  return sources.length === 0
    ? `Nothing in ${scopeName} resembles the question.`
    : `Nothing in ${scopeName} answers it well enough.`
}
