import { render } from '@testing-library/react'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block, Page } from '../../../src/shared/domain/page.ts'
import { marksByPage } from '../../../src/renderer/src/features/viewer/marks.ts'
import { segmentsOf } from '../../../src/renderer/src/features/viewer/segments.ts'
import { cutIntoSlabs, slabAt } from '../../../src/renderer/src/features/viewer/slabs.ts'
import { SlabView } from '../../../src/renderer/src/features/viewer/SlabView.tsx'

const kinds = ['heading', 'paragraph', 'list-item', 'code', 'table-row', 'quote'] as const

const words = fc.stringMatching(/^[a-z<>&|. \n]{1,40}$/).filter((text) => text.trim() !== '')

/** Pages as parsers make them, with some text outside of all blocks. */
const pages: fc.Arbitrary<Page> = fc
  .array(fc.tuple(fc.constantFrom(...kinds, null), words), { minLength: 1, maxLength: 12 })
  .map((parts) => {
    let text = ''
    const blocks: Block[] = []
    for (const [kind, part] of parts) {
      if (text !== '') text += kind === 'table-row' ? '\n' : '\n\n'
      const start = text.length
      text += part
      if (kind === null) continue
      const range = { start, end: text.length }
      blocks.push(kind === 'heading' ? { kind, level: 2, ...range } : { kind, ...range })
    }
    return { page: 1, text, blocks }
  })

const pagesAndRanges = pages.chain((page) =>
  fc.tuple(fc.nat(page.text.length), fc.nat(page.text.length)).map(([one, other]) => ({
    page,
    range: { start: Math.min(one, other), end: Math.max(one, other) },
  })),
)

function show(page: Page, sources: Partial<Parameters<typeof marksByPage>[0]> = {}): HTMLElement {
  const marks = marksByPage({ target: null, hits: [], currentHit: -1, passages: [], ...sources })
  const { container } = render(
    cutIntoSlabs(page).map((slab, index) => (
      <SlabView key={index} slab={slab} text={page.text} marks={marks.get(1) ?? []} />
    )),
  )
  return container
}

const textOf = (elements: Iterable<Element>): string =>
  [...elements].map((element) => element.textContent).join('')

describe('the text of a page on screen', () => {
  it('is exactly the stored text, whatever its blocks', () => {
    fc.assert(
      fc.property(pages, (page) => {
        expect(show(page).textContent).toBe(page.text)
      }),
      { numRuns: 60 },
    )
  })

  it('is highlighted exactly at the quoted range', () => {
    fc.assert(
      fc.property(pagesAndRanges, ({ page, range }) => {
        const shown = show(page, { target: { page: 1, range } })
        expect(textOf(shown.querySelectorAll('mark'))).toBe(page.text.slice(range.start, range.end))
        expect(shown.textContent).toBe(page.text)
      }),
      { numRuns: 60 },
    )
  })

  it('keeps the quoted words in one piece when a search finds words inside them', () => {
    const text = 'Error E4 means that the pump runs dry.'
    const page: Page = { page: 1, text, blocks: [{ kind: 'paragraph', start: 0, end: 38 }] }
    const shown = show(page, {
      target: { page: 1, range: { start: 0, end: 38 } },
      hits: [{ page: 1, start: 24, end: 28 }],
      currentHit: 0,
      passages: [{ page: 1, start: 0, end: 38, heading: '', tokens: 9 }],
    })
    expect([...shown.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual([text])
    expect(textOf(shown.querySelectorAll('.viewer-hit.is-current'))).toBe('pump')
    expect(shown.textContent).toBe(text)
  })

  it('is never markup, whatever is in the document', () => {
    const text = '<img src=x onerror=alert(1)> <b>bold</b>'
    const shown = show({
      page: 1,
      text,
      blocks: [{ kind: 'paragraph', start: 0, end: text.length }],
    })
    expect(shown.querySelector('img, b')).toBeNull()
    expect(shown.textContent).toBe(text)
  })

  it('keeps empty cells in their columns', () => {
    const text = '| A | B\n1 |  | 2\n3 | 4 |'
    const at = (row: string): Block => {
      const start = text.indexOf(row)
      return { kind: 'table-row', start, end: start + row.length }
    }
    const shown = show({ page: 1, text, blocks: text.split('\n').map(at) })
    const rows = [...shown.querySelectorAll('tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => {
        const bar = cell.querySelector('.viewer-bar')?.textContent ?? ''
        return cell.textContent.slice(0, -bar.length || undefined)
      }),
    )
    expect(rows).toEqual([
      ['', 'A', 'B'],
      ['1', '', '2'],
      ['3', '4'],
    ])
    expect(shown.textContent).toBe(text)
  })

  /** Rows as they are stored: names before the cells, or bars between them. */
  const tables: fc.Arbitrary<Page> = fc
    .record({
      rows: fc.array(
        fc.array(fc.stringMatching(/^[a-z<&;:|]{0,6}$/), { minLength: 2, maxLength: 5 }),
        {
          minLength: 1,
          maxLength: 6,
        },
      ),
      isNamed: fc.boolean(),
      headings: fc.nat(1),
    })
    .map(({ rows, isNamed, headings }) => {
      let text = ''
      const blocks = rows.map((row): Block => {
        if (text !== '') text += '\n'
        const start = text.length
        const cells: number[] = []
        row.forEach((word, column) => {
          text += isNamed ? `Name ${column}: ` : ' | '
          if (word !== '') cells.push(column, text.length - start, word.length)
          text += word
        })
        return { kind: 'table-row', start, end: text.length, cells }
      })
      const columns = isNamed ? ['Name 0', 'Name 1', 'Name 2', 'Name 3', 'Name 4'] : []
      return { page: 1, text, blocks, tables: [{ from: 0, to: rows.length, columns, headings }] }
    })

  it('is exactly the stored text of a table, and its cells are the stored cells', () => {
    fc.assert(
      fc.property(tables, (page) => {
        const shown = show(page)
        expect(shown.textContent).toBe(page.text)
        const drawn = [...shown.querySelectorAll('tbody :is(td, th)')]
          .map((cell) =>
            [...cell.childNodes]
              .filter((node) => !(node instanceof Element))
              .map((node) => node.textContent)
              .join(''),
          )
          .filter((word) => word !== '')
        const stored = page.blocks.flatMap(({ start, cells = [] }) =>
          cells.flatMap((value, at) =>
            at % 3 === 1
              ? [page.text.slice(start + value, start + value + (cells[at + 1] ?? 0))]
              : [],
          ),
        )
        const width = (cells: readonly number[]): number => (cells.at(-3) ?? 0) + 1
        const names = page.tables?.[0]?.columns.length ?? 0
        // One column is shown as lines.
        const isTable = Math.max(names, ...page.blocks.map(({ cells = [] }) => width(cells))) > 1
        const isWhole = page.blocks.every(({ cells = [] }) => cells.length > 0)
        if (isTable && isWhole) expect(drawn).toEqual(stored)
      }),
      {
        numRuns: 60,
        examples: [
          [
            {
              page: 1,
              text: ' | a | ',
              blocks: [{ kind: 'table-row', start: 0, end: 7, cells: [0, 3, 1] }],
              tables: [{ from: 0, to: 1, columns: [], headings: 0 }],
            },
          ],
        ],
      },
    )
  })

  it('marks the row of a table that an answer cites', () => {
    const text = 'Room: Gull; Price: 90\nRoom: Tern; Price: 75'
    const row = (start: number): Block => ({
      ...{ kind: 'table-row', start, end: start + 21 },
      cells: [0, 6, 4, 1, 19, 2],
    })
    const table = { from: 0, to: 2, columns: ['Room', 'Price'], headings: 0 }
    const page: Page = { page: 1, text, blocks: [row(0), row(22)], tables: [table] }
    const shown = show(page, { target: { page: 1, range: { start: 22, end: 43 } } })
    expect([...shown.querySelectorAll('th')].map((cell) => cell.ariaLabel)).toEqual([
      'Room',
      'Price',
    ])
    expect([...shown.querySelectorAll('tbody tr')].map((one) => one.className)).toEqual([
      '',
      'is-cited',
    ])
    expect(textOf(shown.querySelectorAll('mark'))).toBe(text.slice(22, 43))
  })

  it('shows each kind of block as such', () => {
    const parts = ['Prices', 'Item | Price', 'Tea | 0.30', '- One', 'let a = 1', 'Said so']
    const kindsInOrder = [
      'heading',
      'table-row',
      'table-row',
      'list-item',
      'code',
      'quote',
    ] as const
    let text = ''
    const blocks = parts.map((part, index): Block => {
      if (index > 0) text += index === 2 ? '\n' : '\n\n'
      const start = text.length
      text += part
      return { kind: kindsInOrder[index] ?? 'paragraph', start, end: text.length }
    })
    const shown = show({ page: 1, text, blocks })
    expect(shown.querySelector('h3')?.textContent).toBe('Prices')
    expect(shown.querySelectorAll('table')).toHaveLength(1)
    expect(
      [...shown.querySelectorAll('tr:last-child td')].map(
        (cell) => cell.childNodes[0]?.textContent,
      ),
    ).toEqual(['Tea', '0.30'])
    expect(shown.querySelector('pre code')?.textContent).toBe('let a = 1')
    expect(shown.querySelector('blockquote')?.textContent).toBe('Said so')
  })
})

describe('slabs', () => {
  it('contain each character of a page once and stay short, even for one endless line', () => {
    fc.assert(
      fc.property(pages, fc.integer({ min: 1, max: 30 }), ({ text, blocks }, times) => {
        const endless = 'word '.repeat(times * 400)
        const whole = `${text}\n\n${endless}`
        const slabs = cutIntoSlabs({ page: 3, text: whole, blocks })
        const pieces = slabs.flatMap((slab) => slab.pieces)
        expect(pieces.map(({ start, end }) => whole.slice(start, end)).join('')).toBe(whole)
        expect(slabs.filter(({ first }) => first)).toHaveLength(1)
        expect(slabs.filter(({ last }) => last)).toHaveLength(1)
        for (const slab of slabs) {
          const start = slab.pieces[0]?.start ?? 0
          expect((slab.pieces.at(-1)?.end ?? 0) - start).toBeLessThan(8_100)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('are found by a position of their page', () => {
    const text = 'line of text\n'.repeat(2_000)
    const slabs = [1, 2].flatMap((page) => cutIntoSlabs({ page, text, blocks: [] }))
    const at = slabAt(slabs, 2, 9_000)
    expect(slabs[at]?.page).toBe(2)
    const pieces = slabs[at]?.pieces ?? []
    expect(pieces.some(({ start, end }) => start <= 9_000 && 9_000 < end)).toBe(true)
    expect(slabAt(slabs, 3, 0)).toBe(-1)
  })
})

describe('segments', () => {
  it('cover their range without gaps and know their layers', () => {
    const range = fc.tuple(fc.nat(60), fc.nat(60)).map(([one, other]) => ({
      start: Math.min(one, other),
      end: Math.max(one, other),
    }))
    fc.assert(
      fc.property(range, fc.array(range, { maxLength: 5 }), (within, ranges) => {
        const layers = ranges.map((one, index) => ({ ...one, layer: 'hit' as const, index }))
        const segments = segmentsOf(within, layers)
        let at = within.start
        for (const segment of segments) {
          expect(segment.start).toBe(at)
          expect(segment.end).toBeGreaterThan(at)
          at = segment.end
          for (const layer of layers) {
            const covers = layer.start <= segment.start && layer.end >= segment.end
            const empty = layer.start === layer.end
            expect(segment.layers.includes(layer)).toBe(covers && !empty)
          }
        }
        expect(at).toBe(within.start < within.end ? within.end : within.start)
      }),
    )
  })
})
