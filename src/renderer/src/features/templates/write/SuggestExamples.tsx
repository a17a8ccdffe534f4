import { Square, WandSparkles } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { RowMarks } from '../../../../../shared/contract/testRuns.ts'
import type { TestSetSummary } from '../../../../../shared/domain/testRun/testSet.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field, Select } from '../../../ui/Field.tsx'
import { plural } from '../../../ui/format.ts'
import { NumberInput } from '../../../ui/NumberInput.tsx'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { showError, showToast } from '../../../ui/toasts.ts'
import type { OpenTemplateProps } from '../templateView.ts'
import { createSuggestion, withChosen, type Without } from './suggestion.ts'
import './suggest.css'
import { SuggestedSet } from './SuggestedSet.tsx'

export interface SuggestExamplesProps extends Pick<
  OpenTemplateProps,
  'api' | 'templates' | 'open'
> {
  readonly onClose: () => void
}

/** Chooses the examples with which most rows are right, on rows that no test counts afterwards. */
export function SuggestExamples({ api, templates, open, onClose }: SuggestExamplesProps) {
  const { examples } = open.history.present
  const [sets, setSets] = useState<readonly TestSetSummary[] | null>(null)
  const [testSet, setTestSet] = useState('')
  const [most, setMost] = useState(4)
  const [rows, setRows] = useState(30)
  const [suggestion] = useState(() => createSuggestion(api))
  const state = useStore(suggestion.store)
  const { running, stopped, progress, without, steps, problem } = state

  useEffect(() => {
    api.testRuns.testSets({ template: open.id }).then(
      (list) => {
        setSets(list)
        setTestSet((before) => (before === '' ? (list[0]?.id ?? '') : before))
      },
      (error: unknown) => showError(error, 'The test sets could not be read.'),
    )
  }, [api, open.id])
  useEffect(() => () => suggestion.stop(), [suggestion])

  async function start(): Promise<void> {
    try {
      const saved = await templates.save()
      if (saved !== null) showToast(`Saved as version ${String(saved.version)}, which is used.`)
      const version = templates.store.getState().open?.version ?? open.version
      await suggestion.start({ template: open.id, version, testSet, most, rows })
    } catch (error) {
      showError(error, 'The choice could not be started. Try again.')
    }
  }

  function mark(marks: RowMarks, fallback: string): void {
    api.testRuns.markRows({ testSet, marks }).catch((error: unknown) => showError(error, fallback))
  }

  async function use({ rows: chosenOn }: Without): Promise<void> {
    const marks = Object.fromEntries(chosenOn.map((id) => [id, false]))
    let before: RowMarks
    try {
      before = await api.testRuns.markRows({ testSet, marks })
    } catch (error) {
      showError(error, 'The rows could not be left out, so nothing was changed. Try again.')
      return
    }
    const ids = steps.map(({ id }) => id)
    templates.edit(
      (before) => ({
        ...before,
        choice: { kind: 'all' },
        examples: withChosen(before.examples, ids),
      }),
      'suggested',
      {
        undo: () => mark(before, 'The rows are still left out. Include them under Test.'),
        redo: () => mark(marks, 'The rows count again. Leave them out under Test.'),
      },
    )
    showToast('These examples are on, the others off.', { undo: () => templates.undo() })
    onClose()
  }

  const ready = testSet !== '' && examples.length > 0
  const isNew = !running && !stopped && without === null
  return (
    <Dialog
      open
      onClose={onClose}
      title="Suggest a set of examples"
      width={560}
      description="Step by step, the example is added with which most rows are right, until none makes it better."
      actions={
        running ? (
          <Button icon={<Square />} onClick={() => suggestion.stop()}>
            Stop
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Close</Button>
            {without !== null && steps.length > 0 ? (
              <Button variant="primary" onClick={() => void use(without)}>
                Use these examples
              </Button>
            ) : (
              <Button
                variant="primary"
                icon={<WandSparkles />}
                disabled={!ready}
                onClick={() => void start()}
              >
                Choose
              </Button>
            )}
          </>
        )
      }
    >
      {sets?.length === 0 && (
        <p className="tpl-suggest-none">
          There are no rows to choose on. Import some under Test first.
        </p>
      )}
      {isNew && sets !== null && sets.length > 0 && (
        <div className="tpl-suggest-form">
          <Field
            label="Rows to choose on"
            hint="If you use what is found, these rows are left out of the test set, so that no test counts rows that the examples were chosen by."
          >
            {(control) => (
              <Select
                {...control}
                value={testSet}
                options={sets.map(({ id, name, rows: count }) => ({
                  value: id,
                  label: `${name}, ${plural(count, 'row')}`,
                }))}
                onChange={setTestSet}
              />
            )}
          </Field>
          <Field
            label="How many of them"
            hint="Half of the rows at most; the rest is to test with."
          >
            {(control) => (
              <NumberInput {...control} value={rows} min={5} max={500} onCommit={setRows} />
            )}
          </Field>
          <Field label="Examples, at most">
            {(control) => (
              <NumberInput {...control} value={most} min={1} max={32} onCommit={setMost} />
            )}
          </Field>
        </div>
      )}
      {running && (
        <div className="tpl-suggest-progress" role="status">
          <ProgressBar
            label="Choosing examples"
            fraction={progress === null ? null : progress.done / progress.total}
          />
          <p className="dim num">
            {progress === null
              ? 'Starting the model'
              : `${String(progress.done)} of at most ${plural(progress.total, 'answer')}`}
          </p>
        </div>
      )}
      {without !== null && (
        <SuggestedSet
          template={open.history.present}
          steps={steps}
          without={without}
          running={running}
        />
      )}
      {!running && without !== null && steps.length === 0 && !stopped && (
        <p>No example makes it better.</p>
      )}
      {stopped && !running && steps.length === 0 && (
        <p className="dim">Stopped before anything was found. Nothing was changed.</p>
      )}
      {problem !== null && (
        <p className="tpl-bad" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  )
}
