/** The object that the preload script exposes as `window.penknife` in the desktop app. */
export interface Bridge {
  readonly send: (message: unknown) => void
  /** Returns a function that stops listening. */
  readonly onMessage: (listener: (message: unknown) => void) => () => void
  /** The path of a dropped or chosen file or folder; empty if it has none. */
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
