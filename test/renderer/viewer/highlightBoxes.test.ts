import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PageLayout, Run } from '../../../src/shared/domain/page.ts'
import {
  boundingBox,
  highlightBoxes,
  type Box,
} from '../../../src/renderer/src/features/viewer/highlightBoxes.ts'

const close = 1e-6

/** A page of lines of words in a monospaced layout: every run is where its words are. */
const pages = fc
  .array(fc.array(fc.stringMatching(/^[a-zA-Z,.]{1,9}$/), { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((lines) => {
    let text = ''
    const runs: Run[] = []
    lines.forEach((words, line) => {
      let left = 50
      words.forEach((word, index) => {
        if (text !== '') text += index === 0 ? '\n' : ' '
        const width = word.length * 6
        const start = text.length
        text += word
        runs.push({ start, end: text.length, box: [left, 60 + line * 20, width, 12] })
        left += width + 6
      })
    })
    const layout: PageLayout = { page: 1, width: 400, height: 400, runs }
    return { text, layout, lines: lines.length }
  })

const pagesAndRanges = pages.chain((page) =>
  fc.tuple(fc.nat(page.text.length), fc.nat(page.text.length)).map(([one, other]) => ({
    ...page,
    range: { start: Math.min(one, other), end: Math.max(one, other) },
  })),
)

const contains = (outer: Box, inner: Box): boolean =>
  outer.left <= inner.left + close &&
  outer.top <= inner.top + close &&
  outer.left + outer.width >= inner.left + inner.width - close &&
  outer.top + outer.height >= inner.top + inner.height - close

const asBox = ({ box: [left, top, width, height] }: Run): Box => ({
  left,
  top,
  width,
  height,
  vertical: false,
})

describe('the rectangles of a highlight', () => {
  it('are on the page that each run is drawn on', () => {
    const text = 'by the two sisters.'
    const runs: Run[] = [
      { start: 0, end: 10, box: [50, 700, 60, 12] },
      { start: 11, end: 19, page: 2, box: [50, 72, 48, 12] },
    ]
    const layout: PageLayout = { page: 1, width: 400, height: 800, runs }
    const topsOn = (page?: number): readonly number[] =>
      highlightBoxes(layout, text, { start: 3, end: 19 }, page).map(({ top }) => top)
    expect(topsOn()).toEqual([700])
    expect(topsOn(2)).toEqual([72])
    expect(topsOn(3)).toEqual([])
  })

  it('cover every run that is entirely in the range', () => {
    fc.assert(
      fc.property(pagesAndRanges, ({ text, layout, range }) => {
        const boxes = highlightBoxes(layout, text, range)
        const inside = layout.runs.filter((r) => r.start >= range.start && r.end <= range.end)
        for (const run of inside) {
          expect(boxes.some((box) => contains(box, asBox(run)))).toBe(true)
        }
      }),
    )
  })

  it('never touch a word that is entirely outside the range', () => {
    fc.assert(
      fc.property(pagesAndRanges, ({ text, layout, range }) => {
        const boxes = highlightBoxes(layout, text, range)
        const outside = layout.runs.filter((r) => r.end <= range.start || r.start >= range.end)
        for (const { box } of outside) {
          const [left, top, width] = box
          for (const other of boxes) {
            const sameLine = Math.abs(other.top - top) < 1
            const overlap =
              Math.min(left + width, other.left + other.width) - Math.max(left, other.left)
            expect(sameLine && overlap > close).toBe(false)
          }
        }
      }),
    )
  })

  it('are one per line, from top to bottom', () => {
    fc.assert(
      fc.property(pagesAndRanges, ({ text, layout, range, lines }) => {
        const tops = highlightBoxes(layout, text, range).map(({ top }) => top)
        expect(tops.length).toBeLessThanOrEqual(lines)
        expect(tops).toEqual([...new Set(tops)].sort((one, other) => one - other))
      }),
    )
  })

  it('grow with the range and are none without one', () => {
    fc.assert(
      fc.property(pagesAndRanges, ({ text, layout, range }) => {
        const whole = boundingBox(highlightBoxes(layout, text, range))
        const { start, end } = range
        const less = highlightBoxes(layout, text, { start, end: Math.max(start, end - 1) })
        const part = boundingBox(less)
        if (part !== null) expect(whole !== null && contains(whole, part)).toBe(true)
        expect(highlightBoxes(layout, text, { start, end: start })).toEqual([])
      }),
    )
  })

  it('cut a run so that two halves of a range meet without a gap', () => {
    const text = 'illicit mammoth'
    const layout: PageLayout = {
      page: 1,
      width: 400,
      height: 400,
      runs: [{ start: 0, end: text.length, box: [100, 100, 200, 10] }],
    }
    const [first] = highlightBoxes(layout, text, { start: 0, end: 8 })
    const [second] = highlightBoxes(layout, text, { start: 8, end: text.length })
    expect(first?.left).toBe(100)
    expect((first?.left ?? 0) + (first?.width ?? 0)).toBeCloseTo(second?.left ?? 0)
    expect((second?.left ?? 0) + (second?.width ?? 0)).toBeCloseTo(300)
    // Eight of fifteen characters, but thin ones.
    expect(first?.width).toBeLessThan(80)
  })

  it('cut Hebrew from the right and a vertical run from the top', () => {
    const hebrew = 'שלום עולם'
    const line: PageLayout = {
      page: 1,
      width: 400,
      height: 400,
      runs: [{ start: 0, end: hebrew.length, box: [100, 100, 90, 10] }],
    }
    const [right] = highlightBoxes(line, hebrew, { start: 0, end: 4 })
    expect((right?.left ?? 0) + (right?.width ?? 0)).toBeCloseTo(190)

    const column: PageLayout = {
      ...line,
      runs: [{ start: 0, end: 4, box: [50, 20, 12, 80] }],
    }
    expect(highlightBoxes(column, '東京都庁', { start: 2, end: 4 })).toEqual([
      { left: 50, top: 60, width: 12, height: 40, vertical: true },
    ])
  })

  it('keep the lines of a rotated page separate', () => {
    const layout: PageLayout = {
      page: 1,
      width: 400,
      height: 300,
      runs: [
        { start: 0, end: 10, box: [300, 20, 12, 200] },
        { start: 11, end: 21, box: [284, 20, 12, 200] },
      ],
    }
    const text = 'one line..\nnext one..'
    const boxes = highlightBoxes(layout, text, { start: 5, end: 21 })
    expect(boxes.map(({ left }) => left)).toEqual([300, 284])
    expect(boxes[0]?.top).toBeGreaterThan(80)
  })

  it('keep two columns separate although their lines are level', () => {
    const layout: PageLayout = {
      page: 1,
      width: 400,
      height: 400,
      runs: [
        { start: 0, end: 4, box: [20, 100, 60, 12] },
        { start: 5, end: 9, box: [220, 100, 60, 12] },
      ],
    }
    expect(highlightBoxes(layout, 'left word', { start: 0, end: 9 })).toHaveLength(2)
  })
})
