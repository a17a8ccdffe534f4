import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderTemplate } from '../../../../src/shared/domain/template/renderTemplate.ts'
import { keptAsWritten } from '../../../../src/shared/domain/template/parseText.ts'
import { fillIn, placeholders } from '../../../../src/shared/domain/template/placeholders.ts'
import {
  enabledExamples,
  template,
  type Template,
} from '../../../../src/shared/domain/template/template.ts'
import { awkwardText, jsonFormat, labelFormat } from '../../../helpers/formatArbitraries.ts'

/** Text with placeholders, some of them within values. */
const tricky = fc
  .array(
    fc.oneof(awkwardText, fc.constantFrom('<INPUT>', '<TITLE>', '<OTHER>', '$1', '$&', '<input>')),
    {
      maxLength: 6,
    },
  )
  .map((pieces) => pieces.join(''))
const values = fc.record({ INPUT: tricky, TITLE: tricky })

const anyTemplate: fc.Arbitrary<Template> = fc
  .record({
    instruction: tricky,
    input: tricky.map((text) => `${text}<INPUT>`),
    format: fc.oneof(labelFormat, jsonFormat, fc.constant({ kind: 'text' as const })),
    layout: fc.constantFrom('text', 'chat'),
    examples: fc.array(fc.record({ values, output: tricky, enabled: fc.boolean() }), {
      maxLength: 4,
    }),
    decoding: fc.record({
      temperature: fc.double({ min: 0, max: 2, noNaN: true }),
      grammar: fc.boolean(),
    }),
  })
  .map((made) =>
    template.parse({
      ...made,
      name: 'Any',
      examples: made.examples.map((one, index) => ({ ...one, id: String(index) })),
    }),
  )
const sources = fc.array(
  fc.record({ number: fc.integer({ min: 1, max: 9 }), title: tricky, text: tricky }),
  { maxLength: 2 },
)

describe('a template', () => {
  it('is unchanged after being written to a file and read', () => {
    fc.assert(
      fc.property(anyTemplate, (made) => {
        expect(template.parse(JSON.parse(JSON.stringify(made)))).toEqual(
          // JSON does not tell -0 from 0.
          { ...made, decoding: { ...made.decoding, temperature: made.decoding.temperature + 0 } },
        )
      }),
    )
  })

  it('fills what is missing in a file written by hand', () => {
    const read = template.parse({ name: 'Short', instruction: '', format: { kind: 'text' } })
    expect(read).toMatchObject({
      schema: 2,
      input: '<INPUT>',
      optional: {},
      examples: [],
      choice: { kind: 'all' },
      layout: 'text',
      decoding: { temperature: 0, maxTokens: 100, grammar: true },
      sources: { retrieve: false, scope: { kind: 'all' }, passages: 3 },
    })
  })
})

describe('a tag in capitals with a backslash before it', () => {
  it('stays in the prompt and is no placeholder', () => {
    const text = 'A \\<B> in <INPUT>'
    expect(placeholders(text)).toEqual(['INPUT'])
    expect(fillIn(text, { INPUT: 'this', B: 'that' })).toBe('A <B> in this')
  })
})

/** How texts were filled in by templates of the first format. */
const filledBefore = (text: string, row: Readonly<Record<string, string>>): string =>
  text.replace(/<([A-Z][A-Z0-9_]*)>/gu, (whole, name: string) => row[name] ?? whole)

describe('a text of the first format', () => {
  const piece = fc.constantFrom(
    ...['\\', '<INPUT>', '<TITLE>', '<IF INPUT>', '</IF>', '\n', ' ', 'a', '<', '<b>', '<IF>'],
  )
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

  it('means the same when it is upgraded', () => {
    fc.assert(
      fc.property(text, values, (old, row) => {
        expect(fillIn(keptAsWritten(old), row)).toBe(filledBefore(old, row))
      }),
    )
  })

  it('means the same as it is, without backslashes and sections', () => {
    const plain = text.map((old) => old.replaceAll(/\\|<IF INPUT>|<\/IF>/gu, ''))
    fc.assert(
      fc.property(plain, values, (old, row) => {
        expect(fillIn(old, row)).toBe(filledBefore(old, row))
      }),
    )
  })
})

describe('fillIn', () => {
  it('never replaces placeholders within a value', () => {
    fc.assert(
      fc.property(values, (row) => {
        expect(fillIn('[<INPUT>|<TITLE>|<OTHER>|<input>]', row)).toBe(
          `[${row.INPUT}|${row.TITLE}|<OTHER>|<input>]`,
        )
      }),
    )
  })

  it('lists each name once, in order', () => {
    expect(placeholders('<B> <A_2> <b> <1> <B>', '<C><A_2>')).toEqual(['B', 'A_2', 'C'])
  })
})

describe('renderTemplate', () => {
  it('names the parts of the prompt, and they add up to it', () => {
    fc.assert(
      fc.property(anyTemplate, sources, values, (made, passages, row) => {
        const examples = enabledExamples(made)
        const prompt = renderTemplate({ template: made, examples, sources: passages, values: row })
        const parts = (message: string): string =>
          prompt.parts
            .filter((part) => part.message === message)
            .map((part) => part.text)
            .join('')
        const turns = prompt.history.map((turn) => turn.user).join('')
        expect(parts('system')).toBe(prompt.system)
        expect(parts('user')).toBe(turns + prompt.user)
        expect(parts('assistant')).toBe(prompt.history.map((turn) => turn.assistant).join(''))
        const named = prompt.parts.flatMap((part) => (part.kind === 'example' ? [part.id] : []))
        expect([...new Set(named)]).toEqual(examples.map(({ id }) => id))
        expect(prompt.parts.at(-1)?.kind).toBe('input')
        expect(prompt.parts.filter((part) => part.kind === 'source')).toHaveLength(passages.length)
      }),
    )
  })

  it('begins the same for all rows if only the input has placeholders', () => {
    fc.assert(
      fc.property(anyTemplate, values, values, (made, one, other) => {
        const still = { ...made, instruction: 'Do it.', input: 'Text: <INPUT>' }
        const examples = enabledExamples(made)
        const [a, b] = [one, other].map((row) =>
          renderTemplate({ template: still, examples, sources: [], values: row }),
        )
        expect(a?.system).toBe(b?.system)
        expect(a?.history).toEqual(b?.history)
        const shared = (prompt: typeof a): string =>
          (prompt?.parts ?? [])
            .filter((part) => part.message === 'user' && part.kind !== 'input')
            .map((part) => part.text)
            .join('')
        expect(shared(a)).toBe(shared(b))
        if (made.layout === 'text') expect(a?.user.startsWith(shared(a))).toBe(true)
      }),
    )
  })

  it('writes a text prompt as the bundled model was trained on', () => {
    const made = template.parse({
      name: 'Mood',
      instruction: 'Name the mood.',
      format: { kind: 'label', labels: ['good', 'bad'] },
    })
    const prompt = renderTemplate({
      template: made,
      examples: [
        { id: 'a', values: { INPUT: 'Lovely.' }, output: 'good', note: '', enabled: true },
      ],
      sources: [{ number: 1, title: 'Guide', text: 'Lovely is good.' }],
      values: { INPUT: 'Awful.' },
    })
    expect(prompt.system).toBe('Name the mood.\nAnswer with one of: good, bad.')
    expect(prompt.history).toEqual([])
    expect(prompt.user).toBe(
      'Input: Lovely.\nOutput: good\n\nSources:\n[1] Guide\nLovely is good.\n\nInput: Awful.\nOutput:',
    )
  })
})
