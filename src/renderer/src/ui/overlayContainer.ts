import { createContext, useContext } from 'react'

/**
 * Where cards, menus and tooltips are drawn: inside a landmark of the window, so that whoever moves
 * by landmarks finds them. Null draws them at the end of the body.
 */
export const OverlayContainer = createContext<HTMLElement | null>(null)

export function useOverlayContainer(): HTMLElement | null {
  return useContext(OverlayContainer)
}
