export interface ByteRange {
  readonly start: number
  /** Last byte, inclusive. */
  readonly end: number
}

/**
 * Reads a `Range` header (RFC 9110, section 14) for content of `size` bytes.
 *
 * @returns the one range asked for; undefined when the whole content should be sent (no header,
 * several ranges, or not a byte range); `unsatisfiable` when it starts after the end.
 */
export function parseByteRange(
  header: string | undefined,
  size: number,
): ByteRange | undefined | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  const [, from = '', to = ''] = match ?? []
  if (match === null || (from === '' && to === '')) return undefined
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return undefined
  return start >= size ? 'unsatisfiable' : { start, end }
}
