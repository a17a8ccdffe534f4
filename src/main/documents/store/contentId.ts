/** Length of a content id: hexadecimal digits of the file's SHA-256. */
const length = 32

/** The id of a content, from the SHA-256 of the file that it was read from. */
export function contentIdOf(sha256: string): string {
  return sha256.slice(0, length)
}
