/**
 * File names on Linux are bytes, which need not be UTF-8: a name may be in Latin-1. A path is kept
 * as text in which each byte that isn't UTF-8 is one half of a surrogate pair (U+DC80 to U+DCFF, as
 * Python does), so that it survives JSON, compares, and leads back to the same bytes.
 */
const firstStray = 0xdc00
const strays = /[\uDC80-\uDCFF]/u
const strayRuns = /[\uDC80-\uDCFF]+|[^\uDC80-\uDCFF]+/gu

/** @param name as `readdir` and `realpath` return it for the encoding `buffer`. */
export function fromDisk(name: Uint8Array): string {
  const bytes = Buffer.from(name.buffer, name.byteOffset, name.byteLength)
  const text = bytes.toString('utf8')
  if (!text.includes('\uFFFD')) return text
  let path = ''
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at)
    path +=
      length === 0
        ? String.fromCharCode(firstStray + (bytes[at] ?? 0))
        : bytes.toString('utf8', at, at + length)
    at += Math.max(1, length)
  }
  return path
}

/** What to open, `stat` or list a path by. */
export function toDisk(path: string): string | Buffer {
  if (!strays.test(path)) return path
  const runs = path.match(strayRuns) ?? []
  return Buffer.concat(
    runs.map((run) =>
      strays.test(run)
        ? Buffer.from(Array.from(run, (one) => one.charCodeAt(0) - firstStray))
        : Buffer.from(run),
    ),
  )
}

/** Bytes of the UTF-8 character that begins there; 0 if none does. */
function characterLength(bytes: Buffer, at: number): number {
  const most = Math.min(4, bytes.length - at)
  for (let length = 1; length <= most; length += 1) {
    const character = bytes.toString('utf8', at, at + length)
    const isWhole = Buffer.from(character).equals(bytes.subarray(at, at + length))
    if (isWhole) return length
  }
  return 0
}
