import { createContext } from 'react'

/** Widths of resizable parts of the window, by name; stored by the window's composition. */
export interface RememberedWidths {
  /** Pixels. */
  readonly widths: Readonly<Record<string, number>>
  readonly remember: (name: string, width: number) => void
}

export const RememberedWidths = createContext<RememberedWidths>({
  widths: {},
  remember: () => undefined,
})
