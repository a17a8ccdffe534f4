import { open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { systemErrorCode } from '../../disk/systemError.ts'
import { modelFileMissing } from '../modelFile.ts'
import { parseGguf, type BadGguf, type GgufHeader } from './parseGguf.ts'

export interface GgufFile {
  readonly header: GgufHeader
  /** Size of the file, or of all parts if it is the first of several. */
  readonly sizeBytes: number
}

const firstBytes = 1024 * 1024
/**
 * Longest header that is read. A vocabulary of 250,000 tokens with its merges takes less than a
 * tenth of it.
 */
const mostBytes = 128 * 1024 * 1024

/**
 * Reads the header of a model file.
 *
 * @throws AppError `model-missing` if there is no file, `model-load-failed` with the reason.
 */
export async function readGguf(file: string): Promise<GgufFile> {
  const base = path.basename(file)
  const handle = await openFile(file, base)
  try {
    const stats = await handle.stat()
    if (!stats.isFile()) throw refuse(`${base} is a folder, not a model file.`)
    const header = await readHeader(handle, stats.size, base)
    return { header, sizeBytes: stats.size + (await otherParts(file)) }
  } finally {
    await handle.close()
  }
}

/**
 * The error for a file that can't be used.
 *
 * @param what the problem, a sentence.
 */
export function refuse(what: string, cause?: unknown): AppError {
  const options = cause === undefined ? undefined : { cause }
  return new AppError('model-load-failed', `${what} Choose another file.`, options)
}

async function openFile(file: string, base: string): Promise<FileHandle> {
  try {
    return await open(file)
  } catch (error) {
    if (systemErrorCode(error) === 'EISDIR') {
      throw refuse(`${base} is a folder, not a model file.`, error)
    }
    throw modelFileMissing(file, error)
  }
}

async function readHeader(handle: FileHandle, size: number, base: string): Promise<GgufHeader> {
  for (let wanted = firstBytes; ; wanted *= 4) {
    const bytes = Buffer.alloc(Math.min(wanted, size, mostBytes))
    await fill(handle, bytes)
    const parsed = parseGguf(bytes, size)
    if (parsed.kind === 'header') return parsed.header
    if (parsed.kind === 'bad') throw refuse(sentence(parsed.reason, base))
    if (bytes.length >= mostBytes) throw refuse(sentence('damaged', base))
  }
}

/** If the file became shorter meanwhile, the rest stays zero, which isn't a valid header. */
async function fill(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, done)
    if (bytesRead === 0) return
    done += bytesRead
  }
}

function sentence(reason: BadGguf, base: string): string {
  switch (reason) {
    case 'not-gguf':
      return `${base} is not a GGUF model file.`
    case 'version':
      return `${base} is a GGUF file of a version that Penknife cannot read.`
    case 'cut':
      return `The model file ${base} is not complete: it was cut off or is still being copied.`
    case 'damaged':
      return `The model file ${base} is damaged.`
  }
}

/**
 * Large models are split into several files; llama.cpp loads them by the first:
 * `name-00001-of-00003.gguf`.
 */
const firstPart = /^(?<start>.*-)00001(?<end>-of-(?<count>\d{5})\.gguf)$/u

async function otherParts(file: string): Promise<number> {
  const parts = firstPart.exec(path.basename(file))?.groups
  if (parts === undefined) return 0
  let bytes = 0
  for (let number = 2; number <= Number(parts.count); number += 1) {
    const name = `${parts.start ?? ''}${String(number).padStart(5, '0')}${parts.end ?? ''}`
    const handle = await openPart(path.join(path.dirname(file), name), name)
    bytes += (await handle.stat().finally(() => handle.close())).size
  }
  return bytes
}

async function openPart(file: string, name: string): Promise<FileHandle> {
  try {
    return await open(file)
  } catch (error) {
    throw refuse(`A part of this model is missing: ${name}.`, error)
  }
}
