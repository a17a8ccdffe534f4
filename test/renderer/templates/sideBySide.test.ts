import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  sideBySide,
  type DiffPiece,
} from '../../../src/renderer/src/features/templates/history/sideBySide.ts'

const textOf = (pieces: readonly DiffPiece[] | null): string | null =>
  pieces === null ? null : pieces.map(({ text }) => text).join('')
const changedOf = (pieces: readonly DiffPiece[] | null | undefined): readonly string[] =>
  (pieces ?? []).filter(({ changed }) => changed).map(({ text }) => text)

describe('two texts side by side', () => {
  it('mark the words that differ in replaced lines', () => {
    const rows = sideBySide('one\nthe old word\nthree', 'one\nthe new word\nthree')
    expect(rows.map(({ same }) => same)).toEqual([true, false, true])
    expect(changedOf(rows[1]?.left)).toEqual(['old'])
    expect(changedOf(rows[1]?.right)).toEqual(['new'])
  })

  it('leave a gap if a line has no counterpart', () => {
    const rows = sideBySide('one\ntwo', 'one\nand a half\ntwo')
    expect(rows.map(({ left }) => textOf(left))).toEqual(['one', null, 'two'])
    expect(rows.map(({ right }) => textOf(right))).toEqual(['one', 'and a half', 'two'])
  })

  it('contain every line of both sides, in order', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c d', 'c e', ''), { minLength: 1, maxLength: 12 })
      .map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rows = sideBySide(before, after)
        const side = (pick: 'left' | 'right'): string =>
          rows
            .map((row) => textOf(row[pick]))
            .filter((line) => line !== null)
            .join('\n')
        expect(side('left')).toBe(before)
        expect(side('right')).toBe(after)
      }),
    )
  })
})
