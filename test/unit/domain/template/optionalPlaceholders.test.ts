import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseText } from '../../../../src/shared/domain/template/parseText.ts'
import { fillIn, placeholders } from '../../../../src/shared/domain/template/placeholders.ts'
import { renderTemplate } from '../../../../src/shared/domain/template/renderTemplate.ts'
import {
  missingValues,
  rowText,
  template,
  type Template,
} from '../../../../src/shared/domain/template/template.ts'
import { templateProblems } from '../../../../src/shared/domain/template/templateProblems.ts'
import { flagRows } from '../../../../src/shared/domain/testRun/flagRows.ts'
import { exampleOf, labelTemplate } from '../../../helpers/templates.ts'

const letter = labelTemplate({
  input: '<IF CONTEXT>\nContext: <CONTEXT>\n</IF>\n<TONE>: <INPUT>',
  optional: { CONTEXT: '', TONE: 'friendly' },
})
const text = (values: Readonly<Record<string, string>>): string => rowText(letter, values)

const messages = (made: Partial<Template>): readonly string[] =>
  templateProblems(labelTemplate({ examples: [], ...made })).map(({ message }) => message)

describe('an optional placeholder', () => {
  it('is the default text, or nothing, where a row leaves it empty', () => {
    expect(text({ INPUT: 'Hi', CONTEXT: ' ' })).toBe('friendly: Hi')
    expect(text({ INPUT: 'Hi', TONE: 'harsh' })).toBe('harsh: Hi')
  })

  it('takes the section with it that depends on it', () => {
    expect(text({ INPUT: 'Hi', CONTEXT: 'A mail' })).toBe('Context: A mail\nfriendly: Hi')
    expect(text({ INPUT: 'Hi' })).toBe('friendly: Hi')
  })

  it('is not missing, while the others are', () => {
    expect(missingValues(letter, { CONTEXT: 'A mail' })).toEqual(['INPUT'])
    const rows = [{ id: '1', values: { INPUT: 'Hi' }, expected: null, included: null }]
    expect(flagRows(rows, { ...letter, examples: [] }).size).toBe(0)
  })

  it('is left out of examples too', () => {
    const example = exampleOf('e1', 'Bye', 'good')
    const { user } = renderTemplate({
      template: letter,
      examples: [example],
      sources: [],
      values: { INPUT: 'Hi', CONTEXT: 'A mail' },
    })
    expect(user).toBe(
      'Input: friendly: Bye\nOutput: good\n\nInput: Context: A mail\nfriendly: Hi\nOutput:',
    )
    expect(templateProblems({ ...letter, examples: [example] })).toEqual([])
  })

  it('is none in a file that does not name it', () => {
    const file = { name: 'Old', instruction: '', input: '<A><B>', format: { kind: 'text' } }
    expect(missingValues(template.parse(file), { A: 'a' })).toEqual(['B'])
  })
})

describe('a section', () => {
  it.each([
    ['within a line', 'a<IF X> x</IF> b', 'a x b', 'a b'],
    ['on lines of its own', 'a\n<IF X>\nx\n</IF>\nb', 'a\nx\nb', 'a\nb'],
    ['indented', 'a\n  <IF X>  \nx\n\t</IF>\nb', 'a\nx\nb', 'a\nb'],
    ['at the end', 'a\n<IF X>\nx\n</IF>', 'a\nx', 'a'],
    ['at the beginning', '<IF X>\nx\n</IF>\nb', 'x\nb', 'b'],
    ['that is the whole text', '<IF X>\nx\n</IF>', 'x\n', ''],
    ['within another', '<IF Y>y<IF X>x</IF>!</IF>', 'yx!', 'y!'],
    ['with a backslash', 'a \\<IF X>x\\</IF>', 'a <IF X>x</IF>', 'a <IF X>x</IF>'],
    ['behind two backslashes', 'a\\\\<IF X>x</IF>', 'a\\x', 'a\\'],
  ])('%s', (_, written, there, gone) => {
    expect(fillIn(written, { X: 'x', Y: 'y' })).toBe(there)
    expect(fillIn(written, { X: '', Y: 'y' })).toBe(gone)
  })

  it('names a placeholder of its own', () => {
    expect(placeholders('<IF X>x</IF><Y>')).toEqual(['X', 'Y'])
  })

  it('never takes anything from a text without its tags', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (any) => {
        fc.pre(!/[<\\]/u.test(any))
        expect(fillIn(any, {})).toBe(any)
        expect(fillIn(`<IF X>${any}</IF>.`, { X: 'x' })).toBe(`${any}.`)
        expect(fillIn(`<IF X>${any}</IF>.`, { X: '' })).toBe('.')
      }),
    )
  })

  it('that is not closed, or not opened, is text and named', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<IF X>', '</IF>', '\n', 'a', ' ')).map((all) => all.join('')),
        (any) => {
          const { nodes, unmatched } = parseText(any)
          const tags = any.split('<').length - 1
          const matched = (some: typeof nodes): number =>
            some.reduce((n, one) => (one.kind === 'section' ? n + 1 + matched(one.nodes) : n), 0)
          expect(unmatched.length + 2 * matched(nodes)).toBe(tags)
        },
      ),
    )
    expect(fillIn('a <IF X> b', { X: '' })).toBe('a <IF X> b')
    expect(fillIn('a\n</IF>\nb', {})).toBe('a\n</IF>\nb')
    expect(messages({ input: '<INPUT><IF INPUT>' })).toContain(
      '<IF INPUT> has no </IF>. Add that where the section ends.',
    )
  })

  it('of a placeholder that every row has, or in small letters, is doubtful', () => {
    expect(messages({ input: '<INPUT><IF INPUT>!</IF>' })[0]).toMatch(/is always there/u)
    const optional = { INPUT: '' }
    expect(messages({ input: '<INPUT><IF INPUT>!</IF>', optional })).toEqual([])
    expect(messages({ input: '<INPUT><if INPUT>!</if>' })).toEqual([
      '<if INPUT> is no section. Write <IF INPUT>, in capitals.',
      '</if> is no section. Write </IF>, in capitals.',
    ])
  })

  it('and an optional name that no text has, is named', () => {
    expect(messages({ optional: { CONTXT: '' } })[0]).toMatch(/^<CONTXT> is optional but/u)
  })
})
