import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber } from '../../../../src/main/parsing/formats/numberFormats.ts'
import { writeDocxXml, type WordXml } from '../../../helpers/fixtures/writeDocx.ts'
import { blockLines, parseDocument } from '../../../helpers/parseDocument.ts'

async function read(parts: WordXml): Promise<readonly string[]> {
  return blockLines(await parseDocument('a.docx', writeDocxXml(parts)))
}

const run = (text: string, properties = ''): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`
const p = (content: string, properties = ''): string =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`
const item = (text: string, list: number, level = 0): string =>
  p(run(text), `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`)
const level = (at: number, format: string, text: string, more = ''): string =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`
const abstract = (id: number, ...levels: readonly string[]): string =>
  `<w:abstractNum w:abstractNumId="${id}">${levels.join('')}</w:abstractNum>`
const list = (id: number, of: number, overrides = ''): string =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${of}"/>${overrides}</w:num>`

describe('list numbers', () => {
  const legal = abstract(
    0,
    level(0, 'decimal', '%1.'),
    level(1, 'lowerLetter', '%2)'),
    level(2, 'lowerRoman', '(%1.%2.%3)'),
  )

  it('are written as Word shows them, and restart below a new item', async () => {
    const numbering = legal + list(1, 0)
    const body = [
      item('one', 1),
      item('a', 1, 1),
      item('b', 1, 1),
      item('deep', 1, 2),
      item('two', 1),
      item('a again', 1, 1),
    ].join('')
    expect(await read({ body, numbering })).toEqual([
      'list-item: 1. one',
      'list-item: a) a',
      'list-item: b) b',
      'list-item: (1.b.i) deep',
      'list-item: 2. two',
      'list-item: a) a again',
    ])
  })

  it('continue after a paragraph, and restart where the list says so', async () => {
    const override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    const numbering = legal + list(1, 0) + list(2, 0) + list(3, 0, override)
    const body = [
      item('one', 1),
      p(run('Between.')),
      item('two', 2),
      item('seven', 3),
      item('eight', 3),
    ]
    expect(await read({ body: body.join(''), numbering })).toEqual([
      'list-item: 1. one',
      'paragraph: Between.',
      'list-item: 2. two',
      'list-item: 7. seven',
      'list-item: 8. eight',
    ])
  })

  it('count a level that was skipped', async () => {
    const numbering = legal + list(1, 0)
    const body = item('deep', 1, 1) + item('above', 1)
    expect(await read({ body, numbering })).toEqual(['list-item: a) deep', 'list-item: 2. above'])
  })

  it('are written before headings that are numbered by their style', async () => {
    const numbering =
      abstract(0, level(0, 'upperRoman', '%1'), level(1, 'decimal', '%1.%2', '<w:isLgl/>')) +
      list(4, 0)
    const style = (id: string, name: string, at: number): string =>
      `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:pPr><w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="4"/></w:numPr></w:pPr></w:style>`
    const styles =
      style('H1', 'heading 1', 0) +
      style('H2', 'heading 2', 1) +
      '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My heading"/><w:basedOn w:val="H2"/></w:style>'
    const heading = (id: string, text: string, more = ''): string =>
      p(run(text), `<w:pStyle w:val="${id}"/>${more}`)
    const off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    const body = [
      heading('H1', 'Scope'),
      heading('H2', 'People'),
      heading('Own', 'Places'),
      heading('H1', 'Annex', off),
    ]
    expect(await read({ body: body.join(''), numbering, styles })).toEqual([
      'heading1: I Scope',
      'heading2: 1.1 People',
      'heading2: 1.2 Places',
      'heading1: Annex',
    ])
  })

  it('are letters, Roman and ordinal', () => {
    const shown = (format: string, ...values: readonly number[]): readonly string[] =>
      values.map((value) => formatNumber(value, format))
    expect(shown('lowerLetter', 1, 26, 27)).toEqual(['a', 'z', 'aa'])
    expect(shown('upperRoman', 4, 19, 1994)).toEqual(['IV', 'XIX', 'MCMXCIV'])
    expect(shown('ordinal', 1, 2, 3, 4, 11, 22)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '22nd',
    ])
    expect(shown('decimalZero', 3, 12)).toEqual(['03', '12'])
    expect(shown('chicago', 3)).toEqual(['3'])
  })

  it('are left out if styles and lists refer to each other in a circle', async () => {
    const numbering =
      '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="S"/></w:abstractNum>' + list(1, 0)
    const styles =
      '<w:style w:type="numbering" w:styleId="S"><w:name w:val="S"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    expect(await read({ body: item('one', 1), numbering, styles })).toEqual(['paragraph: one'])
  })
})

describe('tracked changes', () => {
  it('are read as if they were accepted', async () => {
    const body = p(
      run('The fee is ') +
        `<w:del w:author="A"><w:r><w:delText>40</w:delText></w:r></w:del>` +
        `<w:ins w:author="A">${run('50')}</w:ins>` +
        `<w:moveFrom>${run('gone')}</w:moveFrom>${run(' euros', '<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>')}.`,
    )
    expect(await read({ body })).toEqual(['paragraph: The fee is 50 euros'])
  })

  it('join paragraphs whose end is deleted, and lose rows that are', async () => {
    const row = (text: string, properties = ''): string =>
      `<w:tr><w:trPr>${properties}</w:trPr><w:tc>${p(run(text))}</w:tc></w:tr>`
    const body =
      p(run('First '), '<w:rPr><w:del/></w:rPr>') +
      p(run('second.')) +
      `<w:tbl>${row('kept')}${row('deleted', '<w:del/>')}${row('kept too')}</w:tbl>`
    expect(await read({ body })).toEqual([
      'paragraph: First second.',
      'table-row: kept',
      'table-row: kept too',
    ])
  })

  it('leave deleted items out of the numbering', async () => {
    const numbering = abstract(0, level(0, 'decimal', '%1.')) + list(1, 0)
    const gone = p(
      '<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>',
      '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>',
    )
    expect(await read({ body: item('a', 1) + gone + item('b', 1), numbering })).toEqual([
      'list-item: 1. a',
      'list-item: 2. b',
    ])
  })
})

describe('text outside the body', () => {
  const footnotes =
    `<w:footnote w:type="separator" w:id="0">${p(run('no'))}</w:footnote>` +
    `<w:footnote w:id="2">${p(`<w:r><w:footnoteRef/></w:r>${run('Counted at ten.')}`)}</w:footnote>`
  const endnotes = `<w:endnote w:id="2">${p(run('See the book.'))}${p(run('Page 9.'))}</w:endnote>`

  it('notes follow the paragraph that refers to them, with the same mark', async () => {
    const body =
      p(
        `${run('Keys')}<w:r><w:footnoteReference w:id="2"/></w:r>${run(' are kept.')}<w:r><w:endnoteReference w:id="2"/></w:r>`,
      ) + p(run('Next.'))
    expect(await read({ body, footnotes, endnotes })).toEqual([
      'paragraph: Keys[1] are kept.[2]',
      'paragraph: [1] Counted at ten.',
      'paragraph: [2] See the book.',
      'paragraph: Page 9.',
      'paragraph: Next.',
    ])
  })

  it('notes of a table follow the table, whose rows are not broken up', async () => {
    const cell = (text: string): string => `<w:tc>${p(run(text))}</w:tc>`
    const body = `<w:tbl><w:tr>${cell('A')}<w:tc>${p(`${run('B')}<w:r><w:footnoteReference w:id="2"/></w:r>`)}${p(run('more'))}</w:tc></w:tr><w:tr>${cell('1')}${cell('2')}</w:tr></w:tbl>`
    expect(await read({ body, footnotes })).toEqual([
      'table-row: A | B[1] more',
      'table-row: 1 | 2',
      'paragraph: [1] Counted at ten.',
    ])
  })

  it('comments name their author', async () => {
    const comments = `<w:comment w:id="5" w:author="Ines">${p(run('Really?'))}</w:comment>`
    const body = p(`${run('Dogs may.')}<w:r><w:commentReference w:id="5"/></w:r>`)
    expect(await read({ body, comments })).toEqual([
      'paragraph: Dogs may.',
      'quote: Comment by Ines: Really?',
    ])
  })

  it('headers and footers are read once, without page numbers', async () => {
    const page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
    const field = (part: string): string => `<w:r><w:fldChar w:fldCharType="${part}"/></w:r>`
    const pages = `${field('begin')}<w:r><w:instrText> NUMPAGES </w:instrText></w:r>${field('separate')}${run('9')}${field('end')}`
    const names = ['header1', 'header2', 'footer1']
      .map((id) => `<w:headerReference r:id="${id}"/>`)
      .join('')
    expect(
      await read({
        body: `${p(run('Text.'))}<w:sectPr>${names}</w:sectPr>`,
        headers: [p(run('House rules')), p(run('House rules')), p(run('Never shown'))],
        footers: [p(`${run('Page ')}${page}${run(' of ')}${pages}`) + p(run('Valid from May'))],
      }),
    ).toEqual(['paragraph: House rules', 'paragraph: Text.', 'paragraph: Valid from May'])
  })

  it('text boxes follow their paragraph and are read once', async () => {
    const box = `<w:txbxContent>${p(run('In a box.'))}</w:txbxContent>`
    const both = `<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>`
    const body = p(`${run('Before ')}<w:r>${both}</w:r>${run('and after.')}`)
    expect(await read({ body })).toEqual(['paragraph: Before and after.', 'paragraph: In a box.'])
  })
})

describe('the text of a paragraph', () => {
  it('is what is visible: results of fields, links, symbols, no hidden text', async () => {
    const field = (part: string): string => `<w:r><w:fldChar w:fldCharType="${part}"/></w:r>`
    const body = p(
      `${field('begin')}<w:r><w:instrText>HYPERLINK "https://x.y"</w:instrText></w:r>${field('separate')}${run('a link')}${field('end')}` +
        `<w:hyperlink r:id="r9">${run(' and another')}</w:hyperlink>${run('secret', '<w:vanish/>')}` +
        '<w:r><w:tab/><w:t>tab</w:t><w:noBreakHyphen/><w:t>stop</w:t><w:softHyphen/><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' +
        `<w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent>${run(' field')}</w:sdtContent></w:sdt>`,
      '<w:tabs><w:tab w:pos="9"/></w:tabs><w:rPr><w:vanish/></w:rPr>',
    )
    expect(await read({ body })).toEqual(['paragraph: a link and another tab-stop→ field'])
  })
})

describe('a damaged Word document', () => {
  const whole = `${item('one', 1)}<w:tbl><w:tr><w:tc>${p(run('cell'))}</w:tc></w:tr></w:tbl>${p(`${run('text')}<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>${p(run('box'))}</w:txbxContent></mc:Choice></mc:AlternateContent></w:r>`)}`

  it('is read as far as possible, wherever it is cut or its parts are swapped', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.nat(whole.length),
        fc.nat(whole.length),
        async (one, two, three) => {
          const [a, b, c] = [one, two, three].sort((x, y) => x - y) as [number, number, number]
          const mixed = whole.slice(0, a) + whole.slice(b, c) + whole.slice(a, b)
          for (const line of await read({ body: mixed })) expect(line).not.toBe('')
        },
      ),
      { numRuns: 200 },
    )
  })

  it('nested a hundred thousand deep is read', async () => {
    const deep = 100_000
    const body = `<w:p>${'<w:ins>'.repeat(deep)}${run('deep')}${'</w:ins>'.repeat(deep)}</w:p>`
    expect(await read({ body })).toEqual(['paragraph: deep'])
  })
})
