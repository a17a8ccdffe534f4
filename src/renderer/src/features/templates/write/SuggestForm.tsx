import type { SuggestMethod } from '../../../../../shared/contract/testRuns.ts'
import { bounds } from '../../../../../shared/domain/limits.ts'
import type { TestSetSummary } from '../../../../../shared/domain/testRun/testSet.ts'
import { Field, Select } from '../../../ui/Field.tsx'
import { plural } from '../../../ui/format.ts'
import { NumberInput } from '../../../ui/NumberInput.tsx'
import './SuggestForm.css'

/** The options of a suggestion. */
export interface SuggestOptions {
  readonly method: SuggestMethod
  /** Id of the test set. */
  readonly testSet: string
  readonly rows: number
  readonly most: number
}

export interface SuggestFormProps {
  readonly sets: readonly TestSetSummary[]
  readonly wish: SuggestOptions
  readonly onChange: (change: Partial<SuggestOptions>) => void
}

const methods = [
  { value: 'greedy', label: 'One by one, from the examples here' },
  { value: 'bootstrapped', label: 'From rows that the model gets right' },
] as const

const howItGoes: Readonly<Record<SuggestMethod, string>> = {
  greedy: 'Each step adds the example with which most rows are right (greedy choice).',
  bootstrapped:
    'The model answers half of the rows. Sets of those it gets right are tried on the other half, and the best is kept (bootstrapped choice).',
}

export function SuggestForm({ sets, wish, onChange }: SuggestFormProps) {
  return (
    <div className="tpl-suggest-form">
      <Field label="How they are found" hint={howItGoes[wish.method]}>
        {(control) => (
          <Select
            {...control}
            value={wish.method}
            options={methods}
            onChange={(method) => onChange({ method })}
          />
        )}
      </Field>
      <Field
        label="Rows to choose on"
        hint="If you use what is found, these rows are left out of the test set, so that no test counts rows that the examples were chosen by."
      >
        {(control) => (
          <Select
            {...control}
            value={wish.testSet}
            options={sets.map(({ id, name, rows }) => ({
              value: id,
              label: `${name}, ${plural(rows, 'row')}`,
            }))}
            onChange={(testSet) => onChange({ testSet })}
          />
        )}
      </Field>
      <Field label="How many of them" hint="Half of the rows at most; the rest is to test with.">
        {(control) => (
          <NumberInput
            {...control}
            value={wish.rows}
            {...bounds.suggestFrom}
            onCommit={(rows) => onChange({ rows })}
          />
        )}
      </Field>
      <Field label="Examples, at most">
        {(control) => (
          <NumberInput
            {...control}
            value={wish.most}
            {...bounds.suggestedExamples}
            onCommit={(most) => onChange({ most })}
          />
        )}
      </Field>
    </div>
  )
}
