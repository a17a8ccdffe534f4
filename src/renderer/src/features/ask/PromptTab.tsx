import { useRef, useState } from 'react'
import type { Answer } from '../../../../shared/domain/conversation.ts'
import type { UsedSampling } from '../../../../shared/domain/sampling.ts'
import { formatCount, formatDecimal, formatDuration } from '../../ui/format.ts'
import { BudgetBar } from './BudgetBar.tsx'
import { ExactPrompt } from './ExactPrompt.tsx'
import type { BudgetPart } from './promptParts.ts'
import { QuoteCandidates } from './QuoteCandidates.tsx'
import './inspectorParts.css'
import './PromptTab.css'

/** The prompt, its token counts and timings, and the candidates of a quote. */
export function PromptTab({ answer }: { readonly answer: Answer | null }) {
  const [lit, setLit] = useState<BudgetPart | null>(null)
  const text = useRef<HTMLPreElement | null>(null)
  if (answer === null) {
    return <p className="pk-inspector-note">The prompt shows here when the answer is done.</p>
  }
  function show(part: BudgetPart): void {
    text.current?.querySelector(`[data-part="${part}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div className="pk-inspector-scroll" tabIndex={0} role="region" aria-label="Prompt">
      {answer.budget !== null && (
        <BudgetBar budget={answer.budget} lit={lit} onLight={setLit} onShow={show} />
      )}
      <Measures answer={answer} />
      {answer.candidates.length > 0 && <QuoteCandidates answer={answer} />}
      {answer.prompt === null ? (
        <p className="pk-inspector-note">No model was asked, so there was no prompt.</p>
      ) : (
        <ExactPrompt
          ref={text}
          prompt={answer.prompt}
          parts={answer.promptParts}
          lit={lit}
          onLight={setLit}
        />
      )}
    </div>
  )
}

function Measures({ answer }: { readonly answer: Answer }) {
  const { timings, tokens } = answer
  const rows: readonly (readonly [string, string])[] = [
    ['Model', answer.model ?? 'none'],
    ...(answer.sampling === null ? [] : [['Temperature', temperatureOf(answer.sampling)] as const]),
    ['Search', formatDuration(timings.searchMs)],
    ...(timings.firstTokenMs === null
      ? []
      : [['First word after', formatDuration(timings.firstTokenMs)] as const]),
    ['Whole answer', formatDuration(timings.totalMs)],
    ...(timings.tokensPerSecond === null
      ? []
      : [['Speed', `${formatDecimal(timings.tokensPerSecond, 1)} tokens a second`] as const]),
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

/** The temperature with its seed, by which the answer can be reproduced. */
function temperatureOf({ temperature, seed }: UsedSampling): string {
  return seed === null ? String(temperature) : `${String(temperature)}, seed ${String(seed)}`
}
