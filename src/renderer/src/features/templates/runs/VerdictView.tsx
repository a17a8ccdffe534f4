import { Info } from 'lucide-react'
import { useState } from 'react'
import type { Comparison, Verdict } from '../../../../../shared/domain/testRun/figures.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { verdictGroups } from '../../../../../shared/domain/testRun/verdictGroups.ts'
import './VerdictView.css'

export interface VerdictViewProps {
  readonly verdict: Verdict
  readonly comparisons: readonly Comparison[]
  /**
   * Whether the run is running. Its reasons are hidden then, since they change with each answer and
   * would shift the layout.
   */
  readonly running: boolean
}

/** The result of a run in one sentence, with its reasons and the tests behind them. */
export function VerdictView({ verdict, comparisons, running }: VerdictViewProps) {
  const reasons = running
    ? ['The reasons follow when all rows are answered. What is said here can change until then.']
    : verdictGroups(verdict).reasons
  const [explained, setExplained] = useState(false)
  return (
    <section aria-label="Verdict" className="run-verdict">
      <h2>{verdict.headline}</h2>
      <ul>
        {reasons.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Button
        className="run-verdict-why"
        variant="quiet"
        icon={<Info />}
        onClick={() => setExplained(true)}
      >
        How this is decided
      </Button>
      {explained && (
        <Dialog
          open
          title="How this is decided"
          width={680}
          description="Two arms are compared on the rows that both answered: only the rows on which they differ count (McNemar’s exact test), and the more is compared at once, the stricter it gets (Holm). Intervals cover 95 %. Each sentence follows a written rule; docs/verdicts.md has them all."
          onClose={() => setExplained(false)}
          actions={
            <Button variant="primary" onClick={() => setExplained(false)}>
              Done
            </Button>
          }
        >
          <ul className="run-reasons">
            {comparisons.map(({ a, b, sentence }) => (
              <li key={`${a} ${b}`}>{sentence}</li>
            ))}
          </ul>
          <ul className="run-reasons dim">
            {verdict.details.map(({ rule, sentence }, index) => (
              <li key={`${rule} ${String(index)}`}>
                <span className="mono">{rule}</span> {sentence}
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </section>
  )
}
