import fc from 'fast-check'

const pieces = [
  ...['Days', 'year', '12', '3.5', 'größe', '重要', 'מים', 'naïve', '🙂', 'x'],
  ...['*', '**', '***', '_', '__', '~', '~~', '`', '``', '```', '```js title\n', '\n```\n'],
  ...['<', '>', '<b>', '</b>', '<br/>', '<!--', '-->', '<img src=x>', '&', '&lt;', '&#65;'],
  ...['[', ']', '(', ')', '![', '](x)', '[1]', '[7]', '[^1]', '[^1]: ', '[a]: ', '{', '}'],
  ...['\\', '\\(', '\\*', '$', '|', '| a | b |\n|---|---|\n', '\n| 1 | 2 | 3 |\n', '---', '==='],
  ...['# ', '#', '## ', ' #', '> ', '>', '- ', '* ', '+ ', '1. ', '7. ', '3) ', '- [x] '],
  ...['https://example.org/a_b', 'a@example.org', 'www.example.org', '"', '“', '”', "'", ':', '!'],
  ...['.', ',', '-', '=', '+', '%', '/'],
]
const blanks = ['', ' ', '  ', '\n', '\n\n', '\n    ', '\t']

/** Words, signs of Markdown and HTML, blanks and lines in any order. */
export const answerWithMarks = fc
  .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(...blanks)), {
    minLength: 1,
    maxLength: 24,
  })
  .map((parts) => parts.flat().join(''))
