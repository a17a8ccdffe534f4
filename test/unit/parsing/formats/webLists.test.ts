import { expect, test } from 'vitest'
import { blockLines, parseDocument } from '../../../helpers/parseDocument.ts'

const li = (count: number, attributes = ''): string => `<li${attributes}>x`.repeat(count)

const lists: readonly (readonly [string, readonly string[]])[] = [
  [`<ol>${li(2)}</ol>`, ['1.', '2.']],
  [`<ol start=5>${li(1)}<li value=9>x${li(1)}</ol>`, ['5.', '9.', '10.']],
  [`<ol start=0>${li(2)}</ol>`, ['0.', '1.']],
  [`<ol start=-1>${li(2)}</ol>`, ['-1.', '0.']],
  [`<ol start=nonsense>${li(1)}</ol>`, ['1.']],
  [`<ol type=a>${li(2)}</ol>`, ['a.', 'b.']],
  [`<ol type=A start=27>${li(1)}</ol>`, ['AA.']],
  [`<ol type=i>${li(4)}</ol>`, ['i.', 'ii.', 'iii.', 'iv.']],
  [`<ol style="color: red; list-style: inside upper-roman">${li(2)}</ol>`, ['I.', 'II.']],
  [`<ol style="list-style-type: none">${li(1)}</ol>`, ['x']],
  [`<ol reversed>${li(3)}</ol>`, ['3.', '2.', '1.']],
  [`<ol reversed start=10>${li(2)}</ol>`, ['10.', '9.']],
  [
    `<ol reversed>${li(1)}<li>x<ol reversed>${li(2)}</ol>${li(1)}</ol>`,
    ['3.', '2.', '2.', '1.', '1.'],
  ],
  [`<div hidden><ol reversed>${li(7)}</ol></div><ol reversed>${li(2)}</ol>`, ['2.', '1.']],
  [`<ul reversed>${li(1)}</ul>`, ['-']],
]

test.each(lists)('%s has the numbers that a browser shows', async (source, marks) => {
  const parsed = await parseDocument('a.html', new TextEncoder().encode(source))
  expect(blockLines(parsed)).toEqual(
    marks.map((mark) => `list-item: ${mark}${mark === 'x' ? '' : ' x'}`),
  )
})
