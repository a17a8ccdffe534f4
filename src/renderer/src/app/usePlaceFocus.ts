import { useEffect, useRef, type RefObject } from 'react'
import { isFocusLost } from '../ui/isFocusLost.ts'
import type { PlaceName } from './navigation.ts'

/**
 * Focuses a place that was opened by keyboard, since the focused element of the previous place is
 * gone: the field marked with `data-autofocus`, else the title.
 *
 * @returns a ref for the element that contains the place.
 */
export function usePlaceFocus(place: PlaceName): RefObject<HTMLDivElement | null> {
  const holder = useRef<HTMLDivElement | null>(null)
  const shown = useRef(place)
  useEffect(() => {
    if (shown.current === place) return
    shown.current = place
    // After the palette, if it was used, has returned the focus.
    const frame = requestAnimationFrame(() => {
      if (!isFocusLost()) return
      const find = (selector: string) => holder.current?.querySelector<HTMLElement>(selector)
      const first = find('[data-autofocus]') ?? find('h1')
      first?.focus()
    })
    return () => cancelAnimationFrame(frame)
  }, [place])
  return holder
}
