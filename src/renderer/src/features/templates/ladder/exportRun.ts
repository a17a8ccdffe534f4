import type { Api } from '../../../api/api.ts'
import { showError } from '../../../ui/toasts.ts'
import { saveTextFile } from '../../../ui/saveTextFile.ts'

/** Saves a run as a file, or shows the error. */
export function exportRun(
  { testRuns }: Pick<Api, 'testRuns'>,
  id: string,
  kind: 'json' | 'csv',
): void {
  testRuns.exportRun({ id, kind }).then(
    (file) => saveTextFile(file),
    (error: unknown) => showError(error, 'The run could not be exported. Try again.'),
  )
}
