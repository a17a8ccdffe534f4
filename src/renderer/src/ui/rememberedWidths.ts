import { createContext } from 'react'

/** How wide the user has made parts of the window, by name; kept by whoever composes the window. */
export interface RememberedWidths {
  /** Pixels. */
  readonly widths: Readonly<Record<string, number>>
  readonly remember: (name: string, width: number) => void
}

export const RememberedWidths = createContext<RememberedWidths>({
  widths: {},
  remember: () => undefined,
})
