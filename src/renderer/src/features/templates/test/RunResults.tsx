import { useState } from 'react'
import type { RunSummary } from '../../../../../shared/domain/testRun/run.ts'
import type { Template } from '../../../../../shared/domain/template/template.ts'
import type { Api } from '../../../api/api.ts'
import { Field, Select } from '../../../ui/Field.tsx'
import { ArmTable } from '../runs/ArmTable.tsx'
import type { RunFigures } from '../runs/testBench.ts'
import { isActiveRun } from '../runs/isActiveRun.ts'
import { VerdictView } from '../runs/VerdictView.tsx'
import type { TemplatesStore } from '../templatesStore.ts'
import { addRowAsExample } from './addRowAsExample.ts'
import type { ResultFilter } from './resultFilter.ts'
import { measuresOf } from './measuresOf.ts'
import { ResultsTable } from './ResultsTable.tsx'
import { TestFigures } from './TestFigures.tsx'
import './RunResults.css'

export interface RunResultsProps {
  readonly api: Pick<Api, 'testRuns'>
  readonly run: RunSummary
  /** undefined until loaded. */
  readonly figures: RunFigures | undefined
  readonly templates: TemplatesStore
  /** The template in the editor, and its id. */
  readonly template: Template
  readonly templateId: string
}

/** Figures and rows of a run, one arm at a time. */
export function RunResults({
  api,
  run,
  figures,
  templates,
  template,
  templateId,
}: RunResultsProps) {
  const { arms, models } = run.record
  const [arm, setArm] = useState(arms[0]?.id ?? '')
  const [filter, setFilter] = useState<ResultFilter>({ kind: 'all' })
  const ofArm = figures?.arms[arm]

  return (
    <div className="run-results">
      {arms.length === 1 && figures !== undefined && figures.verdict.headline !== '' && (
        <p className="run-headline">{figures.verdict.headline}</p>
      )}
      {arms.length > 1 && figures !== undefined && (
        <div className="run-versions">
          <VerdictView
            verdict={figures.verdict}
            comparisons={figures.comparisons}
            running={isActiveRun(run)}
          />
          <ArmTable
            arms={arms}
            figures={figures.arms}
            best={figures.verdict.arm}
            counts={null}
            heading={models === undefined ? 'Version' : 'Setup'}
            models={models}
          />
          <div className="run-versions-choice">
            <Field label="Figures and rows of">
              {(control) => (
                <Select
                  {...control}
                  value={arm}
                  options={arms.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={setArm}
                />
              )}
            </Field>
          </div>
        </div>
      )}
      {ofArm !== undefined && <TestFigures figures={ofArm} onFilter={setFilter} />}
      <ResultsTable
        api={api}
        run={run}
        arm={arm}
        measures={measuresOf(ofArm)}
        filter={filter}
        onFilter={setFilter}
        onAddExample={(row) => addRowAsExample(templates, templateId, template, row)}
      />
    </div>
  )
}
