import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A file that is made to exhaust the program that reads it. */
export interface Bomb {
  /** Name of the file. */
  readonly name: string
  /** Makes its bytes, in pieces where they are many. */
  readonly bytes: () => string | Uint8Array | Iterable<Uint8Array>
}

/** Writes a bomb to a file. */
export async function writeBomb({ bytes }: Bomb, file: string): Promise<void> {
  const made = bytes()
  const pieces =
    typeof made === 'string' ? [Buffer.from(made)] : made instanceof Uint8Array ? [made] : made
  await pipeline(Readable.from(pieces), createWriteStream(file))
}

/** Puts one text into another, which goes into the next, `depth` times. */
export function nested(open: string, middle: string, close: string, depth: number): string {
  return open.repeat(depth) + middle + close.repeat(depth)
}

/** `count` texts in a row. */
export function times(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join('')
}
