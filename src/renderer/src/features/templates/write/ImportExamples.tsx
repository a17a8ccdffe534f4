import { tableFormats } from '../../../../../shared/domain/formats.ts'
import { exampleOutput } from '../../../../../shared/domain/template/exampleOutput.ts'
import type { Example, Template } from '../../../../../shared/domain/template/template.ts'
import type { Api } from '../../../api/api.ts'
import { plural } from '../../../ui/format.ts'
import { showError } from '../../../ui/toasts.ts'
import { expectedText } from '../runs/expectedText.ts'
import { ImportTable } from '../runs/ImportTable.tsx'
import { newExample } from './exampleEdits.ts'

export interface ImportExamplesProps {
  readonly api: Pick<Api, 'testRuns'>
  readonly template: Template
  readonly onAdd: (examples: readonly Example[]) => void
  readonly onClose: () => void
}

/** Imports a table as examples. */
export function ImportExamples({ api, template, onAdd, onClose }: ImportExamplesProps) {
  return (
    <ImportTable
      api={api}
      template={template}
      title="Import examples"
      description={`${tableFormats}. One row is one example: an input and its answer.`}
      answer="Answer"
      notes
      counted={(rows) => plural(rows, 'example')}
      onImport={async (file, { mapping }) => {
        try {
          const rows = await api.testRuns.readExamples({ file, mapping, template })
          onAdd(
            rows
              .filter(({ problem }) => problem === null)
              .map(({ values, expected, note }) => ({
                ...newExample(values, outputOf(template, expected)),
                note,
              })),
          )
          return true
        } catch (error) {
          showError(error, 'The examples could not be imported. Nothing was changed.')
          return false
        }
      }}
      onClose={onClose}
    />
  )
}

/**
 * An answer outside of the format is imported unchanged: the list of examples shows the problem.
 */
function outputOf({ format }: Template, expected: Parameters<typeof expectedText>[0]): string {
  if (expected === null) return ''
  return exampleOutput(format, expected) ?? expectedText(expected)
}
