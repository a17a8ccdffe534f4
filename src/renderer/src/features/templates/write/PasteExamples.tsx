import { useDeferredValue, useMemo, useState } from 'react'
import { checkReply } from '../../../../../shared/domain/template/checkReply.ts'
import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'
import { problemInWords } from '../../../../../shared/domain/template/replyPlace.ts'
import {
  variablesOf,
  type Example,
  type Template,
} from '../../../../../shared/domain/template/template.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field, TextArea } from '../../../ui/Field.tsx'
import { plural } from '../../../ui/format.ts'
import { RowsPreview, type PreviewedRow } from '../runs/RowsPreview.tsx'
import { examplesOf, readPasted, type PastedRow } from './pastedExamples.ts'
import { variableName } from '../variableName.ts'
import './pasteText.css'
import './PasteExamples.css'

export interface PasteExamplesProps {
  readonly template: Template
  readonly onAdd: (examples: readonly Example[]) => void
  readonly onClose: () => void
}

const rowsShown = 100

/** Adds many examples at once, with a preview of each row. */
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
          <RowsPreview
            variables={variables}
            answer="Answer"
            rows={rows.slice(0, rowsShown).map((row) => previewed(row, template.format))}
          />
        </>
      )}
    </Dialog>
  )
}

function previewed(row: PastedRow, format: OutputFormat): PreviewedRow {
  const { place, values, output, problem } = row
  const [found] = problem === null ? checkReply(format, output).problems : []
  const doubt = found === undefined ? undefined : problemInWords(found)
  return {
    place,
    values,
    answer: output,
    problem,
    doubts: doubt === undefined ? [] : [`Not in the format, and taken all the same: ${doubt}`],
  }
}
