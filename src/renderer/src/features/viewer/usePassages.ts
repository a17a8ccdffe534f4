import { useEffect, useState } from 'react'
import { isCancelled } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'
import { showError } from '../../ui/toasts.ts'
import type { Passage } from './marks.ts'

export interface Passages {
  readonly on: boolean
  readonly setOn: (on: boolean) => void
  /** Empty unless they are shown. */
  readonly shown: readonly Passage[]
}

const none: readonly Passage[] = []

/** The document's passages, fetched when they are shown. */
export function usePassages(
  api: Pick<Api, 'documents'>,
  id: string,
  contentId: string | null,
): Passages {
  const [on, setOn] = useState(false)
  const [cut, setCut] = useState<{ contentId: string; passages: readonly Passage[] } | null>(null)
  useEffect(() => {
    if (!on || contentId === null) return
    const controller = new AbortController()
    api.documents.passages({ id }, { signal: controller.signal }).then(
      (passages) => setCut({ contentId, passages }),
      (error: unknown) => {
        if (!isCancelled(error)) showError(error, 'The passages could not be read. Try again.')
      },
    )
    return () => controller.abort()
  }, [api, id, on, contentId])
  return {
    on,
    setOn,
    shown: on && cut !== null && cut.contentId === contentId ? cut.passages : none,
  }
}
