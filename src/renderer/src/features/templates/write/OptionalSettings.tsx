import { longest } from '../../../../../shared/domain/limits.ts'
import { variablesOf } from '../../../../../shared/domain/template/template.ts'
import { Field, TextInput } from '../../../ui/Field.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { variableName } from '../variableName.ts'
import type { SettingsProps } from './settingsProps.ts'

/**
 * Which variables a row may leave empty, and the text that they have then. A name that is in no text
 * any more is shown as well, so that it can be switched off.
 */
export function OptionalSettings({
  template,
  onChange,
}: Pick<SettingsProps, 'template' | 'onChange'>) {
  const { optional } = template
  const names = [...new Set([...variablesOf(template), ...Object.keys(optional)])]
  // A single variable is what a row is about.
  if (names.length < 2 && Object.keys(optional).length === 0) return null
  const set = (name: string, text: string | null): void => {
    const others = Object.entries(optional).filter(([other]) => other !== name)
    const entries = text === null ? others : [...others, [name, text] as const]
    onChange({ optional: Object.fromEntries(entries) }, `optional-${name}`)
  }
  return names.map((name) => {
    const text = optional[name]
    return (
      <div key={name} role="group" aria-label={variableName(name)}>
        <Field
          inline
          label={`${variableName(name)} can be empty`}
          hint={
            text === undefined ? undefined : (
              <>
                What is between <code>{`<IF ${name}>`}</code> and <code>{'</IF>'}</code> disappears
                with it.
              </>
            )
          }
        >
          {(control) => (
            <Switch
              {...control}
              checked={text !== undefined}
              onChange={(on) => set(name, on ? '' : null)}
            />
          )}
        </Field>
        {text !== undefined && (
          <Field inline label={`${variableName(name)} when empty`}>
            {(control) => (
              <TextInput
                {...control}
                maxLength={longest.input}
                placeholder="Nothing"
                value={text}
                onChange={(event) => set(name, event.target.value)}
              />
            )}
          </Field>
        )}
      </div>
    )
  })
}
