import { Image } from 'lucide-react'
import { modelNames, type RunSummary } from '../../../../../shared/domain/testRun/run.ts'
import { verdictGroups } from '../../../../../shared/domain/testRun/verdictGroups.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatDate, plural } from '../../../ui/format.ts'
import { saveFile } from '../../../ui/saveFile.ts'
import type { RunFigures } from '../runs/testBench.ts'
import { ArmTable, type ArmTableProps } from '../runs/ArmTable.tsx'
import type { OpenTemplateProps } from '../templateView.ts'
import { ArmReplies } from './ArmReplies.tsx'
import { ladderPicture } from './ladderPicture.ts'
import type { LadderKind } from './planOf.ts'
import { ShotCurve } from './ShotCurve.tsx'
import { isActiveRun } from '../runs/isActiveRun.ts'
import { VerdictView } from '../runs/VerdictView.tsx'
import './LadderResults.css'

export interface LadderResultsProps extends Pick<OpenTemplateProps, 'api' | 'open' | 'templates'> {
  readonly kind: LadderKind
  readonly run: RunSummary
  /** undefined until loaded. */
  readonly figures: RunFigures | undefined
  readonly counts: ArmTableProps['counts']
}

/** The verdict, then the intervals that it is based on, then the costs. */
export function LadderResults(props: LadderResultsProps) {
  const { kind, run, figures, counts } = props
  const { record } = run
  if (figures === undefined) return <div className="run-scroll" aria-busy />
  const facts = [
    plural(record.rowCount, 'test row'),
    modelNames(record),
    `temperature ${String(record.decoding.temperature)}`,
    formatDate(record.startedAt),
  ].join(', ')
  return (
    <div className="run-scroll" tabIndex={0} role="region" aria-label="Results">
      <VerdictView
        verdict={figures.verdict}
        comparisons={figures.comparisons}
        running={isActiveRun(run)}
      />
      <p className="run-facts dim num">{facts}</p>
      {kind === 'shots' && <ShotCurve arms={record.arms} figures={figures.arms} />}
      <ArmTable
        arms={record.arms}
        figures={figures.arms}
        best={figures.verdict.arm}
        counts={counts}
      />
      <div className="run-asides">
        {verdictGroups(figures.verdict).groups.map(({ title, sentences }) => (
          <section key={title}>
            <h3>{title}</h3>
            <p>{sentences.join(' ')}</p>
          </section>
        ))}
      </div>
      <div className="run-below">
        <Button
          variant="quiet"
          icon={<Image />}
          onClick={() =>
            saveFile({
              name: 'ladder.svg',
              content: ladderPicture(record.arms, figures),
              type: 'image/svg+xml',
            })
          }
        >
          Save as a picture
        </Button>
      </div>
      {!isActiveRun(run) && <ArmReplies {...props} figures={figures} />}
    </div>
  )
}
