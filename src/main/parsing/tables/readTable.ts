import { tableKindOf } from '../../../shared/domain/formats.ts'
import { AppError } from '../../../shared/errors.ts'
import { decodeNamed, type DecodedText } from '../../files/decodeText.ts'
import type { TableLimits } from '../parseLimits.ts'
import { withAsserted } from './assertedColumns.ts'
import { readDelimited } from './delimitedTable.ts'
import { withJsonCells } from './jsonCells.ts'
import { listOrRow, readJsonLines, readJsonTable } from './jsonTable.ts'
import { readSpreadsheet } from './spreadsheet.ts'
import { readYamlTable } from './yamlTable.ts'
import { emptyTable, type Table } from './table.ts'

/**
 * Reads the table in a file: CSV, TSV, JSON, JSON lines, YAML or XLSX, recognised by what the bytes look
 * like first and by the file's name second. Rows that cannot be used are included, with the reason.
 *
 * @throws AppError with a sentence that a person can act on.
 */
export async function readTable(
  file: { readonly name: string; readonly bytes: Uint8Array },
  limits: TableLimits,
  signal: AbortSignal,
): Promise<Table> {
  return withAsserted(withJsonCells(await readWritten(file, limits, signal)))
}

/** The table as it is written, before what is special to other tools is read. */
async function readWritten(
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  limits: TableLimits,
  signal: AbortSignal,
): Promise<Table> {
  if (bytes.byteLength === 0) throw emptyTable(name)
  if (beginsWith(bytes, [0x50, 0x4b])) return readSpreadsheet(name, bytes, limits, signal)
  if (beginsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw new AppError(
      'unsupported-format',
      `${name} is a spreadsheet in an old format, or one with a password. Save it as .xlsx without a password, or as CSV, and choose that.`,
    )
  }
  const decoded = await decodeNamed(bytes, limits)
  if (decoded.text.trim() === '') throw emptyTable(name)
  const table = readText(name, decoded.text)
  return { ...table, notices: [...aboutEncoding(decoded), ...table.notices] }
}

function readText(name: string, text: string): Table {
  switch (tableKindOf(name)) {
    case 'delimited':
      return readDelimited(text, '')
    case 'tabs':
      return readDelimited(text, '\t')
    case 'json-lines':
      return readJsonLines(text)
    case 'yaml':
      return readYamlTable(name, text)
    case 'json':
      return readJsonTable(name, text)
    case 'text':
    case 'spreadsheet':
      return looksLikeJson(text) ? readJsonTable(name, text) : readDelimited(text, '')
    case null:
      if (looksLikeJson(text)) return readJsonTable(name, text, listOrRow)
      return looksLikeYaml(text) ? readYamlTable(name, text) : readDelimited(text, '')
  }
}

function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/u.test(text)
}

/** Begins with a document, with a row of named values, or with names of which one is over a list. */
function looksLikeYaml(text: string): boolean {
  const first = text.replace(/^(?:[ \t]*(?:#.*)?\n)+/u, '')
  if (/^(?:---\s| *- +["']?\w+["']? *:(?:\s|$))/u.test(first)) return true
  return /^\w+:(?:\s|$)/u.test(first) && /^\w+: *\n *- /mu.test(first)
}

function aboutEncoding({ text, encoding, guessed }: DecodedText): readonly string[] {
  const notices: string[] = []
  if (guessed) {
    notices.push(
      `The file does not say how its letters are encoded; it was read as ${encoding}. If letters look wrong, save it as UTF-8.`,
    )
  }
  if (text.includes('\uFFFD')) {
    notices.push('Some letters could not be read and are shown as �. Save the file as UTF-8.')
  }
  return notices
}

function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}
