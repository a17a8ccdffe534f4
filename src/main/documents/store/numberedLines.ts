import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'

const newline = 0x0a

/** The offsets of all lines of a file, and of the end of the last one, in bytes. */
export async function indexLines(file: string): Promise<readonly number[]> {
  const starts = [0]
  let offset = 0
  for await (const part of createReadStream(file, { highWaterMark: 1 << 18 })) {
    const bytes = part as Buffer
    for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) {
      starts.push(offset + at + 1)
    }
    offset += bytes.length
  }
  if (starts.at(-1) !== offset) starts.push(offset)
  return starts
}

/**
 * Opens a file to read single lines by number. `use` must not keep the function after it returns.
 */
export async function withLines<T>(
  file: string,
  starts: readonly number[],
  use: (readLine: (line: number) => Promise<string>) => Promise<T>,
): Promise<T> {
  let handle: FileHandle | undefined
  try {
    const opened = await open(file, 'r')
    handle = opened
    return await use(async (line) => {
      const from = starts[line] ?? 0
      const bytes = Buffer.alloc((starts[line + 1] ?? from) - from)
      await opened.read(bytes, 0, bytes.length, from)
      return bytes.toString('utf8')
    })
  } finally {
    await handle?.close()
  }
}

/** Streams the lines of a file. */
export async function* readLines(file: string): AsyncGenerator<string> {
  let rest: Buffer[] = []
  for await (const part of createReadStream(file, { highWaterMark: 1 << 16 })) {
    const bytes = part as Buffer
    let from = 0
    for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, from)) {
      yield Buffer.concat([...rest, bytes.subarray(from, at)]).toString('utf8')
      rest = []
      from = at + 1
    }
    if (from < bytes.length) rest.push(bytes.subarray(from))
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString('utf8')
}
