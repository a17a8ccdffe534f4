import { exampleOutput } from '../../../../../shared/domain/template/exampleOutput.ts'
import type { Template } from '../../../../../shared/domain/template/template.ts'
import { showError, showToast } from '../../../ui/toasts.ts'
import type { TemplatesStore } from '../templatesStore.ts'
import type { RowOfRun } from './resultFilter.ts'

/** Adds a row as an example, with its expected answer or else the given one. */
export function addRowAsExample(
  templates: TemplatesStore,
  id: string,
  { format }: Template,
  { row, result }: RowOfRun,
): void {
  const expected = row.expected === null ? null : exampleOutput(format, row.expected)
  const output = expected ?? result.reply
  templates.addExample(id, { values: row.values, output, note: '', enabled: true }).then(
    () => showToast('Added to the examples. The row itself is left out of the next run.'),
    (error: unknown) => showError(error, 'The example could not be added.'),
  )
}
