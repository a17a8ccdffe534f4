import { describe, expect, it } from 'vitest'
import type { ParsedPages } from '../../../../src/main/parsing/formats/format.ts'
import { defaultParseLimits } from '../../../../src/main/parsing/parseLimits.ts'
import { parsePdf } from '../../../../src/main/parsing/formats/pdf.ts'
import { setPdf } from '../../../helpers/fixtures/setPdf.ts'
import { writePdf, type PdfPage, type PdfText } from '../../../helpers/fixtures/writePdf.ts'

function parse(bytes: Uint8Array, onPage = (): void => undefined): Promise<ParsedPages> {
  return parsePdf(bytes, {
    limits: defaultParseLimits,
    signal: new AbortController().signal,
    onPage,
  })
}

function paragraph(lines: readonly string[], top = 100): readonly PdfText[] {
  return lines.map((text, index) => ({ x: 72, y: top + index * 14, text }))
}

async function textOf(pages: readonly PdfPage[]): Promise<readonly string[]> {
  return (await parse(writePdf(pages))).pages.map(({ text }) => text)
}

describe('PDF text', () => {
  it('joins lines to paragraphs, and words that are split at a line end', async () => {
    const lines = [
      'The lantern was lit every evening by the por-',
      'ter, who knew the self-made steps by heart and',
      'never fell. The steps are self-',
      'made of oak.',
    ]
    expect(await textOf([{ texts: paragraph(lines) }])).toEqual([
      'The lantern was lit every evening by the porter, who knew the self-made steps by heart and never fell. The steps are self-made of oak.',
    ])
  })

  it('is read from the top and column by column, in whatever order it was drawn', async () => {
    const at = (x: number, y: number, ...lines: readonly string[]): readonly PdfText[] =>
      lines.map((text, index) => ({ x, y: y + index * 14, text }))
    const note = at(
      72,
      700,
      'A note at the foot of the page, as wide as both of the columns above it.',
    )
    const right = at(320, 150, 'The right column begins', 'here and ends here.')
    const left = at(72, 150, 'The left column begins', 'here and ends here.')
    const title = at(
      72,
      100,
      'The title of it all, which reaches across the page from left to right',
    )
    const read = async (...order: readonly (readonly PdfText[])[]): Promise<readonly string[]> => {
      const [text = ''] = await textOf([{ texts: order.flat() }])
      return text.split('\n\n').map((paragraph) => paragraph.slice(0, 10))
    }
    const wanted = ['The title ', 'The left c', 'The right ', 'A note at ']
    expect(await read(note, right, left, title)).toEqual(wanted)
    expect(await read(title, left, right, note)).toEqual(wanted)
  })

  it('separates paragraphs at wider gaps, and finds headings and lists', async () => {
    const { pages } = await parse(
      writePdf(
        setPdf([
          { heading: 'Rules', level: 1 },
          { heading: '1 Keys', level: 2 },
          { heading: '1.1 Spare keys', level: 3 },
          { paragraph: 'One.' },
          { paragraph: 'Two follows one, and after two there is nothing else to be said here.' },
          { item: 'a thing' },
        ]),
      ),
    )
    const [page] = pages
    expect(page?.blocks.map(({ kind, level }) => `${kind}${level ?? ''}`)).toEqual([
      'heading1',
      'heading2',
      'heading3',
      'paragraph',
      'paragraph',
      'list-item',
    ])
    expect(page?.text).toContain('1.1 Spare keys\n\nOne.\n\nTwo follows')
  })

  it('reads letters of any script, and ligatures as letters', async () => {
    expect(await textOf([{ texts: [{ x: 72, y: 100, text: 'oﬃce ﬁre Ελλάδα 🐚' }] }])).toEqual([
      'office fire Ελλάδα 🐚',
    ])
  })

  it('leaves out running headers, footers and page numbers', async () => {
    const words = ['anchor', 'barrel', 'candle', 'dinghy']
    const pages = words.map((word, index) => ({
      texts: [
        { x: 72, y: 30, text: 'The Lantern Hotel' },
        { x: 72, y: 400, text: `This page is about the ${word}.` },
        { x: 280, y: 815, text: `Page ${index + 1} of 4` },
      ],
    }))
    // What returns unchanged is kept where it is first.
    const [first, ...others] = words.map((word) => `This page is about the ${word}.`)
    expect(await textOf(pages)).toEqual([`The Lantern Hotel\n\n${first ?? ''}`, ...others])
  })

  it('reads text that is printed twice once', async () => {
    const texts = [
      { x: 72, y: 100, text: 'Bold by force' },
      { x: 72.3, y: 100, text: 'Bold by force' },
    ]
    expect(await textOf([{ texts }])).toEqual(['Bold by force'])
  })

  it('reads a table row by row', async () => {
    const texts = [
      { x: 72, y: 100, text: 'Room' },
      { x: 200, y: 100, text: 'Price' },
      { x: 72, y: 114, text: 'Gull' },
      { x: 200, y: 114, text: '90' },
    ]
    expect(await textOf([{ texts }])).toEqual(['Room | Price\nGull | 90'])
  })

  it('distinguishes scanned pages from blank ones', async () => {
    const { unreadPages } = await parse(
      writePdf([{ texts: paragraph(['Text.']) }, {}, { picture: true }, { picture: true }]),
    )
    expect(unreadPages).toEqual([3, 4])
  })

  it('treats a page with a few lines as blank, one full of strokes as a drawing', async () => {
    const { unreadPages } = await parse(
      writePdf([{ texts: paragraph(['Some words.']) }, { rules: 3 }, { rules: 60 }]),
    )
    expect(unreadPages).toEqual([3])
  })

  it('reports every page', async () => {
    let calls = 0
    await parse(writePdf([{}, {}, {}]), () => {
      calls += 1
    })
    expect(calls).toBe(3)
  })

  it('asks for a copy without the password', async () => {
    const locked = writePdf([{ texts: paragraph(['Secret.']) }], { password: 'gull' })
    await expect(parse(locked)).rejects.toMatchObject({ code: 'document-encrypted' })
  })

  it('reads a file that is encrypted with an empty password', async () => {
    const open = writePdf([{ texts: paragraph(['Not secret.']) }], { password: '' })
    expect((await parse(open)).pages[0]?.text).toBe('Not secret.')
  })

  it('says that a damaged file is damaged', async () => {
    await expect(parse(Buffer.from('%PDF-1.7 and nothing else'))).rejects.toMatchObject({
      code: 'document-unreadable',
    })
  })
})

describe('PDF layout', () => {
  it('covers every letter, and each run has the place of its words', async () => {
    const texts = paragraph(['An oﬃce for two peo-', 'ple and a cat.'])
    const { pages, layouts } = await parse(writePdf([{ texts }]))
    const [page, layout] = [pages[0], layouts[0]]
    expect(page?.text).toBe('An office for two people and a cat.')
    expect(layout).toMatchObject({ page: 1, width: 595, height: 842 })
    const covered = layout?.runs.map(({ start, end }) => page?.text.slice(start, end)) ?? []
    expect(covered).toEqual(['An office for two peo', 'ple and a cat.'])
    const [first, second] = layout?.runs ?? []
    expect(first?.box[0]).toBeCloseTo(72)
    // The baseline is at 100: letters of 11 points rise above it and descend a little below.
    expect(first?.box[1]).toBeGreaterThan(88)
    expect(first?.box[1]).toBeLessThan(95)
    expect((first?.box[1] ?? 0) + (first?.box[3] ?? 0)).toBeGreaterThan(100)
    // The two lines are set in two fonts, which rise to slightly different heights.
    expect(Math.abs((second?.box[1] ?? 0) - (first?.box[1] ?? 0) - 14)).toBeLessThan(2)
  })

  it.each([
    [90, { width: 842, height: 595 }, (x: number, y: number) => [842 - y, x]],
    [180, { width: 595, height: 842 }, (x: number, y: number) => [595 - x, 842 - y]],
    [270, { width: 842, height: 595 }, (x: number, y: number) => [y, 595 - x]],
  ] as const)('turns with a page that is shown turned by %i°', async (rotate, size, turned) => {
    const { pages, layouts } = await parse(
      writePdf([{ rotate, texts: paragraph(['One line here', 'goes on there.']) }]),
    )
    expect(pages[0]?.text).toBe('One line here goes on there.')
    expect(layouts[0]).toMatchObject(size)
    const [x = 0, y = 0] = turned(72, 100)
    const [left = 0, top = 0, width = 0, height = 0] = layouts[0]?.runs[0]?.box ?? []
    // The beginning of the baseline is on the edge of the box.
    expect(x).toBeGreaterThanOrEqual(left - 0.01)
    expect(x).toBeLessThanOrEqual(left + width + 0.01)
    expect(y).toBeGreaterThanOrEqual(top - 0.01)
    expect(y).toBeLessThanOrEqual(top + height + 0.01)
    expect(width > height).toBe(rotate === 180)
  })
})
