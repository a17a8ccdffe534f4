import { createHash } from 'node:crypto'
import { open, stat, type FileHandle } from 'node:fs/promises'

/**
 * Files up to this size are hashed whole, larger ones by samples: weights can have half a gigabyte.
 */
const wholeBytes = 8 * 1024 * 1024
const samples = 64
const sampleBytes = 64 * 1024

/**
 * A hash of an embedder's files and facts, as eight hexadecimal digits.
 *
 * @param files paths, in a fixed order.
 */
export async function embedderVersion(files: readonly string[], facts: unknown): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(facts))
  for (const file of files) {
    const { size } = await stat(file)
    hash.update(`\n${String(size)}\n`)
    for await (const bytes of bytesOf(file, size)) hash.update(bytes)
  }
  return hash.digest('hex').slice(0, 8)
}

async function* bytesOf(file: string, size: number): AsyncGenerator<Uint8Array> {
  let handle: FileHandle | undefined
  try {
    const opened = await open(file, 'r')
    handle = opened
    const whole = size <= wholeBytes
    const length = whole ? size : sampleBytes
    const places = whole
      ? [0]
      : Array.from({ length: samples }, (_, n) => Math.floor((n * (size - length)) / (samples - 1)))
    for (const place of places) {
      const { buffer, bytesRead } = await opened.read(Buffer.alloc(length), 0, length, place)
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle?.close()
  }
}
