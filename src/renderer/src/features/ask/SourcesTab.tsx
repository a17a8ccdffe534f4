import { formatDecimal } from '../../ui/format.ts'
import type { Answer, Citation, Source } from '../../../../shared/domain/conversation.ts'
import { isNumberedPlace, placeOf } from '../../../../shared/domain/documentPlace.ts'
import { Tag } from '../../ui/Chip.tsx'
import { classNames } from '../../ui/classNames.ts'
import { NumberBadge } from './CitationMark.tsx'
import './inspectorParts.css'
import './SourcesTab.css'

export interface SourcesTabProps {
  readonly sources: readonly Source[]
  readonly evidence: Answer['evidence']
  /** Numbers of the cited sources. */
  readonly cited: ReadonlySet<number>
  /** The best sentence of each source, in the same order. */
  readonly places: readonly Citation[]
  /** Whether some of them were in a model's prompt. */
  readonly read: boolean
  readonly onOpen: (index: number) => void
}

/** The found sources with their scores, which show whether the search or the model failed. */
export function SourcesTab(props: SourcesTabProps) {
  const { sources, evidence, cited, places, read, onOpen } = props
  if (sources.length === 0) {
    return <p className="pk-inspector-note">Nothing was searched for this answer.</p>
  }
  return (
    <div className="pk-inspector-scroll" tabIndex={0} role="region" aria-label="Sources">
      <p className="pk-inspector-note">
        What the search found, best first. The bar is the evidence for this question
        {evidence !== null && '; short of the red line nothing is answered'}.
      </p>
      <ol className="pk-sources">
        {sources.map((source, index) => (
          <li key={source.chunk}>
            <button
              type="button"
              className={classNames('pk-source', read && !source.inPrompt && 'is-unused')}
              onClick={() => onOpen(index)}
            >
              <span className="row">
                <NumberBadge number={source.number} />
                <span className="grow cut pk-source-name">{source.name}</span>
                {cited.has(source.number) && <Tag>cited</Tag>}
                <span className="faint num">{pageOf(source)}</span>
              </span>
              {headingOf(source) !== '' && (
                <span className="pk-source-heading cut">{headingOf(source)}</span>
              )}
              <span className="pk-source-text">{places[index]?.quote ?? source.text}</span>
              <EvidenceBar
                evidence={source.scores.evidence}
                threshold={evidence?.threshold ?? null}
              />
              <span className="pk-source-scores num">{scoresOf(source, read)}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** `page 3`; headings are on a separate line. */
function pageOf(source: Source): string {
  return isNumberedPlace(source) ? placeOf(source) : ''
}

/** The headings at the start of the passage and at its best sentence. */
function headingOf(source: Source): string {
  const { heading } = source
  const place = placeOf(source)
  if (isNumberedPlace(source) || place === '' || heading.endsWith(place)) return heading
  return heading === '' ? place : `${heading} › ${place}`
}

function EvidenceBar({
  evidence,
  threshold,
}: {
  readonly evidence: number
  readonly threshold: number | null
}) {
  return (
    <span className="pk-evidence">
      <span className="pk-evidence-bar" style={{ width: percent(evidence) }} />
      {threshold !== null && (
        <span className="pk-evidence-line" style={{ left: percent(threshold) }} />
      )}
    </span>
  )
}

function percent(share: number): string {
  return `${String(Math.round(Math.min(1, Math.max(0, share)) * 100))}%`
}

function scoresOf({ scores, inPrompt }: Source, read: boolean): string {
  const parts = [`evidence ${percent(scores.evidence).replace('%', ' %')}`]
  if (scores.fullText !== null) parts.push(`words ${formatDecimal(scores.fullText, 2)}`)
  if (scores.cosine !== null) parts.push(`meaning ${formatDecimal(scores.cosine, 2)}`)
  parts.push(`rank ${formatDecimal(scores.fused, 2)}`)
  if (read && !inPrompt) parts.unshift('not read')
  return parts.join(' · ')
}
