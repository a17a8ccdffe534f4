import { useCallback, useEffect, useRef, useState } from 'react'
import { isCancelled } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'
import type { AskStore } from './askStore.ts'
import { importSampleLibrary } from './sampleLibrary.ts'

export interface SampleLibrary {
  /** The question waiting for the sample library; null if none is. */
  readonly preparing: string | null
  readonly start: (question: string) => void
  readonly cancel: () => void
}

/** A click on a sample question: import the sample library, wait for it, ask. */
export function useSampleLibrary(
  api: Pick<Api, 'documents'>,
  ask: AskStore,
  onError: (error: unknown, fallback: string) => void,
): SampleLibrary {
  const [preparing, setPreparing] = useState<string | null>(null)
  const controller = useRef<AbortController | null>(null)
  useEffect(() => () => controller.current?.abort(), [])

  const start = useCallback(
    (question: string) => {
      const own = new AbortController()
      controller.current = own
      setPreparing(question)
      importSampleLibrary(api, own.signal)
        .then(
          (sample) => {
            ask.setScope({ kind: 'collections', ids: [sample.id] })
            void ask.ask({ question, query: null, replaces: null, ignoreThreshold: false })
          },
          (error: unknown) => {
            if (!isCancelled(error)) onError(error, 'The sample library could not be imported.')
          },
        )
        .finally(() => setPreparing(null))
    },
    [api, ask, onError],
  )
  const cancel = useCallback(() => controller.current?.abort(), [])
  return { preparing, start, cancel }
}
