import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { unreadParts } from '../../../../src/main/parsing/formats/xml/unreadParts.ts'
import { countLeftOut, leftOutWords } from '../../../../src/shared/domain/leftOut.ts'
import { writeEpub } from '../../../helpers/fixtures/writeEpub.ts'
import { writeZip } from '../../../helpers/fixtures/writeZip.ts'
import { parseDocument } from '../../../helpers/parseDocument.ts'

async function told(name: string, bytes: Uint8Array): Promise<string> {
  const { leftOut } = await parseDocument(name, bytes)
  return leftOutWords(leftOut)
}

/** What is told of the parts of a container. */
async function toldOfParts(parts: Readonly<Record<string, string>>): Promise<string> {
  const zip = {
    names: Object.keys(parts),
    read: (name: string) => {
      const text = parts[name]
      return Promise.resolve(text === undefined ? null : Buffer.from(text))
    },
  }
  const found = await unreadParts(zip, (bytes) => Promise.resolve(Buffer.from(bytes).toString()))
  return leftOutWords(countLeftOut(found))
}

describe('what an Office file has beside its text', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'pictures and recordings, but not the thumbnail, and not a drawing that is there as a picture too',
      {
        'docProps/thumbnail.jpeg': '',
        'word/media/image1.png': '',
        'word/media/image2.svg': '',
        'word/media/image3.emf': '',
        'ppt/media/media1.mp4': '',
      },
      '2 pictures and 1 recording were not read.',
    ],
    [
      'charts, but not the sheets with their figures; files within it',
      {
        'word/charts/chart1.xml': '',
        'word/charts/_rels/chart1.xml.rels':
          '<Relationships><Relationship Id="a" Type="x/package" Target="../embeddings/Sheet1.xlsx"/></Relationships>',
        'word/charts/chartEx2.xml': '',
        'word/charts/style1.xml': '',
        'word/embeddings/Sheet1.xlsx': '',
        'word/embeddings/oleObject1.bin': '',
      },
      '2 charts and 1 embedded file were not read.',
    ],
    [
      'comments and text boxes on sheets',
      {
        'xl/comments1.xml': '<comments><comment/><comment/></comments>',
        'xl/threadedComments/threadedComment1.xml': '<ThreadedComments/>',
        'xl/drawings/drawing1.xml':
          '<xdr:wsDr><xdr:sp><a:t>Only here</a:t></xdr:sp><xdr:sp><a:t> </a:t></xdr:sp></xdr:wsDr>',
      },
      '2 comments and 1 text box were not read.',
    ],
    [
      'comments on slides',
      { 'ppt/comments/comment1.xml': '<p:cmLst><p:cm/></p:cmLst>' },
      '1 comment was not read.',
    ],
    [
      'pictures and objects in OpenDocument',
      { 'Pictures/1.jpg': '', 'Object 1/content.xml': '', 'content.xml': '' },
      '1 picture and 1 embedded file were not read.',
    ],
  ])('is told: %s', async (_, parts, words) => {
    expect(await toldOfParts(parts)).toBe(words)
  })

  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const word = (body: string, more: Readonly<Record<string, string>> = {}): Uint8Array =>
    writeZip(
      Object.entries({
        '_rels/.rels': `<Relationships><Relationship Id="a" Type="${relation}/officeDocument" Target="word/document.xml"/></Relationships>`,
        'word/document.xml': `<w:document><w:body>${body}</w:body></w:document>`,
        ...more,
      }).map(([name, data]) => ({ name, data })),
    )
  const run = (text: string, properties = ''): string =>
    `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`

  it.each<[string, string, string]>([
    [
      'deleted text, however often, but not what was moved',
      `<w:p>${run('Kept.')}<w:del><w:r><w:delText>a</w:delText></w:r></w:del><w:del><w:r><w:delText>b</w:delText></w:r></w:del></w:p>`,
      'Text that is marked as deleted was not read.',
    ],
    [
      'no mark of a deleted paragraph, and nothing that was moved',
      `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>${run('Kept.')}<w:moveFrom>${run('Moved.')}</w:moveFrom></w:p>`,
      '',
    ],
    [
      'hidden text, but not hidden blanks',
      `<w:p>${run('Kept.')}${run('secret', '<w:vanish/>')}</w:p>`,
      'Hidden text was not read.',
    ],
    ['no hidden blanks', `<w:p>${run('Kept.')}${run(' ', '<w:vanish/>')}</w:p>`, ''],
  ])('is told of Word: %s', async (_, body, words) => {
    expect(await told('a.docx', word(body))).toBe(words)
  })

  it('is told of Word: pictures, and documents of other kinds within it', async () => {
    const bytes = word(`<w:p>${run('Kept.')}</w:p><w:altChunk r:id="c"/>`, {
      'word/_rels/document.xml.rels': `<Relationships><Relationship Id="c" Type="${relation}/aFChunk" Target="part.rtf"/></Relationships>`,
      'word/part.rtf': '{\\rtf1}',
      'word/media/image1.png': '',
    })
    expect(await told('a.docx', bytes)).toBe('1 picture and 1 included document were not read.')
  })

  it('is told of workbooks: hidden sheets', async () => {
    const rows = [['Item'], ['Oak']]
    const bytes = await writeXlsx({
      sheets: [
        { name: 'A', rows },
        { name: 'B', rows, hidden: true },
      ],
    })
    expect(await told('a.xlsx', bytes)).toBe('1 hidden sheet was not read.')
  })
})

describe('what a page or a book has beside its text', () => {
  it.each([
    ['<p>Hi</p><img src="a.png" alt="A"><svg><text>x</text></svg>', '2 pictures were not read.'],
    ['<p>Hi</p><img alt=""><img width="1"><img role="presentation">', ''],
    ['<p>Hi</p><div hidden><img src="a.png"></div><img hidden src="b.png">', ''],
    [
      '<p>Hi</p><iframe src="x"></iframe><video></video>',
      '1 embedded page and 1 recording were not read.',
    ],
  ])('is told: %s', async (html, words) => {
    expect(await told('a.html', Buffer.from(html))).toBe(words)
  })

  it('is told of e-books: their pictures', async () => {
    const bytes = writeEpub(['<p>Hi</p>'], [{ name: 'OEBPS/cover.jpg', data: 'x' }])
    expect(await told('a.epub', bytes)).toBe('1 picture was not read.')
  })
})

it('files that are attached to a PDF are told', async () => {
  const content = 'BT /F 12 Tf 72 720 Td (Some words) Tj ET'
  const objects = [
    '<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.csv) 6 0 R]>>>>>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    `<</Length ${String(content.length)}>>stream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    '<</Type/Filespec/F(a.csv)/EF<</F 7 0 R>>>>',
    '<</Type/EmbeddedFile/Length 1>>stream\nx\nendstream',
  ]
  const body = objects.map((one, at) => `${String(at + 1)} 0 obj\n${one}\nendobj\n`).join('')
  const bytes = Buffer.from(`%PDF-1.7\n${body}trailer<</Root 1 0 R/Size 8>>\n%%EOF`)
  expect(await told('a.pdf', bytes)).toBe('1 attachment was not read.')
})
