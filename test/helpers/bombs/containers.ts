import { packedEntry, type RawEntry } from './rawZip.ts'

/** The containers that are read, with the part that holds their text. */
export interface Container {
  readonly extension: string
  readonly textPart: string
  /** The entries that make it one, without that part. */
  readonly others: readonly RawEntry[]
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A part with relationships: `[id, type, target]`. */
export function links(name: string, all: readonly (readonly [string, string, string])[]): RawEntry {
  const entries = all.map(
    ([id, type, target]) =>
      `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`,
  )
  return packedEntry(name, `<Relationships>${entries.join('')}</Relationships>`)
}

export const docx: Container = {
  extension: 'docx',
  textPart: 'word/document.xml',
  others: [links('_rels/.rels', [['r1', 'officeDocument', 'word/document.xml']])],
}

export const pptx: Container = {
  extension: 'pptx',
  textPart: 'ppt/slides/slide1.xml',
  others: [
    links('_rels/.rels', [['r1', 'officeDocument', 'ppt/presentation.xml']]),
    packedEntry(
      'ppt/presentation.xml',
      '<p:presentation><p:sldIdLst><p:sldId id="256" r:id="s1"/></p:sldIdLst></p:presentation>',
    ),
    links('ppt/_rels/presentation.xml.rels', [['s1', 'slide', 'slides/slide1.xml']]),
  ],
}

export const xlsx: Container = {
  extension: 'xlsx',
  textPart: 'xl/worksheets/sheet1.xml',
  others: [
    packedEntry(
      '[Content_Types].xml',
      '<Types><Default Extension="xml" ContentType="application/xml"/></Types>',
    ),
    links('_rels/.rels', [['r1', 'officeDocument', 'xl/workbook.xml']]),
    packedEntry(
      'xl/workbook.xml',
      '<workbook xmlns:r="r"><sheets><sheet name="One" sheetId="1" r:id="s1"/></sheets></workbook>',
    ),
    links('xl/_rels/workbook.xml.rels', [['s1', 'worksheet', 'worksheets/sheet1.xml']]),
  ],
}

export const ods: Container = {
  extension: 'ods',
  textPart: 'content.xml',
  others: [
    stored('mimetype', 'application/vnd.oasis.opendocument.spreadsheet'),
    packedEntry('META-INF/manifest.xml', '<manifest:manifest/>'),
  ],
}

export const epub: Container = {
  extension: 'epub',
  textPart: 'OPS/one.xhtml',
  others: [
    stored('mimetype', 'application/epub+zip'),
    packedEntry(
      'META-INF/container.xml',
      '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    ),
    packedEntry(
      'OPS/book.opf',
      '<package><manifest><item id="c1" href="one.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c1"/></spine></package>',
    ),
  ],
}

export const containers = [docx, pptx, xlsx, ods, epub] as const

function stored(name: string, text: string): RawEntry {
  return { ...packedEntry(name, text), packed: Buffer.from(text), method: 0 }
}
