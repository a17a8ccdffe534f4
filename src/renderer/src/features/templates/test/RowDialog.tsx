import { useState } from 'react'
import {
  missingValues,
  variablesOf,
  type Template,
} from '../../../../../shared/domain/template/template.ts'
import { tagsIn, type RowFlag, type TestRow } from '../../../../../shared/domain/testRun/testSet.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field, TextArea, TextInput } from '../../../ui/Field.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { expectedText, readExpectedText } from '../runs/expectedText.ts'
import { fieldLabel } from '../variableName.ts'

export interface RowDialogProps {
  readonly template: Template
  readonly row: TestRow
  readonly flags: readonly RowFlag[]
  readonly included: boolean
  /** Whether the row is not in the set yet. */
  readonly isNew: boolean
  readonly onSave: (row: TestRow) => void
  readonly onRemove: () => void
  readonly onClose: () => void
}

/** One test row: its input, expected answer, and whether it is included. */
export function RowDialog(props: RowDialogProps) {
  const { template, row, flags, isNew, onSave, onRemove, onClose } = props
  const [values, setValues] = useState(row.values)
  const [expected, setExpected] = useState(expectedText(row.expected))
  const [tags, setTags] = useState((row.tags ?? []).join(', '))
  const [included, setIncluded] = useState(props.included)
  const variables = variablesOf(template)
  const complete = missingValues(template, values).length === 0
  return (
    <Dialog
      open
      title={isNew ? 'New row' : 'Row'}
      width={620}
      onClose={onClose}
      actions={
        <>
          {!isNew && (
            <Button variant="danger" onClick={onRemove}>
              Delete row
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={!complete}
            onClick={() =>
              onSave({
                ...row,
                values,
                // An untouched expected answer keeps its form, such as one value per field.
                expected:
                  expected === expectedText(row.expected)
                    ? row.expected
                    : readExpectedText(expected),
                tags: tagsIn(tags),
                included: included === props.included ? row.included : included,
              })
            }
          >
            {isNew ? 'Add' : 'Keep'}
          </Button>
        </>
      }
    >
      {variables.map((name, index) => (
        <Field key={name} label={fieldLabel(template, name)}>
          {(control) => (
            <TextArea
              {...control}
              autoFocus={index === 0}
              rows={3}
              value={values[name] ?? ''}
              onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Field
        label="Expected"
        hint="As the model should answer. Several accepted answers: “ | ” between them. Empty: only the format is judged."
      >
        {(control) => (
          <TextArea
            {...control}
            className="mono"
            rows={2}
            value={expected}
            onChange={(event) => setExpected(event.target.value)}
          />
        )}
      </Field>
      <Field label="Tags" hint="With commas between them. Versions are compared by tag as well.">
        {(control) => (
          <TextInput {...control} value={tags} onChange={(event) => setTags(event.target.value)} />
        )}
      </Field>
      <Field label="Test this row" inline hint={flags.map(({ message }) => message).join(' ')}>
        {(control) => <Switch {...control} checked={included} onChange={setIncluded} />}
      </Field>
    </Dialog>
  )
}
