import { useEffect, useRef } from 'react'
import type { InspectorState } from './inspector.ts'

/**
 * Returns the focus to the control that opened the inspector when that closes with the focus
 * inside.
 */
export function useFocusReturn(inspecting: InspectorState): void {
  const opener = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const active = document.activeElement
    if (inspecting.tab === null) {
      if (active === document.body && opener.current?.isConnected === true) opener.current.focus()
    } else if (active instanceof HTMLElement && active.closest('.pk-inspector') === null) {
      opener.current = active
    }
  }, [inspecting])
}
