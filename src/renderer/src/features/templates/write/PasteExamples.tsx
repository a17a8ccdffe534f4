import { useDeferredValue, useMemo, useState } from 'react'
import { checkReply } from '../../../../../shared/domain/template/checkReply.ts'
import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'
import {
  variablesOf,
  type Example,
  type Template,
} from '../../../../../shared/domain/template/template.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field, TextArea } from '../../../ui/Field.tsx'
import { plural } from '../../../ui/format.ts'
import { chooseTextFile } from '../chooseTextFile.ts'
import { examplesOf, readPasted, type PastedRow } from './pastedExamples.ts'
import { variableName } from './variableName.ts'

export interface PasteExamplesProps {
  readonly template: Template
  readonly onAdd: (examples: readonly Example[]) => void
  readonly onClose: () => void
}

const rowsShown = 100

/** Many examples at once, with a look at what will become of each row. */
export function PasteExamples({ template, onAdd, onClose }: PasteExamplesProps) {
  const [text, setText] = useState('')
  const deferred = useDeferredValue(text)
  const variables = variablesOf(template)
  const rows = useMemo(() => readPasted(deferred, variablesOf(template)), [deferred, template])
  const usable = examplesOf(rows)
  const columns = [...variables.map(variableName), 'output'].join(', ').toLowerCase()
  return (
    <Dialog
      open
      onClose={onClose}
      title="Paste examples"
      width={760}
      actions={
        <>
          <Button
            className="tpl-paste-file"
            onClick={() =>
              void chooseTextFile('.csv,.tsv,.txt,.json,.jsonl').then(
                (file) => file !== null && setText(file.text),
              )
            }
          >
            Read a file
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={usable.length === 0}
            onClick={() => {
              onAdd(usable)
              onClose()
            }}
          >
            {usable.length === 0 ? 'Add' : `Add ${plural(usable.length, 'example')}`}
          </Button>
        </>
      }
    >
      <Field
        label="Rows"
        hint={`Cells from a sheet, CSV, or JSON with an object a line. Columns: ${columns}; names in the first row are understood.`}
      >
        {(control) => (
          <TextArea
            {...control}
            autoFocus
            className="mono tpl-paste-text"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {rows.length > 0 && (
        <>
          <p className="tpl-paste-count dim" role="status">
            {plural(usable.length, 'row')} of {rows.length} can be used
            {rows.length > rowsShown && `; the first ${String(rowsShown)} are shown`}.
          </p>
          <div className="tpl-paste-rows" tabIndex={0} role="region" aria-label="What was read">
            <table>
              <thead>
                <tr>
                  <th scope="col">Row</th>
                  {variables.map((name) => (
                    <th key={name} scope="col">
                      {variableName(name)}
                    </th>
                  ))}
                  <th scope="col">Answer</th>
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, rowsShown).map((row) => (
                  <PastedRowView
                    key={row.place}
                    row={row}
                    variables={variables}
                    format={template.format}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Dialog>
  )
}

function PastedRowView({
  row,
  variables,
  format,
}: {
  readonly row: PastedRow
  readonly variables: readonly string[]
  readonly format: OutputFormat
}) {
  const doubt =
    row.problem === null ? checkReply(format, row.output).problems[0]?.message : undefined
  return (
    <tr className={row.problem === null ? undefined : 'is-bad'}>
      <td className="num">{row.place}</td>
      {variables.map((name) => (
        <td key={name}>{row.values[name]}</td>
      ))}
      <td>
        <span className="mono">{row.output}</span>
        {row.problem !== null && <span className="tpl-paste-problem">{row.problem}</span>}
        {doubt !== undefined && (
          <span className="tpl-paste-doubt">
            Not in the format, and taken all the same: {doubt}
          </span>
        )}
      </td>
    </tr>
  )
}
