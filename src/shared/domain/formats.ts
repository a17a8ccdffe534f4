import { z } from 'zod'

/** What the bytes of a file show, read as Latin-1: one character a byte. */
export interface FirstBytes {
  /** The first 1,024 bytes, or the names of the parts of a zip container. */
  readonly in: 'head' | 'zip'
  readonly pattern: RegExp
}

/** What the pages of a format are called, and how people find one. */
export interface PagesOfFormat {
  readonly word: 'page' | 'slide' | 'sheet' | 'part'
  /** Sheets and parts have names, so that their number says little. */
  readonly foundBy: 'number' | 'heading'
}

/** All that is known of a format, but how it is read (`main/parsing/formats/registry.ts`). */
export interface Format {
  /** In messages: “This Word file could not be read”. */
  readonly name: string
  /** In a list of what can be read; formats that people take for one share it. */
  readonly kind: string
  /** In a word or two, where documents are listed. */
  readonly label: string
  /** Lower case, without the dot. */
  readonly extensions: readonly string[]
  /**
   * Whether the file is more than text: then its bytes always identify it, and its extension alone
   * proves nothing.
   */
  readonly binary: boolean
  /** How its bytes identify it; null for text that looks like any other. */
  readonly firstBytes: FirstBytes | null
  /** Null for formats that are one page, or have pages only when printed. */
  readonly pages: PagesOfFormat | null
  /** Whether its pages can be drawn as they are; only these can be pictures of text. */
  readonly drawable: boolean
}

/** Every format that can be read, in the order in which they are listed to people. */
const rows = {
  pdf: {
    name: 'PDF',
    kind: 'PDF',
    label: 'PDF',
    extensions: ['pdf'],
    binary: true,
    // Some programs write a few bytes before the mark; readers accept that (ISO 32000, annex H).
    firstBytes: { in: 'head', pattern: /%PDF-/ },
    pages: { word: 'page', foundBy: 'number' },
    drawable: true,
  },
  docx: {
    name: 'Word',
    kind: 'Word',
    label: 'Word',
    extensions: ['docx', 'docm', 'dotx', 'dotm'],
    binary: true,
    firstBytes: { in: 'zip', pattern: /word\/document|\0word\// },
    pages: null,
    drawable: false,
  },
  pptx: {
    name: 'PowerPoint',
    kind: 'PowerPoint',
    label: 'Slides',
    extensions: ['pptx', 'pptm', 'ppsx', 'potx'],
    binary: true,
    firstBytes: { in: 'zip', pattern: /ppt\/presentation/ },
    pages: { word: 'slide', foundBy: 'number' },
    drawable: false,
  },
  xlsx: {
    name: 'Spreadsheet',
    kind: 'spreadsheets',
    label: 'Sheet',
    extensions: ['xlsx', 'xlsm', 'xltx', 'ods'],
    binary: true,
    firstBytes: {
      in: 'zip',
      pattern: /xl\/workbook(?!\.bin)|mimetypeapplication\/vnd\.oasis\.opendocument\.spreadsheet/,
    },
    pages: { word: 'sheet', foundBy: 'heading' },
    drawable: false,
  },
  epub: {
    name: 'E-book (EPUB)',
    kind: 'e-books',
    label: 'E-book',
    extensions: ['epub'],
    binary: true,
    firstBytes: { in: 'zip', pattern: /mimetypeapplication\/epub|META-INF\/container\.xml/ },
    // The files of an e-book are parts: not every one is a chapter.
    pages: { word: 'part', foundBy: 'heading' },
    drawable: false,
  },
  html: {
    name: 'Web page',
    kind: 'web pages',
    label: 'Web page',
    extensions: ['html', 'htm', 'xhtml'],
    binary: false,
    firstBytes: {
      in: 'head',
      pattern: /^(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->|\xEF\xBB\xBF)*<(?:!doctype html|html)\b/i,
    },
    pages: null,
    drawable: false,
  },
  eml: {
    name: 'E-mail',
    kind: 'e-mail',
    label: 'E-mail',
    extensions: ['eml'],
    binary: false,
    // Begins with three headers, one of which only e-mails have.
    firstBytes: {
      in: 'head',
      pattern:
        /^(?=(?:[\w-]+: .*\r?\n(?:[ \t].*\r?\n)*){3})(?:[\s\S]*\n)?(?:mime-version|received|message-id): /i,
    },
    pages: null,
    drawable: false,
  },
  markdown: {
    name: 'Markdown',
    kind: 'Markdown',
    label: 'Markdown',
    extensions: ['md', 'markdown', 'mdown', 'mkd'],
    binary: false,
    firstBytes: null,
    pages: null,
    drawable: false,
  },
  text: {
    name: 'Plain text',
    kind: 'plain text',
    label: 'Text',
    extensions: ['txt', 'text', 'log'],
    binary: false,
    firstBytes: null,
    pages: null,
    drawable: false,
  },
  csv: {
    name: 'Table (CSV)',
    kind: 'spreadsheets',
    label: 'Table',
    extensions: ['csv', 'tsv'],
    binary: false,
    firstBytes: null,
    pages: null,
    drawable: false,
  },
} as const satisfies Readonly<Record<string, Format>>

export type FormatId = keyof typeof rows
export const formats: Readonly<Record<FormatId, Format>> = rows
export const formatIds = Object.keys(rows) as readonly FormatId[]
export const formatId = z.enum(formatIds)

/** The format that the extension of a file's name belongs to; null for an unknown one. */
export function formatOfName(name: string): FormatId | null {
  const extension = /[^/\\]\.([^./\\]+)$/u.exec(name)?.[1]?.toLowerCase()
  if (extension === undefined) return null
  return formatIds.find((id) => formats[id].extensions.includes(extension)) ?? null
}

/** Every extension that is read: lower case, without the dot. */
export const readableExtensions: ReadonlySet<string> = new Set(
  formatIds.flatMap((id) => formats[id].extensions),
)

/** How rows for a test set are written in a file. */
export type TableKind = keyof typeof tableExtensionsOf

/** The extensions that tell it: lower case, without the dot. */
const tableExtensionsOf = {
  delimited: ['csv'],
  tabs: ['tsv', 'tab'],
  json: ['json'],
  'json-lines': ['jsonl', 'ndjson'],
  yaml: ['yaml', 'yml'],
  spreadsheet: ['xlsx'],
  text: ['txt'],
} as const

const tableKinds: ReadonlyMap<string, TableKind> = new Map(
  Object.entries(tableExtensionsOf).flatMap(([kind, extensions]) =>
    extensions.map((extension) => [extension, kind as TableKind] as const),
  ),
)

/** Every extension that rows are read from: lower case, without the dot. */
export const tableExtensions: readonly string[] = [...tableKinds.keys()]

/** The same for people. */
export const tableFormats = 'CSV, TSV, JSON, JSONL, YAML or XLSX'

/** What the name of a file says of its rows; null: nothing. */
export function tableKindOf(name: string): TableKind | null {
  const extension = /\.([a-z]+)$/iu.exec(name)?.[1]?.toLowerCase() ?? ''
  return tableKinds.get(extension) ?? null
}

/**
 * What can be read, as people say it: "PDF, Word and plain text". The British list has no comma
 * before its "and".
 */
export const readableKinds = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(
  new Set(formatIds.map((id) => formats[id].kind)),
)

/** Whether the pages of a document can be drawn as they are; null: its format is not known yet. */
export function isDrawable(format: FormatId | null): boolean {
  return format !== null && formats[format].drawable
}
