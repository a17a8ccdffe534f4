export interface FrameBatch {
  push(text: string): void
  /** Passes the collected text on at once. */
  flush(): void
  dispose(): void
}

/**
 * Collects pieces of text and passes them on once per frame, since a model may write faster than
 * the window renders.
 */
export function createFrameBatch(onText: (text: string) => void): FrameBatch {
  let gathered = ''
  let frame: number | null = null

  function flush(): void {
    if (frame !== null) cancelAnimationFrame(frame)
    frame = null
    if (gathered === '') return
    const text = gathered
    gathered = ''
    onText(text)
  }

  return {
    push(text) {
      gathered += text
      frame ??= requestAnimationFrame(() => {
        frame = null
        flush()
      })
    },
    flush,
    dispose() {
      if (frame !== null) cancelAnimationFrame(frame)
      frame = null
    },
  }
}
