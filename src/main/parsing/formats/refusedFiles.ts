/** A kind of file that is recognised and refused. */
export interface RefusedFile {
  /** As in “This looks like …”. */
  readonly what: string
  /** What the user can do about it; null where nothing helps yet. */
  readonly instead: string | null
  /**
   * Where its mark is: at the beginning of a file of text or of other bytes, in the name of a part
   * of a zip container, or in a name in the container of old Office files (MS-CFB).
   */
  readonly in: 'text' | 'binary' | 'zip' | 'compound'
  /** One of these, each byte as one character; null for any other file of that kind. */
  readonly marks: readonly [string, ...string[]] | null
}

const unpack = 'Unpack it and add the documents in it'

/** The first row that fits decides. */
export const refusedFiles: readonly RefusedFile[] = [
  {
    what: 'a Rich Text (RTF) file',
    instead: 'Save it as Word (.docx) or PDF and add that',
    in: 'text',
    // A text about such files may begin with the bare word.
    marks: ['{\\rtf1', '{\\rtf\\'],
  },
  {
    what: 'a PostScript file',
    instead: 'Save it as PDF and add that',
    in: 'text',
    marks: ['%!PS-', '%!PS\n', '%!PS\r'],
  },
  {
    what: 'a picture',
    instead: null,
    in: 'binary',
    marks: ['\x89PNG', '\xFF\xD8\xFF', 'GIF8', 'BM', 'II*\0', 'MM\0*'],
  },
  { what: 'a RAR archive', instead: unpack, in: 'binary', marks: ['Rar!'] },
  { what: 'a 7-Zip archive', instead: unpack, in: 'binary', marks: ['7z\xBC\xAF'] },
  { what: 'a gzip archive', instead: unpack, in: 'binary', marks: ['\x1F\x8B'] },
  { what: 'a program', instead: null, in: 'binary', marks: ['\x7FELF', 'MZ'] },
  { what: 'a database', instead: null, in: 'binary', marks: ['SQLite format 3\0'] },
  { what: 'a sound', instead: null, in: 'binary', marks: ['ID3'] },
  { what: 'a sound or film', instead: null, in: 'binary', marks: ['OggS'] },
  { what: 'a sound, film or picture', instead: null, in: 'binary', marks: ['RIFF'] },
  { what: 'a file of another program', instead: null, in: 'binary', marks: null },
  {
    what: 'a binary Excel file (.xlsb)',
    instead: 'Save it as .xlsx or CSV and add that',
    in: 'zip',
    marks: ['xl/workbook.bin'],
  },
  {
    what: 'an OpenDocument file',
    instead: 'Save it as Word (.docx) or PDF and add that',
    in: 'zip',
    marks: ['mimetypeapplication/vnd.oasis.opendocument'],
  },
  { what: 'a zip archive', instead: unpack, in: 'zip', marks: null },
  {
    what: 'an old Word file (.doc)',
    instead: 'Save it as .docx or PDF and add that',
    in: 'compound',
    marks: ['WordDocument'],
  },
  {
    what: 'an old PowerPoint file (.ppt)',
    instead: 'Save it as PDF and add that',
    in: 'compound',
    marks: ['PowerPoint Document'],
  },
  {
    what: 'an old Excel file (.xls)',
    instead: 'Save it as CSV or PDF and add that',
    in: 'compound',
    marks: ['Workbook', 'Book'],
  },
  {
    what: 'an Outlook message',
    instead: 'Save it as text or PDF and add that',
    in: 'compound',
    marks: ['__properties_version1.0'],
  },
  {
    what: 'an old Office file',
    instead: 'Save it as .docx or PDF and add that',
    in: 'compound',
    marks: null,
  },
]
