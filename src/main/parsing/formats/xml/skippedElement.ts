/** An element whose content is left out, up to its end; elements of its name may be nested in it. */
export interface SkippedElement {
  isOpen(): boolean
  /** Leaves out everything up to the end of this element. Only where none is open. */
  begin(name: string): void
  /** Takes note of an element that opens within it. */
  opened(name: string): void
  /** Takes note of an element that closes within it, which may be itself. */
  closed(name: string): void
}

export function createSkippedElement(): SkippedElement {
  let skipped = ''
  let depth = 0
  return {
    isOpen: () => depth > 0,
    begin(name) {
      skipped = name
      depth = 1
    },
    opened(name) {
      if (name === skipped) depth += 1
    },
    closed(name) {
      if (name === skipped) depth -= 1
    },
  }
}
