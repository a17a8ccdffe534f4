import { useState } from 'react'
import type { RunSummary } from '../../../../../shared/domain/testRun/run.ts'
import { Select } from '../../../ui/Field.tsx'
import type { OpenTemplateProps } from '../templateView.ts'
import type { RunFigures } from '../runs/testBench.ts'
import { addRowAsExample } from '../test/addRowAsExample.ts'
import { measuresOf } from '../test/measuresOf.ts'
import type { ResultFilter } from '../test/resultFilter.ts'
import { ResultsTable } from '../test/ResultsTable.tsx'
import './ArmReplies.css'

export interface ArmRepliesProps extends Pick<OpenTemplateProps, 'api' | 'open' | 'templates'> {
  readonly run: RunSummary
  readonly figures: RunFigures
}

/** The answers of each arm, so that a verdict can be checked. */
export function ArmReplies({ api, open, templates, run, figures }: ArmRepliesProps) {
  const { arms } = run.record
  const [arm, setArm] = useState(arms[0]?.id ?? '')
  const [filter, setFilter] = useState<ResultFilter>({ kind: 'all' })
  return (
    <section className="run-replies" aria-label="Answers">
      <div className="run-replies-head">
        <h3>Answers of</h3>
        <Select
          aria-label="Answers of"
          value={arm}
          options={arms.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setArm}
        />
      </div>
      <ResultsTable
        api={api}
        run={run}
        arm={arm}
        measures={measuresOf(figures.arms[arm])}
        filter={filter}
        onFilter={setFilter}
        onAddExample={(row) => addRowAsExample(templates, open.id, open.history.present, row)}
      />
    </section>
  )
}
