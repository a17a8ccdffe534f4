import { FlaskConical, Play, Scale } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Select } from '../../ui/Field.tsx'
import { formatDate } from '../../ui/format.ts'
import { SegmentedControl } from '../../ui/Switch.tsx'
import { ExportRunMenu } from './runs/ExportRunMenu.tsx'
import { RunProgress } from './runs/RunProgress.tsx'
import { startRun } from './runs/startRun.ts'
import { groupOf, shownRun, type TestBench } from './runs/testBench.ts'
import { TestSetBar } from './runs/TestSetBar.tsx'
import { useImportRows } from './runs/useImportRows.tsx'
import { useTestBench } from './runs/useTestBench.ts'
import type { OpenTemplateProps } from './templateView.ts'
import { CompareDialog } from './test/CompareDialog.tsx'
import { MethodSelect, type Method } from './test/MethodSelect.tsx'
import { RowsTable } from './test/RowsTable.tsx'
import { RunResults } from './test/RunResults.tsx'
import { VersionsMenu } from './test/VersionsMenu.tsx'
import { isChanged } from './templatesStore.ts'
import './runs/runTab.css'

/** Test rows, a run over them, and its results. */
export function TestTab(props: OpenTemplateProps) {
  const bench = useTestBench(props, props.open.id)
  return <OpenTestTab {...props} bench={bench} />
}

function OpenTestTab(props: OpenTemplateProps & { readonly bench: TestBench }) {
  const { api, open, templates, bench, installed } = props
  const state = useStore(bench.store)
  const [shows, setShows] = useState<'rows' | 'results'>('results')
  const [method, setMethod] = useState<Method>('generate')
  const [beside, setBeside] = useState<readonly number[]>([])
  const [comparing, setComparing] = useState(false)
  const template = open.history.present
  const { importRows, dialog } = useImportRows({ api, bench, template, templateId: open.id })
  // Unsaved changes are saved as a new version when tested.
  const others = open.versions.filter(({ version }) => isChanged(open) || version !== open.version)
  const chosen = beside.filter((one) => others.some(({ version }) => version === one))
  const set = state.testSets?.find(({ id }) => id === state.testSet)
  const run = shownRun(state, 'test')
  const runs = state.runs.filter((run) => groupOf(run) === 'test')

  if (state.problem !== null) {
    return <EmptyState title="The test rows could not be read">{state.problem}</EmptyState>
  }
  return (
    <div className="run-tab">
      <div className="run-bar">
        <TestSetBar api={api} bench={bench} template={open.id} onImport={importRows} />
        {runs.length > 1 && (
          <Select
            className="run-choice"
            aria-label="Run"
            value={run?.record.id ?? ''}
            options={runs.map(({ record }) => ({
              value: record.id,
              label: `${formatDate(record.startedAt)}: ${record.arms.map(({ name }) => name).join(', ')}`,
            }))}
            onChange={(id) => bench.chooseRun('test', id)}
          />
        )}
        <div className="run-bar-end">
          {others.length > 0 && (
            <VersionsMenu versions={others} chosen={chosen} onChange={setBeside} />
          )}
          <Button
            icon={<Scale />}
            disabled={set === undefined || set.rows === 0}
            onClick={() => setComparing(true)}
          >
            Compare models
          </Button>
          {template.format.kind === 'label' && <MethodSelect value={method} onChange={setMethod} />}
          {run !== undefined && set !== undefined && (
            <SegmentedControl
              label="What is shown"
              value={shows}
              options={[
                { value: 'rows', label: 'Rows' },
                { value: 'results', label: 'Results' },
              ]}
              onChange={setShows}
            />
          )}
          {run !== undefined && <ExportRunMenu api={api} run={run.record.id} />}
          <Button
            variant="primary"
            icon={<Play />}
            disabled={set === undefined || set.rows === 0}
            onClick={() => {
              setShows('results')
              void startRun(templates, bench, (version) => ({
                kind: 'test',
                versions: [...chosen.filter((one) => one !== version), version],
                method: template.format.kind === 'label' ? method : 'generate',
              }))
            }}
          >
            Run
          </Button>
        </div>
      </div>
      {run !== undefined && <RunProgress run={run} api={api} />}
      {state.testSets !== null && set === undefined && (
        <EmptyState
          icon={<FlaskConical />}
          title="What should it get right?"
          actions={
            <Button variant="primary" onClick={importRows}>
              Import rows
            </Button>
          }
        >
          Test rows are inputs with the answers that you expect, kept apart from the examples. Fifty
          rows tell a lot; twenty tell little.
        </EmptyState>
      )}
      {set !== undefined && (run === undefined || shows === 'rows') && (
        <RowsTable
          key={set.id}
          api={api}
          template={template}
          testSet={set.id}
          updatedAt={set.updatedAt}
        />
      )}
      {run !== undefined &&
        (set !== undefined || state.testSets === null) &&
        shows === 'results' && (
          <RunResults
            key={run.record.id}
            api={api}
            run={run}
            figures={state.figures[run.record.id]}
            templates={templates}
            template={template}
            templateId={open.id}
          />
        )}
      {dialog}
      {comparing && set !== undefined && (
        <CompareDialog
          installed={installed}
          rows={set.rows}
          onClose={() => setComparing(false)}
          onRun={(compared) => {
            setComparing(false)
            setShows('results')
            void startRun(templates, bench, (version) => ({ kind: 'models', version, ...compared }))
          }}
        />
      )}
    </div>
  )
}
