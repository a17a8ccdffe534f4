import { nested, times, type Bomb } from './bomb.ts'
import { docx, epub, links, ods, pptx, xlsx, type Container } from './containers.ts'
import { packedEntry, writeRawZip, type RawEntry } from './rawZip.ts'

function container(
  { others, textPart }: Container,
  xml: string,
  ...more: readonly RawEntry[]
): Uint8Array {
  const replaced = new Set(more.map(({ name }) => name))
  const kept = others.filter(({ name }) => !replaced.has(name))
  return writeRawZip([...kept, packedEntry(textPart, xml), ...more])
}

const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`
const word = (body: string): string => `<w:document><w:body>${body}</w:body></w:document>`
const sheet = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
const cell = (place: string, value: string): string => `<c r="${place}"><v>${value}</v></c>`
const table = (rows: string): string =>
  `<office:document-content><office:body><office:spreadsheet><table:table table:name="One">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`

const laughs = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}">${times(10, (index) => {
  const last = index === 0 ? 'a' : `b${String(index - 1)}`
  return `<!ENTITY b${String(index)} "${`&${last};`.repeat(10)}">`
})}<!ENTITY file SYSTEM "file:///etc/hostname">]>`

const wordBombs: readonly Bomb[] = [
  {
    name: 'a billion laughs.docx',
    bytes: () => container(docx, `${laughs}${word(paragraph('&b9;&file; said'))}`),
  },
  {
    name: 'elements 100,000 deep.docx',
    bytes: () => container(docx, word(nested('<w:sdt>', paragraph('deep'), '</w:sdt>', 100_000))),
  },
  {
    name: 'tables 20,000 deep.docx',
    bytes: () =>
      container(
        docx,
        word(nested('<w:tbl><w:tr><w:tc>', paragraph('deep'), '</w:tc></w:tr></w:tbl>', 20_000)),
      ),
  },
  {
    name: 'a million attributes.docx',
    bytes: () =>
      container(
        docx,
        word(`<w:p ${times(1_000_000, (i) => `a${String(i)}="1" `)}/>${paragraph('text')}`),
      ),
  },
  {
    name: 'attribute of 40 MB.docx',
    bytes: () =>
      container(docx, word(`<w:p a="${'&amp;'.repeat(8_000_000)}"/>${paragraph('text')}`)),
  },
  {
    name: 'a note referred to 50,000 times.docx',
    bytes: () =>
      container(
        docx,
        word(times(50_000, () => '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>')),
        links('word/_rels/document.xml.rels', [['n', 'footnotes', 'footnotes.xml']]),
        packedEntry(
          'word/footnotes.xml',
          `<w:footnotes><w:footnote w:id="1">${paragraph('all of it '.repeat(10_000))}</w:footnote></w:footnotes>`,
        ),
      ),
  },
  {
    name: 'styles based on each other.docx',
    bytes: () =>
      container(
        docx,
        word(`<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>text</w:t></w:r></w:p>`),
        links('word/_rels/document.xml.rels', [['s', 'styles', 'styles.xml']]),
        packedEntry(
          'word/styles.xml',
          `<w:styles>${times(50_000, (i) => `<w:style w:type="paragraph" w:styleId="s${String(i)}"><w:basedOn w:val="s${String((i + 1) % 50_000)}"/></w:style>`)}</w:styles>`,
        ),
      ),
  },
  {
    name: 'half a million empty paragraphs.docx',
    bytes: () => container(docx, word(`${'<w:p/>'.repeat(500_000)}${paragraph('text')}`)),
  },
  {
    name: 'lists at level a billion.docx',
    bytes: () =>
      container(
        docx,
        word(
          times(
            1_000,
            () =>
              `<w:p><w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>item</w:t></w:r></w:p>`,
          ),
        ),
        links('word/_rels/document.xml.rels', [['n', 'numbering', 'numbering.xml']]),
        packedEntry(
          'word/numbering.xml',
          '<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="999999999"><w:start w:val="999999999"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        ),
      ),
  },
]

const sheetBombs: readonly Bomb[] = [
  {
    name: '20,000 columns.xlsx',
    bytes: () =>
      container(xlsx, sheet(times(20, () => `<row>${'<c><v>1</v></c>'.repeat(20_000)}</row>`))),
  },
  {
    name: 'a cell in the last corner.xlsx',
    bytes: () =>
      container(
        xlsx,
        sheet(
          `<row r="1">${cell('A1', '1')}</row><row r="1048576">${cell('XFD1048576', '2')}</row>`,
        ),
      ),
  },
  {
    name: 'a cell beyond every corner.xlsx',
    bytes: () =>
      container(xlsx, sheet(`<row r="4000000000">${cell('ZZZZZZZ4000000000', '2')}</row>`)),
  },
  {
    name: 'every row in the last column.xlsx',
    bytes: () =>
      container(
        xlsx,
        sheet(
          times(
            2_000,
            (i) => `<row r="${String(i + 1)}">${cell(`XFD${String(i + 1)}`, '2')}</row>`,
          ),
        ),
      ),
  },
  {
    name: '5,000 sheets.xlsx',
    bytes: () =>
      container(
        xlsx,
        sheet(`<row>${cell('A1', '1')}</row>`),
        packedEntry(
          'xl/workbook.xml',
          `<workbook xmlns:r="r"><sheets>${times(5_000, (i) => `<sheet name="S${String(i)}" sheetId="${String(i + 1)}" r:id="s1"/>`)}</sheets></workbook>`,
        ),
      ),
  },
  {
    name: 'cells merged over everything.xlsx',
    bytes: () =>
      container(
        xlsx,
        `<worksheet><sheetData><row>${cell('A1', '1')}</row></sheetData><mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(1_000)}</mergeCells></worksheet>`,
      ),
  },
  {
    name: 'elements 100,000 deep.xlsx',
    bytes: () => container(xlsx, sheet(nested('<row>', cell('A1', '1'), '</row>', 100_000))),
  },
  {
    name: 'a million repeated rows.ods',
    bytes: () =>
      container(
        ods,
        table(
          '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>again</text:p></table:table-cell></table:table-row>',
        ),
      ),
  },
  {
    name: 'four billion repeated columns.ods',
    bytes: () =>
      container(
        ods,
        table(
          '<table:table-row><table:table-cell table:number-columns-repeated="4000000000" office:value-type="string"><text:p>again</text:p></table:table-cell></table:table-row>',
        ),
      ),
  },
]

const otherBombs: readonly Bomb[] = [
  {
    name: 'elements 100,000 deep.pptx',
    bytes: () =>
      container(
        pptx,
        `<p:sld>${nested('<p:grpSp>', '<p:sp><p:txBody><a:p><a:r><a:t>deep</a:t></a:r></a:p></p:txBody></p:sp>', '</p:grpSp>', 100_000)}</p:sld>`,
      ),
  },
  {
    name: 'one slide 100,000 times.pptx',
    bytes: () =>
      container(
        pptx,
        `<p:sld><p:sp><p:txBody><a:p><a:r><a:t>${'again '.repeat(5_000)}</a:t></a:r></a:p></p:txBody></p:sp></p:sld>`,
        packedEntry(
          'ppt/presentation.xml',
          `<p:presentation><p:sldIdLst>${'<p:sldId id="256" r:id="s1"/>'.repeat(100_000)}</p:sldIdLst></p:presentation>`,
        ),
      ),
  },
  {
    name: 'one chapter 100,000 times.epub',
    bytes: () =>
      container(
        epub,
        `<html><body><p>${'again '.repeat(5_000)}</p></body></html>`,
        packedEntry(
          'OPS/book.opf',
          `<package><manifest><item id="c1" href="one.xhtml" media-type="application/xhtml+xml"/></manifest><spine>${'<itemref idref="c1"/>'.repeat(100_000)}</spine></package>`,
        ),
      ),
  },
  {
    name: 'a chapter 100,000 deep.epub',
    bytes: () =>
      container(
        epub,
        `<html><body>${nested('<div><blockquote>', '<p>deep</p>', '</blockquote></div>', 100_000)}</body></html>`,
      ),
  },
]

/** Word files, spreadsheets, slides and books whose XML is made to exhaust its reader. */
export const officeBombs: readonly Bomb[] = [...wordBombs, ...sheetBombs, ...otherBombs]
