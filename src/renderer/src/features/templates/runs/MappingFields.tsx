import type { ColumnMapping, TablePreview } from '../../../../../shared/contract/testRuns.ts'
import { placedFields } from '../../../../../shared/domain/template/fieldPaths.ts'
import { variablesOf, type Template } from '../../../../../shared/domain/template/template.ts'
import { Field, Select } from '../../../ui/Field.tsx'
import { fieldLabel } from '../variableName.ts'
import './MappingFields.css'

const unused = ''

export interface MappingFieldsProps {
  readonly template: Template
  readonly preview: Pick<TablePreview, 'mapping' | 'columns'>
  /** Whether a row can have a note. */
  readonly notes: boolean
  readonly onChange: (mapping: ColumnMapping) => void
}

/** Fields for the mapping of columns. */
export function MappingFields({ template, preview, notes, onChange }: MappingFieldsProps) {
  const { mapping, columns } = preview
  const options = [
    { value: unused, label: 'no column' },
    ...columns.map((column) => ({ value: column, label: column })),
  ]
  const fields = template.format.kind === 'json' ? placedFields(template.format.fields) : []
  return (
    <div className="run-import-mapping" role="group" aria-label="Which column is what">
      {variablesOf(template).map((name) => (
        <Field key={name} label={fieldLabel(template, name)}>
          {(control) => (
            <Select
              {...control}
              value={mapping.values[name] ?? unused}
              options={options}
              onChange={(column) =>
                onChange({ ...mapping, values: withEntry(mapping.values, name, column) })
              }
            />
          )}
        </Field>
      ))}
      <Field label={fields.length === 0 ? 'Expected answer' : 'Whole answer'}>
        {(control) => (
          <Select
            {...control}
            value={mapping.expected ?? unused}
            options={options}
            onChange={(column) =>
              onChange({ ...mapping, expected: column === unused ? null : column })
            }
          />
        )}
      </Field>
      {fields.map(({ path: name }) => (
        <Field key={name} label={name}>
          {(control) => (
            <Select
              {...control}
              value={mapping.fields[name] ?? unused}
              options={options}
              onChange={(column) =>
                onChange({ ...mapping, fields: withEntry(mapping.fields, name, column) })
              }
            />
          )}
        </Field>
      ))}
      {notes && (
        <Field label="Note">
          {(control) => (
            <Select
              {...control}
              value={mapping.note ?? unused}
              options={options}
              onChange={(column) =>
                onChange({ ...mapping, note: column === unused ? null : column })
              }
            />
          )}
        </Field>
      )}
      {!notes && (
        <Field label="Tags">
          {(control) => (
            <Select
              {...control}
              value={mapping.tags ?? unused}
              options={options}
              onChange={(column) =>
                onChange({ ...mapping, tags: column === unused ? null : column })
              }
            />
          )}
        </Field>
      )}
    </div>
  )
}

function withEntry(
  record: Readonly<Record<string, string>>,
  key: string,
  value: string,
): Readonly<Record<string, string>> {
  const others = Object.entries(record).filter(([name]) => name !== key)
  return Object.fromEntries(value === unused ? others : [...others, [key, value]])
}
