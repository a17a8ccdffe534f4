import { Play, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { enabledExamples } from '../../../../shared/domain/template/template.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SegmentedControl } from '../../ui/Switch.tsx'
import { LadderOptionsMenu } from './ladder/LadderOptionsMenu.tsx'
import {
  ladderKinds,
  ladderQuestions,
  planOf,
  type LadderKind,
  type LadderOptions,
} from './ladder/planOf.ts'
import { LadderResults } from './ladder/LadderResults.tsx'
import { ExportRunMenu } from './runs/ExportRunMenu.tsx'
import { RunProgress } from './runs/RunProgress.tsx'
import { startRun } from './runs/startRun.ts'
import { shownRun, type TestBench } from './runs/testBench.ts'
import { TestSetBar } from './runs/TestSetBar.tsx'
import { useImportRows } from './runs/useImportRows.tsx'
import { useTestBench } from './runs/useTestBench.ts'
import type { OpenTemplateProps } from './templateView.ts'
import './runs/runTab.css'
import './LadderTab.css'

/** The effect of examples and documents, measured on the user's rows. */
export function LadderTab(props: OpenTemplateProps) {
  const bench = useTestBench(props, props.open.id)
  return <OpenLadderTab {...props} bench={bench} />
}

function OpenLadderTab(props: OpenTemplateProps & { readonly bench: TestBench }) {
  const { api, open, templates, bench, passages } = props
  const state = useStore(bench.store)
  const [kind, setKind] = useState<LadderKind>('ladder')
  const [options, setOptions] = useState<LadderOptions>({ nearest: true, grammarToggled: false })
  const template = open.history.present
  const { importRows, dialog } = useImportRows({ api, bench, template, templateId: open.id })
  const examples = enabledExamples(template).length
  const run = shownRun(state, kind)
  const figures = run === undefined ? undefined : state.figures[run.record.id]
  const set = state.testSets?.find(({ id }) => id === state.testSet)
  const lacking = whatIsLacking(kind, examples, set?.rows ?? 0)

  if (state.problem !== null) {
    return <EmptyState title="The runs could not be read">{state.problem}</EmptyState>
  }
  return (
    <div className="run-tab">
      <div className="run-bar">
        <SegmentedControl
          label="What to find out"
          value={kind}
          options={ladderKinds}
          onChange={setKind}
        />
        <TestSetBar api={api} bench={bench} template={open.id} onImport={importRows} />
        <div className="run-bar-end">
          {kind === 'ladder' && <LadderOptionsMenu options={options} onChange={setOptions} />}
          {run !== undefined && <ExportRunMenu api={api} run={run.record.id} />}
          <Button
            variant="primary"
            icon={run === undefined ? <Play /> : <RotateCw />}
            disabled={lacking !== null}
            onClick={() =>
              void startRun(templates, bench, (version) => planOf(kind, version, examples, options))
            }
          >
            {run === undefined ? 'Run' : 'Run again'}
          </Button>
        </div>
      </div>
      {kind === 'ladder' && passages === 0 && (
        <p className="run-note">
          The library holds no documents yet, so the arms with documents will be the same as those
          without. Import documents first to learn what they buy.
        </p>
      )}
      {run !== undefined && <RunProgress run={run} api={api} />}
      {run === undefined ? (
        <EmptyState
          title={ladderQuestions[kind]}
          actions={
            set === undefined && (
              <Button variant="primary" onClick={importRows}>
                Import rows
              </Button>
            )
          }
        >
          {lacking ??
            'Nothing has been measured yet. One click runs it; it can be paused and stopped.'}
        </EmptyState>
      ) : (
        <LadderResults
          key={run.record.id}
          {...props}
          kind={kind}
          run={run}
          figures={figures}
          counts={{ examples, passages: template.sources.passages }}
        />
      )}
      {dialog}
    </div>
  )
}

function whatIsLacking(kind: LadderKind, examples: number, rows: number): string | null {
  if (rows === 0) return 'It needs test rows: inputs with the answers that you expect.'
  if (kind === 'ladder') return null
  const needed = kind === 'order' ? 2 : 1
  if (examples >= needed) return null
  return needed === 1 ? 'It needs an example that is on.' : 'It needs two examples that are on.'
}
