import { useEffect, useState } from 'react'
import type { ColumnMapping, TablePreview } from '../../../../../shared/contract/testRuns.ts'
import type { Template } from '../../../../../shared/domain/template/template.ts'
import { isCancelled, toWire } from '../../../../../shared/errors.ts'
import type { Api } from '../../../api/api.ts'
import type { ChosenTable } from './chooseTable.ts'

/** The core's preview of a table import; requested again after every change of the mapping. */
export function useTablePreview(
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
