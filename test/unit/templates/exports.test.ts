import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exportTemplate } from '../../../src/main/templates/store/exportTemplate.ts'
import { importTemplate } from '../../../src/main/templates/store/importTemplate.ts'
import type { TestRow } from '../../../src/shared/domain/testRun/testSet.ts'
import type { RawExpected } from '../../../src/shared/domain/template/rawExpected.ts'
import { exampleOf, labelTemplate } from '../../helpers/templates.ts'

const rowOf = (input: string, expected: RawExpected | null): TestRow => ({
  id: input,
  values: { INPUT: input },
  expected,
  included: null,
})

describe('a template file', () => {
  test('is read back unchanged', () => {
    const [file] = exportTemplate(labelTemplate({ name: 'A/B: “x”' }), 'penknife', [])
    expect(file?.name).toBe('A B x.json')
    expect(importTemplate(file ?? { name: '', text: '' })).toEqual({
      template: labelTemplate({ name: 'A/B: “x”' }),
      rows: [],
      notes: [],
    })
  })

  test.each([
    ['{', /not JSON/u],
    ['{"schema":3}', /newer version/u],
    ['{"name":"x","format":{"kind":"text"}}', /“instruction” is missing \(text is wanted\)/u],
    ['{"name":5,"instruction":"","format":{"kind":"text"}}', /“name” is not text/u],
    ['{"name":"x","instruction":"","format":{"kind":"xml"}}', /“format › kind”|“format”/u],
    [
      '{"name":"x","instruction":"","format":{"kind":"text"},"examples":[{"values":{}}]}',
      /“examples › 1 › output” is missing/u,
    ],
  ])('what is wrong is said: %s', (text, sentence) => {
    expect(() => importTemplate({ name: 'a.json', text })).toThrow(sentence)
  })
})

describe('a name that is not known', () => {
  const known = { name: 'x', instruction: '', format: { kind: 'text' } }
  const field = { name: 'place', type: { kind: 'text' } }

  test.each([
    [{ exampels: [] }, '“exampels” (did you mean “examples”?)'],
    [{ decoding: { temprature: 1 } }, '“decoding › temprature” (did you mean “temperature”?)'],
    [{ decoding: { max_tokens: 9 } }, '“decoding › max_tokens” (did you mean “maxTokens”?)'],
    [
      { format: { kind: 'json', fields: [{ ...field, optinal: true }] } },
      '“format › fields › 1 › optinal” (did you mean “optional”?)',
    ],
    [
      { examples: [{ values: {}, output: '', nots: '' }] },
      '“examples › 1 › nots” (did you mean “note”?)',
    ],
    [{ remark: 'mine', sources: { retreive: true } }, '“remark”, “sources › retreive”'],
  ])('is named instead of left out: %j', (others, named) => {
    const text = JSON.stringify({ ...known, ...others })
    expect(() => importTemplate({ name: 'a.json', text })).toThrow(named)
  })

  test('may be any placeholder of an example', () => {
    const examples = [{ values: { exampels: 'x' }, output: '' }]
    const text = JSON.stringify({ ...known, examples })
    expect(importTemplate({ name: 'a.json', text }).template.examples[0]?.values).toEqual({
      exampels: 'x',
    })
  })
})

describe('files for training', () => {
  const lines = (text = ''): readonly string[] => text.split('\n').filter(Boolean)

  test('one chat per row, split the same way each time', () => {
    const rows = Array.from({ length: 50 }, (_, n) => rowOf(`Row ${String(n)}`, 'good'))
    const [train, kept] = exportTemplate(labelTemplate(), 'chat-jsonl', rows)
    expect([train?.name, kept?.name]).toEqual(['train.jsonl', 'test.jsonl'])
    expect(lines(train?.text)).toHaveLength(42)
    expect(lines(kept?.text)).toHaveLength(10)
    expect(JSON.parse(lines(train?.text)[0] ?? '')).toEqual({
      messages: [
        { role: 'system', content: 'Tell the mood.\nAnswer with one of: good, bad.' },
        { role: 'user', content: 'Input: What a day!\nOutput:' },
        { role: 'assistant', content: 'good' },
      ],
    })
    expect(exportTemplate(labelTemplate(), 'chat-jsonl', rows)[1]).toEqual(kept)
  })

  test('equal inputs, and inputs of examples, are never on both sides of the split', () => {
    const input = fc.constantFrom('a', 'A ', 'b', 'c', 'd', 'e', 'f', 'g', 'shown')
    fc.assert(
      fc.property(fc.array(input, { maxLength: 40 }), fc.nat(), (inputs, seed) => {
        const template = labelTemplate({
          examples: [exampleOf('e1', 'Shown', 'good')],
          decoding: { temperature: 0, seed, maxTokens: 10, grammar: true },
        })
        const files = exportTemplate(
          template,
          'chat-jsonl',
          inputs.map((one) => rowOf(one, 'good')),
        )
        const [train, kept] = files.map(({ text }) =>
          lines(text).map((line) => line.toLowerCase().replaceAll(/\s+|\\n/gu, '')),
        )
        expect((train ?? []).length + (kept ?? []).length).toBe(inputs.length + 1)
        expect((kept ?? []).filter((one) => train?.includes(one))).toEqual([])
      }),
    )
  })

  test('rows without an answer that fits are left out', () => {
    const none = labelTemplate({ examples: [] })
    expect(() => exportTemplate(none, 'chat-jsonl', [rowOf('x', 'wet'), rowOf('y', null)])).toThrow(
      /nothing to train on/u,
    )
  })
})
