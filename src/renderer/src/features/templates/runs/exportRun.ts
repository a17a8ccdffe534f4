import type { ReportKind } from '../../../../../shared/domain/testRun/reportKinds.ts'
import type { Api } from '../../../api/api.ts'
import { saveFile } from '../../../ui/saveFile.ts'
import { showError } from '../../../ui/toasts.ts'

/** Saves a run as a file, or shows the error. */
export function exportRun({ testRuns }: Pick<Api, 'testRuns'>, id: string, kind: ReportKind): void {
  testRuns.exportRun({ id, kind }).then(
    ({ name, mediaType, text, base64 }) =>
      saveFile({ name, content: text ?? fromBase64(base64 ?? ''), type: mediaType }),
    (error: unknown) => showError(error, 'The run could not be exported. Try again.'),
  )
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
}
