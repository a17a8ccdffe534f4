import {
  formatIds,
  formatOfName,
  formats,
  type Format,
  type FormatId,
} from '../../../shared/domain/formats.ts'
import { AppError } from '../../../shared/errors.ts'
import { wideEncodingOf } from '../../files/unmarkedUnicode.ts'
import { encryptedFile } from '../../files/encryptedFile.ts'
import { refusedFiles, type RefusedFile } from './refusedFiles.ts'

/**
 * How far into a file its format's signature may be: one further down belongs to embedded content.
 */
const headBytes = 1024
/** The names of all parts of a zip container are in its directory, at the end. */
const directoryBytes = 256 * 1024
/** The names of the first parts are among these, where the directory is damaged. */
const firstPartsBytes = 4096
/** Text has no zero bytes but a stray one, or has them in a regular pattern (UTF-16 and UTF-32). */
const sampleBytes = 8 * 1024

/**
 * Detects a file's format: by its bytes where they are conclusive, else by its extension. A file
 * that neither identifies is plain text.
 *
 * @throws AppError `unsupported-format`, `document-encrypted`, `document-unreadable` with a sentence
 * that names what the file looks like and what to do.
 */
export function detectFormat(name: string, bytes: Uint8Array): FormatId {
  const head = latin1(bytes.subarray(0, headBytes))
  const sort = sortOf(head, bytes)
  const shown = sort === 'zip' ? formatOfZip(bytes) : formatOfHead(head, sort)
  if (shown !== null) return shown
  refuse(sort, head, bytes)
  const known = formatOfName(name)
  if (known !== null && formats[known].binary) throw notReally(formats[known])
  return known ?? 'text'
}

/** What a file is made of, as `RefusedFile` has it. */
function sortOf(head: string, bytes: Uint8Array): RefusedFile['in'] {
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return 'zip'
  if (head.startsWith('\xD0\xCF\x11\xE0')) return 'compound'
  return isBinary(bytes) ? 'binary' : 'text'
}

/** The format whose signature comes first: an e-mail about PDF may quote the signature of a PDF. */
function formatOfHead(head: string, sort: RefusedFile['in']): FormatId | null {
  let first = Infinity
  let found: FormatId | null = null
  for (const id of formatIds) {
    const { firstBytes, binary } = formats[id]
    if (firstBytes?.in !== 'head' || (!binary && sort !== 'text')) continue
    const at = head.search(firstBytes.pattern)
    if (at >= 0 && at < first) [first, found] = [at, id]
  }
  return found
}

function formatOfZip(bytes: Uint8Array): FormatId | null {
  const names = zipNames(bytes)
  const found = formatIds.find((id) => {
    const { firstBytes } = formats[id]
    return firstBytes?.in === 'zip' && firstBytes.pattern.test(names)
  })
  return found ?? null
}

/** The names of the parts, among other bytes. */
function zipNames(bytes: Uint8Array): string {
  const directory = latin1(bytes.subarray(Math.max(0, bytes.byteLength - directoryBytes)))
  const names = `${directory}\n${latin1(bytes.subarray(0, firstPartsBytes))}`
  // Some programs on Windows part them by backslashes.
  return names.replaceAll('\\', '/')
}

/** @throws AppError where a file of this sort has one of the marks. */
function refuse(sort: RefusedFile['in'], head: string, bytes: Uint8Array): void {
  const shows = showsMark(sort, head, bytes)
  // A new Office file with a password is an encrypted stream in the container of the old ones.
  if (sort === 'compound' && shows('EncryptedPackage')) throw encryptedFile()
  const row = refusedFiles.find(
    ({ in: where, marks }) => where === sort && (marks === null || marks.some(shows)),
  )
  if (row === undefined) return
  const { what, instead } = row
  throw new AppError(
    'unsupported-format',
    instead === null
      ? `This looks like ${what}, which Penknife does not read yet.`
      : `This looks like ${what}. ${instead}.`,
  )
}

function showsMark(
  sort: RefusedFile['in'],
  head: string,
  bytes: Uint8Array,
): (mark: string) => boolean {
  switch (sort) {
    case 'text':
    case 'binary':
      return (mark) => head.startsWith(mark)
    case 'zip': {
      const names = zipNames(bytes)
      return (mark) => names.includes(mark)
    }
    case 'compound': {
      const directory = latin1(bytes)
      // Names in it are UTF-16.
      return (mark) => directory.includes(mark.split('').join('\0'))
    }
  }
}

function notReally({ name }: Format): AppError {
  return new AppError(
    'document-unreadable',
    `This file is called a ${name} file but is none. It may be damaged: open it in the program that made it and save it again.`,
  )
}

/** Zeros among the letters of a text, such as a program leaves that counts wrong. */
const mostStrayZeros = 0.005

function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, sampleBytes)
  if (sample[0] === 0xff && sample[1] === 0xfe) return false
  if (sample[0] === 0xfe && sample[1] === 0xff) return false
  if (wideEncodingOf(sample) !== null) return false
  let zeros = 0
  let controls = 0
  for (const byte of sample) {
    if (byte === 0) zeros += 1
    else if (byte < 9 || (byte > 13 && byte < 32)) controls += 1
  }
  if (zeros === 0) return false
  return zeros > Math.max(1, sample.byteLength * mostStrayZeros) || controls > 0
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
