import { Square, WandSparkles } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { RowMarks } from '../../../../../shared/contract/testRuns.ts'
import type { TestSetSummary } from '../../../../../shared/domain/testRun/testSet.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { plural } from '../../../ui/format.ts'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { showError, showToast } from '../../../ui/toasts.ts'
import type { OpenTemplateProps } from '../templateView.ts'
import { SuggestForm, type SuggestOptions } from './SuggestForm.tsx'
import { createSuggestion, withChosen, withDrawn, type SuggestResult } from './suggestion.ts'
import { SuggestedSet } from './SuggestedSet.tsx'
import './WriteTab.css'
import './SuggestExamples.css'

export interface SuggestExamplesProps extends Pick<
  OpenTemplateProps,
  'api' | 'templates' | 'open'
> {
  readonly onClose: () => void
}

const firstWish: SuggestOptions = { method: 'greedy', testSet: '', rows: 30, most: 4 }

/** Suggests the examples with the most right answers, on rows that are then excluded from tests. */
export function SuggestExamples({ api, templates, open, onClose }: SuggestExamplesProps) {
  const { examples } = open.history.present
  const [sets, setSets] = useState<readonly TestSetSummary[] | null>(null)
  const [wish, setWish] = useState(firstWish)
  const [suggestion] = useState(() => createSuggestion(api))
  const state = useStore(suggestion.store)
  const { running, stopped, progress, without, steps, drawn, problem } = state
  const { testSet, method } = wish

  useEffect(() => {
    api.testRuns.testSets({ template: open.id }).then(
      (list) => {
        setSets(list)
        setWish((before) => ({ ...before, testSet: before.testSet || (list[0]?.id ?? '') }))
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
      await suggestion.start({ template: open.id, version, ...wish })
    } catch (error) {
      showError(error, 'The choice could not be started. Try again.')
    }
  }

  function mark(marks: RowMarks, fallback: string): void {
    api.testRuns.markRows({ testSet, marks }).catch((error: unknown) => showError(error, fallback))
  }

  async function use({ rows: chosenOn }: SuggestResult): Promise<void> {
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
        examples:
          drawn === null
            ? withChosen(before.examples, ids)
            : withDrawn(before.examples, drawn.examples),
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

  const found = steps.length > 0 || drawn !== null
  const ready = testSet !== '' && (examples.length > 0 || method === 'bootstrapped')
  const isNew = !running && !stopped && without === null
  return (
    <Dialog
      open
      onClose={onClose}
      title="Suggest a set of examples"
      width={560}
      description="Looks for the examples with which most rows are right."
      actions={
        running ? (
          <Button icon={<Square />} onClick={() => suggestion.stop()}>
            Stop
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Close</Button>
            {without !== null && found ? (
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
        <SuggestForm
          sets={sets}
          wish={wish}
          onChange={(change) => setWish((before) => ({ ...before, ...change }))}
        />
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
        <SuggestedSet {...state} template={open.history.present} without={without} />
      )}
      {!running && without !== null && !found && !stopped && (
        <p>{method === 'greedy' ? 'No example makes it better.' : 'No set makes it better.'}</p>
      )}
      {stopped && !running && !found && (
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
