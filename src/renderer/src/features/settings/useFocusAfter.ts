import { useEffect, useRef, type RefObject } from 'react'
import { isFocusLost } from '../../ui/isFocusLost.ts'

/** Focuses an element when work has ended and the button that began it is gone. */
export function useFocusAfter(working: boolean, place: RefObject<HTMLElement | null>): void {
  const worked = useRef(false)
  useEffect(() => {
    if (!working && worked.current && isFocusLost()) place.current?.focus()
    worked.current = working
  }, [working, place])
}
