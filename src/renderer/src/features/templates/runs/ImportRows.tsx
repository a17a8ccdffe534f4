import { useEffect, useState } from 'react'
import type { ColumnMapping, TablePreview } from '../../../../../shared/contract/testRuns.ts'
import { variablesOf, type Template } from '../../../../../shared/domain/template/template.ts'
import { isCancelled, toWire } from '../../../../../shared/errors.ts'
import type { Api } from '../../../api/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field, Select, TextInput } from '../../../ui/Field.tsx'
import { formatCount, plural } from '../../../ui/format.ts'
import { showError, showToast } from '../../../ui/toasts.ts'
import { variableName } from '../write/variableName.ts'
import { chooseTable, tableOf, type ChosenTable } from './chooseTable.ts'
import { expectedText } from './expectedText.ts'
import type { TestBench } from './testBench.ts'

export interface ImportRowsProps {
  readonly api: Pick<Api, 'testRuns'>
  readonly bench: TestBench
  readonly template: Template
  readonly templateId: string
  readonly onClose: () => void
}

/** A table becomes test rows: the file, which column is what, and what is wrong row by row. */
export function ImportRows({ api, bench, template, templateId, onClose }: ImportRowsProps) {
  const [file, setFile] = useState<ChosenTable | null>(null)
  const [mapping, setMapping] = useState<ColumnMapping | null>(null)
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const { preview, problem } = useTablePreview(api, file, mapping, template)

  function take(chosen: ChosenTable | null): void {
    if (chosen === null) return
    setFile(chosen)
    setMapping(null)
    setName(chosen.name.replace(/\.[^.]+$/u, ''))
  }

  async function submit(): Promise<void> {
    if (file === null || preview === null) return
    setBusy(true)
    try {
      const made = await api.testRuns.importTestSet({
        file,
        mapping: preview.mapping,
        template,
        templateId,
        name: name.trim() === '' ? file.name : name.trim(),
        into: null,
      })
      await bench.load()
      bench.chooseTestSet(made.id)
      showToast(`${plural(made.rows, 'row')} imported.`)
      onClose()
    } catch (error) {
      showError(error, 'The rows could not be imported. Nothing was changed.')
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      title="Import test rows"
      description="CSV, TSV, JSON, JSONL or XLSX. One row is one input with what is expected."
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
            {preview === null ? 'Import' : `Import ${plural(preview.usable, 'row')}`}
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
          Drop a table here, or choose a file. Several accepted answers are written with “ | ”
          between them.
        </div>
      )}
      {problem !== null && (
        <p className="run-import-problem" role="alert">
          {problem}
        </p>
      )}
      {preview !== null && (
        <>
          <Field label="Name of the set">
            {(control) => (
              <TextInput
                {...control}
                value={name}
                maxLength={200}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <MappingFields template={template} preview={preview} onChange={setMapping} />
          {preview.notices.map((notice) => (
            <p key={notice} className="run-import-notice">
              {notice}
            </p>
          ))}
          <p className="dim" role="status">
            {formatCount(preview.usable)} of {plural(preview.rows, 'row')} can be used.
          </p>
          <PreviewTable template={template} preview={preview} />
        </>
      )}
    </Dialog>
  )
}

function useTablePreview(
  { testRuns }: Pick<Api, 'testRuns'>,
  file: ChosenTable | null,
  mapping: ColumnMapping | null,
  template: Template,
): { readonly preview: TablePreview | null; readonly problem: string | null } {
  const [shown, setShown] = useState<{
    readonly preview: TablePreview | null
    readonly problem: string | null
  }>({ preview: null, problem: null })
  useEffect(() => {
    if (file === null) return
    const controller = new AbortController()
    const { signal } = controller
    testRuns.previewTable({ file, mapping, template }, { signal }).then(
      (preview) => {
        if (!signal.aborted) setShown({ preview, problem: null })
      },
      (error: unknown) => {
        if (signal.aborted || isCancelled(error)) return
        setShown({ preview: null, problem: toWire(error).message })
      },
    )
    return () => controller.abort()
  }, [testRuns, file, mapping, template])
  return shown
}

const unused = ''

function MappingFields({
  template,
  preview,
  onChange,
}: {
  readonly template: Template
  readonly preview: TablePreview
  readonly onChange: (mapping: ColumnMapping) => void
}) {
  const { mapping, columns } = preview
  const options = [
    { value: unused, label: 'no column' },
    ...columns.map((column) => ({ value: column, label: column })),
  ]
  const fields = template.format.kind === 'json' ? template.format.fields : []
  return (
    <div className="run-import-mapping" role="group" aria-label="Which column is what">
      {variablesOf(template).map((name) => (
        <Field key={name} label={variableName(name)}>
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
      <Field label="Expected answer">
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
      {fields.map(({ name }) => (
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

function PreviewTable({
  template,
  preview,
}: {
  readonly template: Template
  readonly preview: TablePreview
}) {
  const variables = variablesOf(template)
  return (
    <div className="run-import-rows" tabIndex={0} role="region" aria-label="What was read">
      <table>
        <thead>
          <tr>
            <th scope="col">Row</th>
            {variables.map((name) => (
              <th key={name} scope="col">
                {variableName(name)}
              </th>
            ))}
            <th scope="col">Expected</th>
          </tr>
        </thead>
        <tbody>
          {preview.shown.map((row) => (
            <tr key={row.place} className={row.problem === null ? undefined : 'is-bad'}>
              <td className="num">{row.place}</td>
              {variables.map((name) => (
                <td key={name}>{row.values[name]}</td>
              ))}
              <td>
                <span className="mono">{expectedText(row.expected)}</span>
                {[row.problem, ...row.flags.map(({ message }) => message)].map(
                  (sentence) =>
                    sentence !== null && (
                      <span key={sentence} className="run-import-flag">
                        {sentence}
                      </span>
                    ),
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
