import { useCallback, useState, type ReactNode } from 'react'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'

/** Says things that only the eye would see otherwise; the region must stand in the document. */
export function useAnnouncer(): {
  readonly announce: (words: string) => void
  readonly region: ReactNode
} {
  const [said, setSaid] = useState('')
  const announce = useCallback((words: string) => setSaid(words), [])
  const region = (
    <VisuallyHidden>
      <span role="status">{said}</span>
    </VisuallyHidden>
  )
  return { announce, region }
}
