import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { judgeReply } from '../../../src/main/templates/running/judgeReply.ts'
import { exportTemplate } from '../../../src/main/templates/store/exportTemplate.ts'
import { importTemplate } from '../../../src/main/templates/store/importTemplate.ts'
import type { Measure } from '../../../src/shared/domain/template/measure.ts'
import type { OutputFormat } from '../../../src/shared/domain/template/outputFormat.ts'
import type { RawExpected } from '../../../src/shared/domain/template/rawExpected.ts'
import type { Template } from '../../../src/shared/domain/template/template.ts'
import type { TestRow } from '../../../src/shared/domain/testRun/testSet.ts'
import { exampleOf, labelTemplate } from '../../helpers/templates.ts'

interface Assert {
  readonly type: string
  readonly value: string
  readonly transform?: string
  readonly config?: unknown
}

interface Config {
  readonly prompts: readonly { readonly raw: string }[]
  readonly defaultTest: { readonly assert: readonly Assert[] }
  readonly tests: readonly {
    readonly vars: Readonly<Record<string, string>>
    readonly assert: readonly Assert[]
  }[]
}

const rowOf = (input: string, expected: RawExpected | null, id = input): TestRow => ({
  id,
  values: { INPUT: input },
  expected,
  included: null,
})

function exported(template: Template, rows: readonly TestRow[]): { text: string; config: Config } {
  const [file] = exportTemplate(template, 'promptfoo', rows)
  expect(file?.name).toBe('promptfooconfig.yaml')
  const text = file?.text ?? ''
  return { text, config: parse(text, { maxAliasCount: -1 }) as Config }
}

/** As promptfoo evaluates code of several lines. */
function evaluated(code: string, output: string, config: unknown): unknown {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  return new Function('output', 'context', code)(output, { config })
}

/** Nunjucks renders the strings that this file uses as this does. */
const rendered = (text: string): string => text.replaceAll(/\{\{ "(\{[{%#])" \}\}/gu, '$1')

function passes({ type, value, transform, config }: Assert, output: string): boolean {
  if (type === 'equals') {
    return evaluated(transform ?? 'return output', output, null) === rendered(value)
  }
  return (evaluated(rendered(value), output, config) as { pass: boolean }).pass
}

/** Whether promptfoo would call an output right. */
function passesAll(template: Template, expected: RawExpected, output: string): boolean {
  const { defaultTest, tests } = exported(template, [rowOf('x', expected)]).config
  return [...defaultTest.assert, ...(tests[0]?.assert ?? [])].every((one) => passes(one, output))
}

const text = (measure?: Measure): OutputFormat =>
  measure === undefined ? { kind: 'text' } : { kind: 'text', measure }
const fields: OutputFormat = {
  kind: 'json',
  fields: [
    {
      name: 'n',
      optional: false,
      type: { kind: 'number', integer: false },
      measure: { kind: 'number', within: 0.5, unit: 'absolute' },
    },
    {
      name: 'tags',
      optional: true,
      type: { kind: 'list', item: { kind: 'label', labels: ['a', 'b'] } },
      measure: { kind: 'label-set' },
    },
  ],
}
const label: OutputFormat = { kind: 'label', labels: ['spam', 'not {{spam}}'] }

describe('what promptfoo calls right', () => {
  it.each<[OutputFormat, RawExpected, string, boolean]>([
    [text(), 'Paris', 'paris.', true],
    [text(), 'Paris | Lutetia', 'Rome', false],
    [text(), '{{ x }} {% y %}', '{{ x }} {% y %}', true],
    [text({ kind: 'contains' }), 'art', 'the party', false],
    [text({ kind: 'pattern' }), String.raw`^\p{Lu}{2}$`, 'ÄB', true],
    [text({ kind: 'one-of' }), 'red; green', 'Green', true],
    [text({ kind: 'date', order: 'day-first' }), '2024-03-05', '5 March 2024', true],
    [text({ kind: 'number', within: 1, unit: 'percent' }), '100', '101.5', false],
    [text({ kind: 'token-f1', least: 0.5 }), 'golf range', 'nice golf range', true],
    [text({ kind: 'json-shape' }), '{"a": 1}', '{"a": "x"}', false],
    [fields, { n: 12, tags: 'b, a' }, '```json\n{"n": 12.4, "tags": ["a", "b", "b"]}\n```', true],
    [fields, { n: 12, tags: '' }, '{"n": 12, "tags": ["a"]}', false],
    [fields, { n: 12 }, '{"n": 12, "more": 1}', false],
    [label, 'spam', '<think>not {{spam}}?</think>Spam.', true],
    [label, 'not {{spam}}', 'not {{spam}}', true],
    [label, 'spam', 'not {{spam}}', false],
    [{ ...label, measure: { kind: 'one-of' } }, 'spam; not {{spam}}', 'Spam', true],
  ])('is what a run does: %j, %j, %s', (format, expected, output, right) => {
    expect(passesAll(labelTemplate({ format, examples: [] }), expected, output)).toBe(right)
    expect(
      judgeReply(format, output, { expected, values: {}, passages: [] }).score?.exactMatch,
    ).toBe(right)
  })

  it('leaves out what passages have to support, and says so in the file and to the person', () => {
    const format: OutputFormat = {
      kind: 'json',
      fields: [
        { name: 'n', optional: false, type: { kind: 'number', integer: false } },
        {
          name: 'why',
          optional: false,
          type: { kind: 'text', hint: '' },
          measure: { kind: 'supported', placeholder: '' },
        },
      ],
    }
    const own = labelTemplate({ format, examples: [] })
    const rows = [rowOf('x', { n: 1, why: 'So.' })]
    const [file] = exportTemplate(own, 'promptfoo', rows)
    expect(file?.notes).toEqual([
      'No assertion was written for “why”, as promptfoo can’t check what passages support.',
    ])
    expect(file?.text.split('\n')[0]).toBe(`# ${file?.notes?.[0] ?? ''}`)
    const { tests } = exported(own, rows).config
    expect(tests[0]?.assert).toHaveLength(1)
    expect(importTemplate({ name: 'x', text: file?.text ?? '' }).template).toEqual(own)
  })

  it('is what a run calls right, for any expected text and output', () => {
    const word = fc.constantFrom('a', 'The', 'b.', '1', '1.0', '-1', '{{', '|', '“x”', '\n', '🙂')
    const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((all) => all.join(' '))
    const measure = fc.constantFrom<Measure>(
      { kind: 'equal' },
      { kind: 'contains' },
      { kind: 'one-of' },
      { kind: 'token-f1', least: 0.5 },
    )
    fc.assert(
      fc.property(measure, words, words, (by, expected, output) => {
        const score = judgeReply(text(by), output, { expected, values: {}, passages: [] }).score
        if (score === null) return
        expect(passesAll(labelTemplate({ format: text(by), examples: [] }), expected, output)).toBe(
          score.exactMatch,
        )
      }),
      { numRuns: 40 },
    )
  })
})

describe('a configuration of promptfoo', () => {
  it('has the variables in the place of the row only, and no signs of Nunjucks', () => {
    const examples = [exampleOf('e1', 'Dear <INPUT>, welcome', 'good')]
    const template = labelTemplate({ instruction: 'Braces {{x}}', examples })
    const { config } = exported(template, [rowOf('{{ name }} {# y #}', 'good')])
    const raw = config.prompts[0]?.raw ?? ''
    expect(raw).toContain('Dear <INPUT>, welcome')
    expect(raw.match(/\{\{ INPUT \}\}/gu)).toHaveLength(1)
    const [system] = JSON.parse(raw) as { content: string }[]
    expect(system?.content).toContain('Braces {{ "{{" }}x}}')
    expect(config.tests[0]?.vars.INPUT).toBe('{{ "{{" }} name }} {{ "{#" }} y #}')
  })

  it('judges no row of which nothing is expected but by its format', () => {
    const { config } = exported(labelTemplate(), [rowOf('x', null)])
    expect(config.tests[0]?.assert).toEqual([])
    expect(config.defaultTest.assert).toHaveLength(1)
  })

  it('sections and defaults; examples, rows and dates as they are written', () => {
    const template = labelTemplate({
      instruction: 'Set {<INPUT>}.',
      input: '<IF PLACE>In <PLACE>: </IF><TONE>, <INPUT>',
      optional: { PLACE: '', TONE: 'a "calm" one' },
      examples: [exampleOf('e1', 'See <INPUT> {{ x }}', 'bad')],
    })
    const row = rowOf('{{ name }} 2024-01-31', 'good')
    const [file] = exportTemplate(template, 'promptfoo', [
      { ...row, values: { ...row.values, PLACE: ' ' } },
      rowOf('see <INPUT> {{ x }}', 'bad'),
    ])
    const config = parse(file?.text ?? '', { maxAliasCount: -1 }) as Config
    const messages = JSON.parse(config.prompts[0]?.raw ?? '') as { content: string }[]
    expect(messages[0]?.content).toMatch(/^Set \{\{ "\{" \}\}\{\{ INPUT \}\}\}\./u)
    expect(messages[1]?.content).toBe(
      [
        'Input: a "calm" one, See <INPUT> {{ "{{" }} x }}\nOutput: bad\n\n',
        'Input: {% if PLACE %}In {{ PLACE }}: {% endif %}',
        '{{ TONE | default("a \\"calm\\" one", true) }}, {{ INPUT }}\nOutput:',
      ].join(''),
    )
    // The other row is left out, as in runs: the example gives it away.
    expect(config.tests.map(({ vars }) => vars)).toEqual([
      { PLACE: '', TONE: '', INPUT: '{{ "{{" }} name }} 2024-01-31' },
    ])
    expect(file?.text).toContain('"good"')
  })

  it('has code without signs of Nunjucks, whatever the labels are', () => {
    const { config } = exported(labelTemplate({ format: label, examples: [] }), [
      rowOf('x', 'spam'),
    ])
    const asserts = [...config.defaultTest.assert, ...(config.tests[0]?.assert ?? [])]
    for (const { value, transform = '' } of asserts) expect(value + transform).not.toContain('{{')
  })

  it('has texts for readers that take some for dates and numbers', () => {
    const { text: yaml } = exported(labelTemplate(), [rowOf('2024-01-31', 'good')])
    expect(yaml).toContain('INPUT: "2024-01-31"')
  })

  it('is read back with the same template, judgement and rows', () => {
    const template = labelTemplate({ format: fields, examples: [], name: '{{x}} %}' })
    const strings = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('{{ x }}', '{%{#'))
    const row = fc
      .record({
        input: strings,
        n: fc.integer(),
        tags: fc.constantFrom('a, b', '', '{{ a }}'),
        included: fc.constantFrom(null, true),
      })
      .filter(({ input }) => input.trim() !== '')
      .map(({ input, n, tags, included }) => ({ ...rowOf(input, { n, tags }, 'row'), included }))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 3 }), (rows) => {
        const numbered = rows.map((one, index) => ({ ...one, id: String(index) }))
        const { text: yaml } = exported(template, numbered)
        expect(importTemplate({ name: 'p.yaml', text: yaml })).toEqual({
          template,
          rows: numbered,
          notes: [],
        })
      }),
      { numRuns: 30 },
    )
  })
})
