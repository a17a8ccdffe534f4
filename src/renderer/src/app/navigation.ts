import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ViewerTarget } from '../api/viewerTarget.ts'

export const places = ['ask', 'library', 'templates', 'models', 'settings'] as const
export type PlaceName = (typeof places)[number]

export interface Navigation {
  readonly place: PlaceName
  /** A document opened independently of an answer; null if there is none. */
  readonly reading: ViewerTarget | null
  /** Whether the rail is expanded over a narrow window. */
  readonly railWidened: boolean
  readonly overlay: 'palette' | 'shortcuts' | 'jobs' | null
}

export function createNavigation(): StoreApi<Navigation> {
  return createStore<Navigation>(() => ({
    place: 'ask',
    reading: null,
    railWidened: false,
    overlay: null,
  }))
}
