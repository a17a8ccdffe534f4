import { describe, expect, it } from 'vitest'
import { template, type Template } from '../../../../src/shared/domain/template/template.ts'
import { templateProblems } from '../../../../src/shared/domain/template/templateProblems.ts'

const good = {
  name: 'Mood',
  instruction: 'Name the mood.',
  format: { kind: 'label', labels: ['good', 'bad'] },
  examples: [
    { id: 'a', values: { INPUT: 'Lovely.' }, output: 'good' },
    { id: 'b', values: { INPUT: 'Awful.' }, output: 'bad' },
  ],
}

function said(changes: object): string[] {
  const made: Template = template.parse({ ...good, ...changes })
  return templateProblems(made).map(({ severity, place, message }) => {
    const name = 'id' in place ? place.id : 'name' in place ? place.name : ''
    return `${severity} ${place.kind}${name === '' ? '' : ` ${name}`}: ${message}`
  })
}

const example = (input: string, output: string, id = 'c'): object => ({
  examples: [...good.examples, { id, values: { INPUT: input }, output }],
})
const fields = (...types: object[]): object => ({
  examples: [],
  format: { kind: 'json', fields: types.map((type, i) => ({ name: i < 2 ? 'x' : 'y', type })) },
})

describe('templateProblems', () => {
  it('finds nothing in a good template', () => {
    expect(said({})).toEqual([])
  })

  it.each<[string, object, RegExp]>([
    ['no placeholder', { input: 'Text:' }, /^error input: .*Add <INPUT>\.$/u],
    ['a placeholder in small letters', { input: 'Text: <input>' }, /^error input: <input> is not/u],
    ['no instruction', { instruction: ' ' }, /^warning instruction: The instruction is empty/u],
    [
      'a slip in the instruction',
      { instruction: 'Name the mood of <Input>.' },
      /^warning instruction: <Input> is not a placeholder\. Write <INPUT>/u,
    ],
    [
      'a row in the instruction',
      { instruction: 'Name the mood of <INPUT>.' },
      /^warning instruction: <INPUT> stands in the instruction too/u,
    ],
    [
      'an empty list',
      { format: { kind: 'label', labels: [] }, examples: [] },
      /^error format: The list of labels is empty/u,
    ],
    [
      'a label twice',
      { format: { kind: 'label', labels: ['good', 'bad', 'bad'] } },
      /^error format: The label “bad” stands twice/u,
    ],
    [
      'labels alike',
      { format: { kind: 'label', labels: ['good', 'bad', 'Bad.'] } },
      /^warning format: The labels “bad” and “Bad\.” differ/u,
    ],
    [
      'white space',
      { format: { kind: 'label', labels: ['good', 'bad', ' so'] } },
      /^error format: .*white space/u,
    ],
    [
      'no field',
      { format: { kind: 'json', fields: [] }, examples: [] },
      /^error format: The format has no fields/u,
    ],
    [
      'a field twice',
      fields({ kind: 'boolean' }, { kind: 'text' }),
      /^error field x: Two fields are called “x”/u,
    ],
    [
      'an empty list in a field',
      fields({ kind: 'label', labels: [] }),
      /^error field x: The list of labels of “x” is empty/u,
    ],
    [
      'an empty list in a list',
      fields({ kind: 'list', item: { kind: 'label', labels: [] } }),
      /^error field x: The list/u,
    ],
    [
      'an output of another kind',
      example('Fine.', 'fine'),
      /^warning example c: Example 3: its output is not in the format\. “fine” is none/u,
    ],
    [
      'an output that needs repair',
      example('Fine.', 'Good.'),
      /^warning example c: Example 3: its output is not written/u,
    ],
    [
      'an example twice',
      example(' lovely. ', 'good'),
      /^warning example c: .*the same as example 1/u,
    ],
    [
      'a contradiction',
      example('Lovely.', 'bad'),
      /^warning example c: .*same input as example 1 but another output/u,
    ],
    ['an empty input', example(' ', 'bad'), /^warning example c: .*<INPUT> is empty/u],
    [
      'a value that is not used',
      { examples: [{ id: 'a', values: { INPUT: 'x', TITLE: 'y' }, output: 'good' }] },
      /^warning example a: .*<TITLE> stands nowhere/u,
    ],
    [
      'no passage for what one has to support',
      { format: { kind: 'text', measure: { kind: 'supported' } }, examples: [] },
      /^warning format: The answer should be supported .*no placeholder is called <CONTEXT>/u,
    ],
    [
      'another name than that of the passage',
      {
        input: '<CONTEXT> <INPUT>',
        examples: [],
        format: { kind: 'text', measure: { kind: 'supported', placeholder: 'PASSAGE' } },
      },
      /^warning format: .*<PASSAGE> is no placeholder/u,
    ],
    [
      'a lost choice',
      { choice: { kind: 'ids', ids: ['a', 'z'] } },
      /^error choice: An example that was chosen is not/u,
    ],
  ])('%s', (_, changes, message) => {
    const found = said(changes)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(message)
  })

  it.each<[string, object]>([
    ['a placeholder', { input: '<CONTEXT> <INPUT>' }],
    ['documents', { sources: { retrieve: true } }],
  ])('finds a passage in %s', (_, changes) => {
    const format = { kind: 'text', measure: { kind: 'supported' } }
    expect(said({ format, examples: [], ...changes })).toEqual([])
  })

  it('names the field in which an output is wrong', () => {
    const format = {
      kind: 'json',
      fields: [{ name: 'n', type: { kind: 'number' } }],
    }
    const [first] = said({
      format,
      examples: [{ id: 'a', values: { INPUT: 'x' }, output: '{"n": "x"}' }],
    })
    expect(first).toMatch(/In “n”: It should be a number and is the text “x”\./u)
  })

  it('judges 20,000 examples that are all the same', () => {
    const examples = Array.from({ length: 20_000 }, (_, index) => ({
      id: String(index),
      values: { INPUT: 'Lovely.' },
      output: 'good',
    }))
    const made = template.parse({ ...good, examples })
    expect(templateProblems(made)).toHaveLength(19_999)
  })
})
