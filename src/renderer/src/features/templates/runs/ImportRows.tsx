import { tableFormats } from '../../../../../shared/domain/formats.ts'
import { useState } from 'react'
import { longest } from '../../../../../shared/domain/limits.ts'
import type { Template } from '../../../../../shared/domain/template/template.ts'
import type { Api } from '../../../api/api.ts'
import { Field, TextInput } from '../../../ui/Field.tsx'
import { plural } from '../../../ui/format.ts'
import { showError, showToast } from '../../../ui/toasts.ts'
import { ImportTable } from './ImportTable.tsx'
import type { TestBench } from './testBench.ts'

export interface ImportRowsProps {
  readonly api: Pick<Api, 'testRuns'>
  readonly bench: TestBench
  readonly template: Template
  readonly templateId: string
  readonly onClose: () => void
}

/** Imports a table as test rows. */
export function ImportRows({ api, bench, template, templateId, onClose }: ImportRowsProps) {
  const [name, setName] = useState('')
  return (
    <ImportTable
      api={api}
      template={template}
      title="Import test rows"
      description={`${tableFormats}. One row is one input with what is expected. Several accepted answers are in one cell with a bar between them: golf | tennis.`}
      answer="Expected"
      notes={false}
      counted={(rows) => plural(rows, 'row')}
      onChosen={(file) => setName(file.name.replace(/\.[^.]+$/u, ''))}
      onImport={async (file, { mapping }) => {
        try {
          const made = await api.testRuns.importTestSet({
            file,
            mapping,
            template,
            templateId,
            name: name.trim() === '' ? file.name : name.trim(),
            into: null,
          })
          await bench.load()
          bench.chooseTestSet(made.id)
          showToast(`${plural(made.rows, 'row')} imported.`)
          return true
        } catch (error) {
          showError(error, 'The rows could not be imported. Nothing was changed.')
          return false
        }
      }}
      onClose={onClose}
    >
      <Field label="Name of the set">
        {(control) => (
          <TextInput
            {...control}
            value={name}
            maxLength={longest.name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </ImportTable>
  )
}
