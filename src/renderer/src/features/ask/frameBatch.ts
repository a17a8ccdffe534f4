export interface FrameBatch {
  push(text: string): void
  /** Hands over what has gathered, now. */
  flush(): void
  dispose(): void
}

/** Gathers pieces of text and hands them over once a frame: a model may write faster than one can draw. */
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
