import { Play, Square } from 'lucide-react'
import { bounds } from '../../../../../shared/domain/limits.ts'
import type { LadderArm } from '../../../../../shared/domain/testRun/arm.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field, Select, TextArea } from '../../../ui/Field.tsx'
import { plural } from '../../../ui/format.ts'
import { Kbd } from '../../../ui/Kbd.tsx'
import { NumberInput } from '../../../ui/NumberInput.tsx'
import { SegmentedControl } from '../../../ui/Switch.tsx'
import { variableName } from '../variableName.ts'
import type { TryForm as TryFormState, TryRow } from './tryStore.ts'
import './TryForm.css'

export interface TryFormProps {
  readonly form: TryFormState
  readonly variables: readonly string[]
  readonly rows: readonly TryRow[]
  readonly running: boolean
  /** Why the template can't be run; null if it can. */
  readonly stopped: string | null
  /** What is wrong with the expected answer. */
  readonly expectedProblem: string | null
  /** The prompt's tokens in words; empty while they are counted. */
  readonly cost: string
  readonly onChange: (change: Partial<TryFormState>) => void
  readonly onRun: () => void
  readonly onStop: () => void
}

const arms: readonly { readonly value: LadderArm | 'as-written'; readonly label: string }[] = [
  { value: 'as-written', label: 'As it is written' },
  { value: 'zero-shot', label: 'Without examples or documents' },
  { value: 'few-shot', label: 'With examples, without documents' },
  { value: 'retrieval', label: 'With documents, without examples' },
  { value: 'both', label: 'With examples and documents' },
]

/** The form for the inputs to try. */
export function TryForm(props: TryFormProps) {
  const { form, variables, rows, running, stopped, onChange, onRun, onStop } = props
  const expecting = rows.filter(({ expected }) => expected !== '').length
  const columns = [...variables.map(variableName), 'expected answer'].join(', ').toLowerCase()
  return (
    <form
      className="tpl-try-form"
      aria-label="What to try"
      onSubmit={(event) => {
        event.preventDefault()
        onRun()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        onRun()
      }}
    >
      <SegmentedControl
        className="tpl-try-kind"
        label="How many inputs"
        value={form.mode}
        options={[
          { value: 'one', label: 'One input' },
          { value: 'several', label: 'Several' },
        ]}
        onChange={(mode) => onChange({ mode })}
      />
      {form.mode === 'one' ? (
        <>
          {variables.map((name) => (
            <Field key={name} label={variableName(name)}>
              {(control) => (
                <TextArea
                  {...control}
                  value={form.values[name] ?? ''}
                  onChange={(event) =>
                    onChange({ values: { ...form.values, [name]: event.target.value } })
                  }
                />
              )}
            </Field>
          ))}
          <Field
            label="Expected answer"
            error={props.expectedProblem ?? undefined}
            hint="Only if you know it: then the answer is checked."
          >
            {(control) => (
              <TextArea
                {...control}
                rows={1}
                className="mono tpl-try-expected"
                value={form.expected}
                onChange={(event) => onChange({ expected: event.target.value })}
              />
            )}
          </Field>
        </>
      ) : (
        <Field
          label="Inputs"
          hint={`One a line. Cells from a sheet work too: ${columns}. ${
            rows.length === 0
              ? ''
              : `Now ${plural(rows.length, 'input')}, ${String(expecting)} with an expected answer.`
          }`}
        >
          {(control) => (
            <TextArea
              {...control}
              className="tpl-try-several"
              value={form.several}
              onChange={(event) => onChange({ several: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field inline="tight" label="Ask it">
        {(control) => (
          <Select
            {...control}
            className="tpl-try-arm"
            value={form.arm ?? 'as-written'}
            options={arms}
            onChange={(arm) => onChange({ arm: arm === 'as-written' ? null : arm })}
          />
        )}
      </Field>
      <Field
        inline="tight"
        label="Times"
        hint="More than once shows whether answers stay the same."
      >
        {(control) => (
          <NumberInput
            {...control}
            value={form.repeats}
            {...bounds.repeats}
            onCommit={(repeats) => onChange({ repeats })}
          />
        )}
      </Field>
      {stopped !== null && (
        <p className="tpl-try-stopped" role="alert">
          {stopped}
        </p>
      )}
      <div className="row">
        {running ? (
          <Button icon={<Square />} onClick={onStop}>
            Stop
          </Button>
        ) : (
          <Button
            type="submit"
            variant="primary"
            icon={<Play />}
            disabled={rows.length === 0 || stopped !== null}
          >
            Run
          </Button>
        )}
        <Kbd keys="Mod+Enter" />
        <span className="grow" />
        <span className="faint num">{props.cost}</span>
      </div>
    </form>
  )
}
