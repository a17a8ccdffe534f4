import type { FormatId } from '../../../shared/domain/libraryDocument.ts'
import { AppError } from '../../../shared/errors.ts'

/** Text holds no zero bytes, or (UTF-16) has them in a regular pattern with letters between. */
const sampleBytes = 8 * 1024

/** First bytes of files that are no documents, or not yet. */
const signatures: readonly (readonly [bytes: string, what: string])[] = [
  ['\x89PNG', 'a picture'],
  ['\xFF\xD8\xFF', 'a picture'],
  ['GIF8', 'a picture'],
  ['BM', 'a picture'],
  ['II*\0', 'a picture'],
  ['MM\0*', 'a picture'],
  ['Rar!', 'a RAR archive. Unpack it and add the documents in it'],
  ['7z\xBC\xAF', 'a 7-Zip archive. Unpack it and add the documents in it'],
  ['\x1F\x8B', 'a gzip archive. Unpack it and add the documents in it'],
  ['\x7FELF', 'a program'],
  ['MZ', 'a program'],
  ['SQLite format 3\0', 'a database'],
  ['{\\rtf', 'a Rich Text (RTF) file. Save it as Word (.docx) or PDF and add that'],
  ['%!PS', 'a PostScript file. Save it as PDF and add that'],
  ['OggS', 'a sound or film'],
  ['ID3', 'a sound'],
  ['RIFF', 'a sound, film or picture'],
]

/**
 * Judges a file by its content: the format that it certainly is, the error that it certainly leads
 * to, or null where its extension may decide.
 */
export function lookalike(bytes: Uint8Array): FormatId | AppError | null {
  const head = latin1(bytes.subarray(0, 1024))
  // Some programs write a few bytes before the mark; readers accept that (ISO 32000, annex H).
  if (head.includes('%PDF-')) return 'pdf'
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return inZip(bytes)
  if (head.startsWith('\xD0\xCF\x11\xE0')) return inCompoundFile(bytes)
  const what = signatures.find(([mark]) => head.startsWith(mark))?.[1]
  if (what !== undefined && (what !== 'a picture' || isBinary(bytes))) return unsupported(what)
  if (isBinary(bytes)) return unsupported('a file of another program')
  if (/^(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->|\xEF\xBB\xBF)*<(?:!doctype html|html)\b/i.test(head))
    return 'html'
  if (
    /^(?:[\w-]+: .*\r?\n(?:[ \t].*\r?\n)*){3}/.test(head) &&
    /^(?:mime-version|received|message-id): /im.test(head)
  ) {
    return 'eml'
  }
  return null
}

/** Names inside a zip container stand unpacked in its directory at the end. */
function inZip(bytes: Uint8Array): FormatId | AppError {
  const names = latin1(bytes.subarray(Math.max(0, bytes.byteLength - 256 * 1024)))
  const start = latin1(bytes.subarray(0, 4096))
  const holds = (name: string): boolean => names.includes(name) || start.includes(name)
  if (holds('word/document')) return 'docx'
  if (holds('ppt/presentation')) return 'pptx'
  if (holds('xl/workbook.bin')) {
    return unsupported('a binary Excel file (.xlsb). Save it as .xlsx or CSV and add that')
  }
  if (holds('xl/workbook')) return 'xlsx'
  if (holds('mimetypeapplication/epub')) return 'epub'
  if (holds('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')) return 'xlsx'
  if (holds('mimetypeapplication/vnd.oasis.opendocument')) {
    return unsupported('an OpenDocument file. Save it as Word (.docx) or PDF and add that')
  }
  if (holds('META-INF/container.xml')) return 'epub'
  if (holds('word/')) return 'docx'
  return unsupported('a zip archive. Unpack it and add the documents in it')
}

/** The container of old Office files, and of new ones with a password (MS-CFB, MS-OFFCRYPTO). */
function inCompoundFile(bytes: Uint8Array): AppError {
  const directory = latin1(bytes)
  const holds = (name: string): boolean =>
    directory.includes(name.replace(/(?<=.)/g, '\0').slice(0, -1))
  if (holds('EncryptedPackage')) {
    return new AppError(
      'document-encrypted',
      'This file is locked with a password. Save a copy without the password and add that.',
    )
  }
  if (holds('WordDocument')) {
    return unsupported('an old Word file (.doc). Save it as .docx or PDF and add that')
  }
  if (holds('PowerPoint Document')) {
    return unsupported('an old PowerPoint file (.ppt). Save it as PDF and add that')
  }
  if (holds('Workbook') || holds('Book')) {
    return unsupported('an old Excel file (.xls). Save it as CSV or PDF and add that')
  }
  if (holds('__properties_version1.0')) {
    return unsupported('an Outlook message. Save it as text or PDF and add that')
  }
  return unsupported('an old Office file. Save it as .docx or PDF and add that')
}

function unsupported(what: string): AppError {
  const sentence = what.includes('. ') ? what : `${what}, which Penknife does not read yet`
  return new AppError('unsupported-format', `This looks like ${sentence}.`)
}

function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, sampleBytes)
  if (sample[0] === 0xff && sample[1] === 0xfe) return false
  if (sample[0] === 0xfe && sample[1] === 0xff) return false
  let even = 0
  let odd = 0
  sample.forEach((byte, index) => {
    if (byte !== 0) return
    if (index % 2 === 0) even += 1
    else odd += 1
  })
  // Zeros on one side only are UTF-16 without a mark.
  if (even + odd === 0) return false
  const half = sample.byteLength / 2
  return !((even === 0 && odd > half * 0.7) || (odd === 0 && even > half * 0.7))
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
