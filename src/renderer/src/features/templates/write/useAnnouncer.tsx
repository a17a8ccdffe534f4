import { useCallback, useState, type ReactNode } from 'react'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'

/** Announces visual changes to screen readers; the returned region must be rendered. */
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
