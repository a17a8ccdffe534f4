/** What the preload puts on `window.penknife` in the desktop app. */
export interface Bridge {
  readonly send: (message: unknown) => void
  /** Answers with a function that stops listening. */
  readonly onMessage: (listener: (message: unknown) => void) => () => void
  /** Where a file or folder that was dropped or chosen lies; empty if it lies nowhere. */
  readonly pathForFile: (file: File) => string
}

declare global {
  interface Window {
    readonly penknife?: Bridge
  }
}

/** The desktop app's bridge; null in a browser. */
export function findBridge(): Bridge | null {
  return window.penknife ?? null
}
