/** Excel names its separator in a separate first line: `sep=;`. */
const firstLine = /^sep=(.)\n/iu

/** @returns what a table of separated values says of its separator, and where its rows begin. */
export function declaredSeparator(text: string): {
  /** Null if it says nothing. */
  readonly separator: string | null
  readonly from: number
} {
  const [line = '', separator = null] = firstLine.exec(text) ?? []
  return { separator, from: line.length }
}
