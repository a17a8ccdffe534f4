import fc from 'fast-check'
import { expect, it } from 'vitest'
import { collectBlocks } from '../../../../src/main/parsing/formats/html/collectBlocks.ts'

const textOf = (html: string): string =>
  collectBlocks(html)
    .blocks.map(({ text }) => text)
    .join('\n')

it.each([
  ['a row', '<table><tr><td>Oak<td>12<tr hidden><td>Secret<td>1<tr><td>Elm<td>9</table>'],
  ['a row with its end', '<table><tr hidden><td>Secret</td></tr><tr><td>Oak</td></tr></table>'],
  ['the last row', '<table><tr><td>Oak<tr style="display: none"><td>Secret</table><p>Oak'],
  ['a cell', '<table><tr><td>Oak<td hidden>Secret<td>12<tr><td>Elm</table>'],
  [
    'a cell with a table',
    '<table><tr><td hidden><table><tr><td>Secret<td>Secret</table><td>Oak</table>',
  ],
  ['rows', '<table><tbody hidden><tr><td>Secret</table><p>Oak'],
  ['an item', '<ul><li>Oak<li hidden>Secret<li>Elm</ul>'],
  ['an item with a list', '<ul><li hidden>Secret<ul><li>Secret</ul><li>Oak</ul>'],
  ['the last item', '<div><ul><li hidden>Secret</ul>Oak</div>'],
  ['a paragraph', '<p hidden>Secret<p>Oak'],
  ['a paragraph in a section', '<section><p hidden>Secret</section><section>Oak</section>'],
  ['a term', '<dl><dt hidden>Secret<dd>Oak<dt>Elm<dd hidden>Secret</dl>'],
  ['a deletion', 'Oak <del>Secret</del> beam'],
  ['deleted paragraphs', '<del><p>Secret</p><p>Secret</p></del><p>Oak'],
])('%s that is hidden is left out, and what follows is not', (_, html) => {
  expect(textOf(html)).not.toContain('Secret')
  expect(textOf(html)).toContain('Oak')
})

it('an empty element that is hidden hides nothing', () => {
  expect(textOf('<p>Oak<br hidden>Elm<input hidden>Ash')).toBe('Oak\nElmAsh')
})

it('deleted text is counted', () => {
  expect(collectBlocks('<p>It costs <del>25</del> <ins>30</ins> euros.').leftOut).toEqual([
    'deleted-text',
  ])
  expect(textOf('<p>It costs <del>25</del> <ins>30</ins> euros.')).toBe('It costs 30 euros.')
})

const names = fc.constantFrom(
  'p',
  'li',
  'ul',
  'td',
  'tr',
  'table',
  'div',
  'dl',
  'dt',
  'dd',
  'b',
  'del',
)
const tag = fc
  .tuple(names, fc.constantFrom('<', '</', '<', '< hidden'), fc.constantFrom('', 'oak'))
  .map(([name, kind, text]) =>
    kind === '< hidden' ? `<${name} hidden>${text}` : `${kind}${name}>${text}`,
  )

it('what is read with hidden elements is part of what is read without hiding', () => {
  fc.assert(
    fc.property(fc.array(tag, { maxLength: 40 }), (tags) => {
      const html = tags.join('')
      const letters = (text: string): number => text.replace(/[^oak]/gu, '').length
      const open = html.replaceAll(' hidden', '').replaceAll('del', 'ins')
      expect(letters(textOf(html))).toBeLessThanOrEqual(letters(textOf(open)))
    }),
  )
})
