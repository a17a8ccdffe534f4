import { useId } from 'react'
import { longest } from '../../../../../shared/domain/limits.ts'
import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'
import type { Example } from '../../../../../shared/domain/template/template.ts'
import { Button } from '../../../ui/Button.tsx'
import { Select, TextArea, TextInput } from '../../../ui/Field.tsx'
import { Problems } from './Problems.tsx'
import type { FoundProblem } from './useProblems.ts'
import { variableName } from '../variableName.ts'
import './ExampleFields.css'

export interface ExampleFieldsProps {
  readonly example: Example
  readonly variables: readonly string[]
  readonly format: OutputFormat
  readonly problems: readonly FoundProblem[]
  readonly onChange: (change: Partial<Omit<Example, 'id'>>, about: string) => void
  readonly onDone: () => void
}

/** The fields of an open example. Escape closes it; changes are kept as typed. */
export function ExampleFields(props: ExampleFieldsProps) {
  const { example, variables, format, problems, onChange, onDone } = props
  const id = useId()
  const { values, output, note } = example
  return (
    <div
      className="tpl-example-fields"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone()
      }}
    >
      {variables.map((name, index) => (
        <label key={name} className="tpl-example-field">
          <span>{variableName(name)}</span>
          <TextArea
            className="tpl-example-text"
            autoFocus={index === 0}
            rows={1}
            value={values[name] ?? ''}
            onChange={(event) =>
              onChange({ values: { ...values, [name]: event.target.value } }, `value-${name}`)
            }
          />
        </label>
      ))}
      <label className="tpl-example-field">
        <span>Answer</span>
        {format.kind === 'label' && (output === '' || format.labels.includes(output)) ? (
          <Select
            value={output}
            aria-describedby={`${id}-problems`}
            options={[
              ...(output === '' ? [{ value: '', label: 'Choose a label' }] : []),
              ...[...new Set(format.labels)].map((value) => ({ value, label: value })),
            ]}
            onChange={(next) => onChange({ output: next }, 'output')}
          />
        ) : (
          <TextArea
            className="tpl-example-text mono"
            rows={1}
            aria-describedby={`${id}-problems`}
            aria-invalid={problems.some(({ severity }) => severity === 'error') || undefined}
            maxLength={longest.output}
            placeholder="Word for word as the model should answer"
            value={output}
            onChange={(event) => onChange({ output: event.target.value }, 'output')}
          />
        )}
      </label>
      <Problems problems={problems} id={`${id}-problems`} />
      <div className="row">
        <label className="tpl-example-field grow">
          <span>Note</span>
          <TextInput
            maxLength={longest.note}
            placeholder="For you; the model never sees it"
            value={note}
            onChange={(event) => onChange({ note: event.target.value }, 'note')}
          />
        </label>
        <Button className="tpl-example-done" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  )
}
