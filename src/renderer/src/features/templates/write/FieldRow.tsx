import { ArrowDown, ArrowUp, Ellipsis, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { longest } from '../../../../../shared/domain/limits.ts'
import { composedName, nameProblem } from '../../../../../shared/domain/template/fieldName.ts'
import type { OutputField } from '../../../../../shared/domain/template/outputFormat.ts'
import { equal, measureKindsOf } from '../../../../../shared/domain/template/measure.ts'
import { Select, TextInput } from '../../../ui/Field.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Menu, MenuCheckItem, MenuItem, MenuSeparator } from '../../../ui/Menu.tsx'
import { kindOfField, kindsAt, withElement, withKind } from './fieldKinds.ts'
import { LabelsInput } from './LabelsInput.tsx'
import { withMeasure } from './measureChoices.ts'
import { MeasureInput } from './MeasureInput.tsx'
import { moveKeys } from './Sortable.tsx'
import './FieldRow.css'

export interface FieldRowProps {
  readonly field: OutputField
  /** Its path, by which its inputs are called. */
  readonly path: string
  readonly level: number
  readonly handle: ReactNode
  readonly first: boolean
  readonly last: boolean
  readonly onChange: (field: OutputField) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
  /** The fields within it. */
  readonly children: ReactNode
}

/** One field of a JSON answer. */
export function FieldRow(props: FieldRowProps) {
  const { field, path, level, handle, first, last, onChange, onMove, onRemove } = props
  const { name, type, optional } = field
  const item = type.kind === 'list' ? type.item : type
  return (
    <div
      className="tpl-field"
      role="group"
      aria-label={`Field ${path}`}
      onKeyDown={moveKeys(onMove)}
    >
      {handle}
      <FieldNameInput name={name} onChange={(next) => onChange({ ...field, name: next })} />
      <Select
        aria-label={`Kind of ${path}`}
        value={kindOfField(type)}
        options={kindsAt(level)}
        onChange={(kind) => onChange(ofType(field, withKind(type, kind)))}
      />
      <div className="tpl-field-detail">
        {item.kind === 'label' && (
          <LabelsInput
            label={`Labels of ${path}`}
            labels={item.labels}
            onChange={(labels) =>
              onChange({ ...field, type: withElement(type, { ...item, labels }) })
            }
          />
        )}
        {item.kind === 'text' && (
          <TextInput
            aria-label={`Hint for ${path}`}
            placeholder="a hint, such as: a word or two"
            maxLength={longest.hint}
            value={item.hint}
            onChange={(event) =>
              onChange({ ...field, type: withElement(type, { ...item, hint: event.target.value }) })
            }
          />
        )}
        <MeasureInput
          name={path}
          type={type}
          measure={field.measure}
          onChange={(measure) => onChange(withMeasure(field, measure))}
        />
        {optional && <span className="tpl-field-optional">may be left out</span>}
      </div>
      <Menu
        align="end"
        trigger={
          <IconButton
            className="tpl-field-more"
            label={`More about the field ${path}`}
            icon={<Ellipsis />}
          />
        }
      >
        <MenuCheckItem
          checked={optional}
          onChange={(next) => onChange({ ...field, optional: next })}
        >
          May be left out
        </MenuCheckItem>
        <MenuSeparator />
        <MenuItem icon={<ArrowUp />} shortcut="Alt+Up" disabled={first} onSelect={() => onMove(-1)}>
          Move up
        </MenuItem>
        <MenuItem
          icon={<ArrowDown />}
          shortcut="Alt+Down"
          disabled={last}
          onSelect={() => onMove(1)}
        >
          Move down
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 />} onSelect={onRemove}>
          Remove
        </MenuItem>
      </Menu>
      {props.children}
    </div>
  )
}

/** A measure that the new type doesn't have is gone with the old one. */
function ofType(field: OutputField, type: OutputField['type']): OutputField {
  const { measure = equal } = field
  const fits = measureKindsOf(type).includes(measure.kind)
  return withMeasure({ ...field, type }, fits ? measure : equal)
}

/** An invalid name stays in the field, with the reason, until it is corrected. */
function FieldNameInput({
  name,
  onChange,
}: {
  readonly name: string
  readonly onChange: (name: string) => void
}) {
  const [draft, setDraft] = useState<string | null>(null)
  // A space at the end is the beginning of the next word.
  const problem = draft === null ? null : nameProblem(draft.trim())
  return (
    <div className="tpl-field-name">
      <TextInput
        className="mono"
        aria-label="Name of the field"
        aria-invalid={problem === null ? undefined : true}
        title={problem ?? undefined}
        maxLength={longest.fieldName}
        value={draft ?? name}
        onChange={({ target: { value } }) => {
          const next = composedName(value.trim())
          const isName = nameProblem(next) === null
          setDraft(isName && next === value ? null : value)
          if (isName) onChange(next)
        }}
        onBlur={() => setDraft(null)}
      />
      {problem !== null && (
        <span className="tpl-field-problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  )
}
