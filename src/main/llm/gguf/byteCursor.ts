/** The bytes read so far don't contain the whole header. */
export class NeedsMore extends Error {}

/** The file is invalid: `cut` if it ends too early, `damaged` if it contradicts itself. */
export class BadHeader extends Error {
  readonly kind: 'cut' | 'damaged'

  constructor(kind: 'cut' | 'damaged') {
    super(`The header is ${kind}`)
    this.kind = kind
  }
}

/** Reads little-endian values one after another. */
export interface ByteCursor {
  readonly at: number
  u8(): number
  u32(): number
  /** A whole number below 2^53: larger ones can't be a valid length. */
  u64(): number
  number(type: NumberType): number
  text(): string
  skip(bytes: number): void
  skipText(): void
}

export type NumberType = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'f32' | 'u64' | 'i64' | 'f64'
export const numberSizes: Readonly<Record<NumberType, number>> = {
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  f32: 4,
  u64: 8,
  i64: 8,
  f64: 8,
}

/**
 * @param bytes the beginning of a file.
 * @param fileSize length of the whole file, which no value may exceed.
 */
export function createByteCursor(bytes: Uint8Array, fileSize: number): ByteCursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const decoder = new TextDecoder()
  let at = 0

  /** @returns the offset of the next `count` bytes, and advances past them. */
  function take(count: number): number {
    const start = at
    if (start + count > fileSize) throw new BadHeader('cut')
    if (start + count > bytes.byteLength) throw new NeedsMore()
    at += count
    return start
  }

  function u64(): number {
    const start = take(8)
    const value = view.getUint32(start + 4, true) * 2 ** 32 + view.getUint32(start, true)
    if (!Number.isSafeInteger(value)) throw new BadHeader('damaged')
    return value
  }

  return {
    get at() {
      return at
    },
    u8: () => view.getUint8(take(1)),
    u32: () => view.getUint32(take(4), true),
    u64,
    number(type) {
      const start = take(numberSizes[type])
      switch (type) {
        case 'u8':
          return view.getUint8(start)
        case 'i8':
          return view.getInt8(start)
        case 'u16':
          return view.getUint16(start, true)
        case 'i16':
          return view.getInt16(start, true)
        case 'u32':
          return view.getUint32(start, true)
        case 'i32':
          return view.getInt32(start, true)
        case 'f32':
          return view.getFloat32(start, true)
        case 'u64':
          return Number(view.getBigUint64(start, true))
        case 'i64':
          return Number(view.getBigInt64(start, true))
        case 'f64':
          return view.getFloat64(start, true)
      }
    },
    text() {
      const length = u64()
      const start = take(length)
      return decoder.decode(bytes.subarray(start, start + length))
    },
    skip: (count) => void take(count),
    skipText: () => void take(u64()),
  }
}
