import { Copy } from 'lucide-react'
import type { Answer, TokenBudget } from '../../../../shared/domain/conversation.ts'
import { Button } from '../../ui/Button.tsx'
import { formatCount, formatDuration } from '../../ui/format.ts'
import { showToast } from '../../ui/toasts.ts'

/** What the model read, what that cost, and what it weighed. */
export function PromptTab({ answer }: { readonly answer: Answer | null }) {
  if (answer === null) {
    return <p className="pk-inspector-note">The prompt shows here when the answer is done.</p>
  }
  return (
    <div className="pk-inspector-scroll" tabIndex={0} role="region" aria-label="Prompt">
      {answer.budget !== null && <Budget budget={answer.budget} />}
      <Measures answer={answer} />
      {answer.candidates.length > 0 && <Candidates candidates={answer.candidates} />}
      {answer.prompt === null ? (
        <p className="pk-inspector-note">No model was asked, so there was no prompt.</p>
      ) : (
        <section className="pk-prompt">
          <div className="row">
            <h3 className="pk-inspector-heading grow">The prompt, exactly</h3>
            <Button
              variant="quiet"
              icon={<Copy />}
              onClick={() => {
                navigator.clipboard.writeText(answer.prompt ?? '').then(
                  () => showToast('Copied.'),
                  () => showToast('The prompt could not be copied.', { tone: 'bad' }),
                )
              }}
            >
              Copy
            </Button>
          </div>
          <pre className="pk-prompt-text">{answer.prompt}</pre>
        </section>
      )}
    </div>
  )
}

const parts = [
  { key: 'system', name: 'instruction' },
  { key: 'history', name: 'conversation' },
  { key: 'sources', name: 'sources' },
  { key: 'keySentences', name: 'key sentences' },
  { key: 'question', name: 'question' },
  { key: 'reserve', name: 'kept for the answer' },
] as const satisfies readonly { key: keyof TokenBudget; name: string }[]

function Budget({ budget }: { readonly budget: TokenBudget }) {
  const used = parts.reduce((sum, part) => sum + budget[part.key], 0)
  return (
    <section className="pk-budget">
      <div className="row">
        <h3 className="pk-inspector-heading grow">Where the room went</h3>
        <span className="faint num">
          {formatCount(used)} of {formatCount(budget.context)} tokens
        </span>
      </div>
      <div className="pk-budget-bar" aria-hidden>
        {parts.map((part, index) => (
          <span
            key={part.key}
            className={`pk-budget-part is-${String(index + 1)}`}
            style={{ width: `${String((budget[part.key] / budget.context) * 100)}%` }}
          />
        ))}
      </div>
      <ul className="pk-budget-legend">
        {parts.map((part, index) => (
          <li key={part.key}>
            <i aria-hidden className={`pk-budget-part is-${String(index + 1)}`} />
            {part.name} <span className="num">{formatCount(budget[part.key])}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Measures({ answer }: { readonly answer: Answer }) {
  const { timings, tokens } = answer
  const rows: readonly (readonly [string, string])[] = [
    ['Model', answer.model ?? 'none'],
    ['Search', formatDuration(timings.searchMs)],
    ...(timings.firstTokenMs === null
      ? []
      : [['First word after', formatDuration(timings.firstTokenMs)] as const]),
    ['Whole answer', formatDuration(timings.totalMs)],
    ...(timings.tokensPerSecond === null
      ? []
      : [['Speed', `${timings.tokensPerSecond.toFixed(1)} tokens a second`] as const]),
    [
      'Tokens read',
      `${formatCount(tokens.prompt)}, of which ${formatCount(tokens.reused)} were still in memory`,
    ],
    ['Tokens written', formatCount(tokens.generated)],
  ]
  return (
    <dl className="pk-measures">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Candidates({ candidates }: Pick<Answer, 'candidates'>) {
  return (
    <section className="pk-candidates">
      <h3 className="pk-inspector-heading">What the model could choose from</h3>
      <ol>
        {candidates.map((candidate) => (
          <li key={candidate.text}>
            <span className="pk-candidate-text">{candidate.text}</span>
            <span className="num">{`${String(Math.round(candidate.probability * 100))} %`}</span>
            <span className="pk-evidence">
              <span
                className="pk-evidence-bar"
                style={{ width: `${String(Math.round(candidate.probability * 100))}%` }}
              />
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
