import { useState } from 'react'
import { longest } from '../../../../../shared/domain/limits.ts'
import { variablesOf } from '../../../../../shared/domain/template/template.ts'
import { Field, TextArea, TextInput } from '../../../ui/Field.tsx'
import { OptionalSettings } from './OptionalSettings.tsx'
import { Problems } from './Problems.tsx'
import type { SettingsProps } from './settingsProps.ts'

/** Settings of how the input appears in the prompt, and the template's description. */
export function InputSettings({ template, problems, onChange }: SettingsProps) {
  const [empty, setEmpty] = useState(false)
  const names = variablesOf(template)
  return (
    <>
      <Field label="Description" hint="For the list of templates; the model never sees it.">
        {(control) => (
          <TextInput
            {...control}
            maxLength={longest.description}
            value={template.description}
            onChange={(event) => onChange({ description: event.target.value }, 'description')}
          />
        )}
      </Field>
      <Field
        label="Input text"
        hint={
          <>
            The text of a row in the prompt. <code>&lt;INPUT&gt;</code> stands for the input;
            further names in capitals, such as <code>&lt;TITLE&gt;</code>, become fields of their
            own. {names.length > 0 && `Now: ${names.map((name) => `<${name}>`).join(', ')}.`}
          </>
        }
        error={empty ? 'The input text cannot be empty: give at least <INPUT>.' : undefined}
      >
        {(control) => (
          <TextArea
            {...control}
            className="mono"
            rows={1}
            data-part="input"
            maxLength={longest.input}
            value={empty ? '' : template.input}
            onChange={(event) => {
              const { value } = event.target
              setEmpty(value === '')
              if (value !== '') onChange({ input: value }, 'input')
            }}
          />
        )}
      </Field>
      <Problems problems={problems.input} />
      <OptionalSettings template={template} onChange={onChange} />
    </>
  )
}
