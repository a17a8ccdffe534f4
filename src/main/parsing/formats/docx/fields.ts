/** Fields say what Word works out: an instruction, then (shown) what came of it. */
export interface Fields {
  begin(): void
  separate(): void
  end(): void
  instruction(text: string): void
  /** Whether text at this place is shown. */
  readonly shown: boolean
  /** Whether text at this place is a page number or the number of pages. */
  readonly isPageNumber: boolean
}

/** Fields within fields, as they come in a paragraph (ECMA-376, 17.16.18). */
export function createFields(): Fields {
  const open: { instruction: string; result: boolean }[] = []
  return {
    begin() {
      open.push({ instruction: '', result: false })
    },
    separate() {
      const last = open.at(-1)
      if (last !== undefined) last.result = true
    },
    end() {
      open.pop()
    },
    instruction(text) {
      const last = open.at(-1)
      if (last !== undefined) last.instruction += text
    },
    get shown() {
      return open.every(({ result }) => result)
    },
    get isPageNumber() {
      return open.some(({ instruction }) => isPageField(instruction))
    },
  }
}

export function isPageField(instruction: string): boolean {
  return /^\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION)\b/i.test(instruction)
}
