import { useEffect, useRef, type RefObject } from 'react'
import { isFocusLost } from '../ui/isFocusLost.ts'
import type { PlaceName } from './navigation.ts'

/**
 * A place that is opened by keyboard takes the focus, which the one before took away with it: the
 * field that is marked with `data-autofocus`, else its title.
 *
 * @returns for the element that holds the place.
 */
export function usePlaceFocus(place: PlaceName): RefObject<HTMLDivElement | null> {
  const holder = useRef<HTMLDivElement | null>(null)
  const shown = useRef(place)
  useEffect(() => {
    if (shown.current === place) return
    shown.current = place
    // After the palette has given the focus back, if it led here.
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
