import { BookOpen, Plus } from 'lucide-react'
import { memo, useState } from 'react'
import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'
import { writeValue } from '../../../../../shared/domain/template/writeValue.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount, formatDuration, plural } from '../../../ui/format.ts'
import { replySpans } from '../../../../../shared/domain/template/replySpans.ts'
import type { TryAnswer, TryResult, TryRow } from './tryStore.ts'
import { CheckNotes, Verdicts } from './Verdicts.tsx'
import { Reasons } from '../runs/Reasons.tsx'
import './TryResultCard.css'

export interface TryResultCardProps {
  readonly result: TryResult
  /** Its name if there are several; null for a single one. */
  readonly name: string | null
  /** Whether it is being written. */
  readonly busy: boolean
  readonly format: OutputFormat
  readonly onAddExample: (row: TryRow, output: string) => void
}

/** A reply, during and after writing, with its judgements. */
export const TryResultCard = memo(function TryResultCard(props: TryResultCardProps) {
  const { result, name, busy, format, onAddExample } = props
  const { row, text, answer, problem } = result
  const [details, setDetails] = useState(false)
  // What passages support needs no expected answer.
  const showsExpected = answer?.score?.exactMatch === false && row.expected !== ''
  return (
    <article className="tpl-result" aria-busy={busy} aria-label={name ?? 'Answer'}>
      {name !== null && (
        <header className="tpl-result-head">
          <span className="faint num">{name}</span>
          <span className="dim cut">{Object.values(row.values).join(' · ')}</span>
        </header>
      )}
      {problem !== null ? (
        <p className="tpl-result-failed">{problem}</p>
      ) : (
        <Reply text={text} answer={answer} busy={busy} />
      )}
      {answer !== null && (
        <>
          <Verdicts check={answer.check} score={answer.score} />
          {answer.stop === 'length' && (
            <p className="dim">It was cut off: the longest answer is reached.</p>
          )}
          <CheckNotes check={answer.check} />
          <Reasons score={answer.score} notJudged={answer.notJudged} />
          {showsExpected && (
            <p className="dim">
              Expected: <span className="mono">{row.expected}</span>
            </p>
          )}
          <div className="tpl-result-actions">
            <Button
              variant="quiet"
              icon={<Plus />}
              onClick={() => onAddExample(row, cleanOutput(format, answer))}
            >
              Add as an example
            </Button>
            {showsExpected && (
              <Button
                variant="quiet"
                icon={<Plus />}
                onClick={() => onAddExample(row, row.expected)}
              >
                Add with the expected answer
              </Button>
            )}
            <span className="grow" />
            <Button variant="quiet" aria-expanded={details} onClick={() => setDetails(!details)}>
              {formatDuration(answer.ms)}, details
            </Button>
          </div>
          {details && <Details answer={answer} />}
        </>
      )}
      {answer !== null && answer.sources.length > 0 && <Sources sources={answer.sources} />}
    </article>
  )
})

/** The reply in the clean form of an example, without repaired deviations. */
function cleanOutput(format: OutputFormat, { reply, check }: TryAnswer): string {
  return check.value === null ? reply.trim() : writeValue(format, check.value)
}

function Reply({
  text,
  answer,
  busy,
}: {
  readonly text: string
  readonly answer: TryAnswer | null
  readonly busy: boolean
}) {
  const spans = replySpans(text, answer?.check.problems ?? [])
  return (
    <pre className="tpl-reply" aria-busy={busy}>
      {spans.map(({ text: piece, problem }, index) =>
        problem === null ? (
          <span key={index}>{piece}</span>
        ) : (
          <mark key={index} className="tpl-reply-wrong" title={problem}>
            {piece}
          </mark>
        ),
      )}
      {text === '' && !busy && <span className="faint">Nothing was written.</span>}
    </pre>
  )
}

function Details({ answer }: { readonly answer: TryAnswer }) {
  const { tokens, ms, probabilities } = answer
  const rows: readonly (readonly [string, string])[] = [
    ['Time', formatDuration(ms)],
    [
      'Tokens read',
      `${formatCount(tokens.prompt)}, of which ${formatCount(tokens.reused)} were still in memory`,
    ],
    ['Tokens written', formatCount(tokens.generated)],
    ...Object.entries(probabilities ?? {})
      .sort((left, right) => right[1] - left[1])
      .slice(0, 8)
      .map(([label, share]) => [label, `${String(Math.round(share * 1000) / 10)} %`] as const),
  ]
  return (
    <dl className="tpl-details">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Sources({ sources }: Pick<TryAnswer, 'sources'>) {
  return (
    <details className="tpl-result-sources">
      <summary>
        <BookOpen aria-hidden />
        {plural(sources.length, 'passage')} in the prompt
      </summary>
      <ol>
        {sources.map(({ number, title, text }) => (
          <li key={number}>
            <strong>
              [{number}] {title}
            </strong>
            <p className="dim">{text}</p>
          </li>
        ))}
      </ol>
    </details>
  )
}
