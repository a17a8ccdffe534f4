import { FlaskConical } from 'lucide-react'
import { useCallback, useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { readExpected } from '../../../../../shared/domain/template/expected.ts'
import { variablesOf } from '../../../../../shared/domain/template/template.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { formatCount, plural } from '../../../ui/format.ts'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { showError, showToast } from '../../../ui/toasts.ts'
import { VirtualList } from '../../../ui/VirtualList.tsx'
import type { OpenTemplateProps } from '../templateView.ts'
import { usePreview } from '../write/usePreview.ts'
import { ConsistencyTable } from './ConsistencyTable.tsx'
import { consistency } from './consistency.ts'
import { TryForm } from './TryForm.tsx'
import { TryResultCard } from './TryResultCard.tsx'
import { readRows } from './tryRows.ts'
import type { TryAnswer, TryResult, TryRow, TryState } from './tryStore.ts'
import './TryTab.css'

const noValues = {}

/** Tries a template on inputs of the user. */
export function TryTab({ api, templates, trying, open, model }: OpenTemplateProps) {
  const { id } = open
  useEffect(() => trying.begin(id), [trying, id])
  const { form, results, repeats, running, problem } = useStore(trying.store)
  const template = open.history.present
  const variables = useMemo(() => variablesOf(template), [template])
  const rows = useMemo((): readonly TryRow[] => {
    if (form.mode === 'several') return readRows(form.several, variables)
    const filled = variables.some((name) => (form.values[name] ?? '').trim() !== '')
    const values = Object.fromEntries(variables.map((name) => [name, form.values[name] ?? '']))
    return filled || variables.length === 0 ? [{ values, expected: form.expected }] : []
  }, [form, variables])
  const longest = useLongest(rows)
  const { preview } = usePreview(api, {
    template,
    values: longest,
    model: `${model?.status ?? ''} ${model?.file ?? ''}`,
    arm: form.arm,
  })
  const expectedProblem = readExpected(template.format, form.expected).problem
  const stopped = preview?.fits === false ? preview.problem : null

  const run = useCallback(() => {
    if (stopped === null) void trying.run(template, rows)
  }, [trying, template, rows, stopped])
  const addExample = useCallback(
    ({ values }: TryRow, output: string) => {
      templates.addExample(id, { values, output, note: '', enabled: true }).then(
        () => showToast('Added as the last example.', { undo: () => templates.undo() }),
        (error: unknown) => showError(error, 'The example could not be added.'),
      )
    },
    [templates, id],
  )

  const sums = repeats > 1 ? consistency(template.format, results) : []
  const total = running?.total ?? results.length
  return (
    <div className="tpl-try">
      <TryForm
        form={form}
        variables={variables}
        rows={rows}
        running={running !== null}
        stopped={stopped}
        expectedProblem={expectedProblem}
        cost={preview?.tokens == null ? '' : costWords(preview.tokens)}
        onChange={(change) => trying.change(change)}
        onRun={run}
        onStop={() => trying.stop()}
      />
      <section className="tpl-try-results" aria-label="Answers">
        <Progress running={running} results={results} />
        {problem !== null && <p className="tpl-try-stopped">{problem}</p>}
        {sums.length > 0 && <ConsistencyTable sums={sums} results={results} />}
        {results.length === 0 && running === null && problem === null ? (
          <EmptyState icon={<FlaskConical />} title="Nothing tried yet">
            Give an input and run it. The answer is judged three times: can it be read, does it keep
            to the format, and, if you say what is expected, is it right.
          </EmptyState>
        ) : (
          <VirtualList
            items={results}
            label="Answers"
            estimate={170}
            getKey={(result) => String(result.index)}
            renderItem={(result) => (
              <div className="tpl-try-item">
                <TryResultCard
                  result={result}
                  name={total > 1 ? nameOf(result, repeats) : null}
                  busy={running?.at === result.index && result.answer === null}
                  format={template.format}
                  onAddExample={addExample}
                />
              </div>
            )}
          />
        )}
      </section>
    </div>
  )
}

/** The longest row: if it fits the context, all do. */
function useLongest(rows: readonly TryRow[]): TryRow['values'] {
  const length = ({ values }: TryRow): number => Object.values(values).join('').length
  const longest = rows.reduce<TryRow | null>(
    (best, row) => (best === null || length(row) > length(best) ? row : best),
    null,
  )
  const text = JSON.stringify(longest?.values ?? noValues)
  return useMemo(() => JSON.parse(text) as TryRow['values'], [text])
}

function Progress({ running, results }: Pick<TryState, 'running' | 'results'>) {
  if (running === null) {
    return (
      <div className="tpl-try-progress" role="status">
        {results.length > 1 && <span className="dim num">{sumWords(results)}</span>}
      </div>
    )
  }
  const { stage, at, total } = running
  return (
    <div className="tpl-try-progress" role="status">
      <span className="dim">
        {total > 1 && `Answer ${String(at + 1)} of ${formatCount(total)}: `}
        {stageWords[stage.kind]}
      </span>
      {total > 1 && <ProgressBar label="Answers" fraction={at / total} />}
    </div>
  )
}

const stageWords = {
  starting: 'starting',
  'loading-model': 'loading the model',
  reading: 'reading the prompt',
  writing: 'writing',
} as const

/** "9 answers: 7 valid format, 6 fields as defined, 2 of 3 right". */
function sumWords(results: readonly TryResult[]): string {
  const answers = results.flatMap(({ answer }) => answer ?? [])
  const count = (is: (answer: TryAnswer) => boolean): string => String(answers.filter(is).length)
  const scored = answers.filter(({ score }) => score !== null)
  return [
    `${plural(answers.length, 'answer')}: ${count(({ check }) => check.parseable && check.repairs.length === 0)} valid format`,
    `${count(({ check }) => check.inDomain)} fields as defined`,
    ...(scored.length === 0
      ? []
      : [`${count(({ score }) => score?.exactMatch === true)} of ${String(scored.length)} right`]),
  ].join(', ')
}

function nameOf({ input, repeat }: TryResult, repeats: number): string {
  const name = `Input ${String(input + 1)}`
  return repeats > 1 ? `${name}, time ${String(repeat + 1)}` : name
}

function costWords({
  total,
  reserve,
  context,
}: {
  readonly total: number
  readonly reserve: number
  readonly context: number
}): string {
  return `${formatCount(total + reserve)} of ${formatCount(context)} tokens`
}
