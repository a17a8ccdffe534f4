import { useState, type ReactNode } from 'react'
import type { ColumnMapping, TablePreview } from '../../../../../shared/contract/testRuns.ts'
import { variablesOf, type Template } from '../../../../../shared/domain/template/template.ts'
import type { Api } from '../../../api/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { formatCount, plural } from '../../../ui/format.ts'
import { chooseTable, tableOf, type ChosenTable } from './chooseTable.ts'
import { expectedText } from './expectedText.ts'
import { MappingFields } from './MappingFields.tsx'
import { RowsPreview } from './RowsPreview.tsx'
import { useTablePreview } from './useTablePreview.ts'
import './ImportTable.css'

export interface ImportTableProps {
  readonly api: Pick<Api, 'testRuns'>
  readonly template: Template
  readonly title: string
  readonly description: string
  /** Heading of the column of answers. */
  readonly answer: string
  /** Whether a row can have a note. */
  readonly notes: boolean
  /** A count of rows in words: `3 rows`. */
  readonly counted: (rows: number) => string
  /** Further options, shown after a file was chosen. */
  readonly children?: ReactNode
  readonly onChosen?: (file: ChosenTable) => void
  /** Imports the rows; the dialog stays open unless it resolves with true. */
  readonly onImport: (file: ChosenTable, preview: TablePreview) => Promise<boolean>
  readonly onClose: () => void
}

/** Imports a table from a file: the mapping of its columns, and the problems of its rows. */
export function ImportTable(props: ImportTableProps) {
  const { api, template, title, description, answer, notes, counted, onImport, onClose } = props
  const [file, setFile] = useState<ChosenTable | null>(null)
  const [mapping, setMapping] = useState<ColumnMapping | null>(null)
  const [busy, setBusy] = useState(false)
  const { preview, problem } = useTablePreview(api, file, mapping, template)

  function take(chosen: ChosenTable | null): void {
    if (chosen === null) return
    setFile(chosen)
    setMapping(null)
    props.onChosen?.(chosen)
  }

  async function submit(): Promise<void> {
    if (file === null || preview === null) return
    setBusy(true)
    if (await onImport(file, preview)) onClose()
    else setBusy(false)
  }

  return (
    <Dialog
      open
      title={title}
      description={description}
      width={820}
      onClose={onClose}
      actions={
        <>
          <Button className="run-import-file" onClick={() => void chooseTable().then(take)}>
            {file === null ? 'Choose a file' : 'Another file'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={busy || preview === null || preview.usable === 0}
            onClick={() => void submit()}
          >
            {preview === null ? 'Import' : `Import ${counted(preview.usable)}`}
          </Button>
        </>
      }
    >
      {file === null && (
        <div
          className="run-import-drop"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault()
            event.stopPropagation()
            const [dropped] = event.dataTransfer.files
            if (dropped !== undefined) void tableOf(dropped).then(take)
          }}
        >
          Drop a table here, or choose a file.
        </div>
      )}
      {problem !== null && (
        <p className="run-import-problem" role="alert">
          {problem}
        </p>
      )}
      {preview !== null && (
        <>
          {props.children}
          <MappingFields
            template={template}
            preview={preview}
            notes={notes}
            onChange={setMapping}
          />
          {preview.notices.map((notice) => (
            <p key={notice} className="run-import-notice">
              {notice}
            </p>
          ))}
          <p className="dim" role="status">
            {formatCount(preview.usable)} of {plural(preview.rows, 'row')} can be used.
          </p>
          <RowsPreview
            variables={variablesOf(template)}
            answer={answer}
            rows={preview.shown.map(({ place, values, expected, problem: why, flags }) => ({
              place,
              values,
              answer: expectedText(expected),
              problem: why,
              doubts: flags.map(({ message }) => message),
            }))}
          />
        </>
      )}
    </Dialog>
  )
}
