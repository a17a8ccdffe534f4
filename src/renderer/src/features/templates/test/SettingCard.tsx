import { X } from 'lucide-react'
import { longest } from '../../../../../shared/domain/limits.ts'
import { Field, TextInput } from '../../../ui/Field.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { numberProblem, stopTextHint } from '../drawingFields.ts'
import { settingFields, type SettingDraft } from './settingDraft.ts'
import './SettingCard.css'

export interface SettingCardProps {
  readonly title: string
  readonly draft: SettingDraft
  readonly onChange: (draft: SettingDraft) => void
  readonly onRemove: () => void
}

/** A setting to compare: what is left empty is as in the template. */
export function SettingCard({ title, draft, onChange, onRemove }: SettingCardProps) {
  const { numbers, stopText } = draft
  return (
    <fieldset className="cmp-setting" aria-label={title}>
      <div className="cmp-setting-head">
        <h4>{title}</h4>
        <IconButton icon={<X />} label={`Remove ${title.toLowerCase()}`} onClick={onRemove} />
      </div>
      <div className="cmp-fields">
        {settingFields.map(({ name, label, hint }) => (
          <Field key={name} label={label} hint={hint} error={numberProblem(name, numbers[name])}>
            {(control) => (
              <TextInput
                {...control}
                className="num"
                inputMode="decimal"
                value={numbers[name]}
                onChange={({ target }) =>
                  onChange({ ...draft, numbers: { ...numbers, [name]: target.value } })
                }
              />
            )}
          </Field>
        ))}
        <Field label="Stop text" hint={stopTextHint}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={longest.stopText}
              value={stopText}
              onChange={({ target }) => onChange({ ...draft, stopText: target.value })}
            />
          )}
        </Field>
      </div>
    </fieldset>
  )
}
