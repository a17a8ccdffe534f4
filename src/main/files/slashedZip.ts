/** Marks in a zip container (APPNOTE, 4.3.6 to 4.3.16). */
const endOfDirectory = 0x06054b50
const entryOfDirectory = 0x02014b50
const localEntry = 0x04034b50
/** The end has a comment of at most 65,535 bytes after it. */
const endSearched = 65_557

const backslash = 0x5c
const slash = 0x2f

/**
 * Some programs on Windows part the names in a container by backslashes, which some libraries do not
 * find. Names are in two places, and slashes take as many bytes.
 *
 * @returns the same bytes, or a copy if there was a backslash in a name.
 */
export function withSlashes(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end === null) return bytes
  let copy: Uint8Array | null = null
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + 46 > bytes.byteLength || view.getUint32(at, true) !== entryOfDirectory) break
    const length = view.getUint16(at + 28, true)
    const name = bytes.subarray(at + 46, at + 46 + length)
    if (name.includes(backslash)) {
      copy ??= Uint8Array.from(bytes)
      replace(copy, at + 46, length)
      const local = view.getUint32(at + 42, true)
      const isEntry = local + 30 <= bytes.byteLength && view.getUint32(local, true) === localEntry
      if (isEntry) replace(copy, local + 30, view.getUint16(local + 26, true))
    }
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return copy ?? bytes
}

function findEnd(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - endSearched)
  for (let at = view.byteLength - 22; at >= first; at -= 1) {
    if (view.getUint32(at, true) === endOfDirectory) return at
  }
  return null
}

function replace(bytes: Uint8Array, from: number, length: number): void {
  const end = Math.min(from + length, bytes.byteLength)
  for (let at = from; at < end; at += 1) if (bytes[at] === backslash) bytes[at] = slash
}
