import { createContext, useContext } from 'react'

/**
 * The container of cards, menus and tooltips: inside a landmark, so that users who navigate by
 * landmarks find them. null: the end of the body.
 */
export const OverlayContainer = createContext<HTMLElement | null>(null)

export function useOverlayContainer(): HTMLElement | null {
  return useContext(OverlayContainer)
}
