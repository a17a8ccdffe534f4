import { describe, expect, it } from 'vitest'
import { importTemplate } from '../../../src/main/templates/store/importTemplate.ts'

const read = (text: string) => importTemplate({ name: 'promptfooconfig.yaml', text })

const plain = `description: Capitals
prompts:
  - |
    Answer in one word. Write <ANSWER> nowhere.

    {% if region %}Region: {{ region }}
    {% endif %}Question: {{userQuestion}} {{ tone | default("plain", true) }}
  - file://other.txt
providers:
  - id: openai:gpt-4o
    config: { temperature: 0.7, max_tokens: 50, seed: 3, unheard: 1 }
outputPath: out.json
defaultTest:
  vars: { region: Europe }
tests:
  - vars: { userQuestion: Capital of France? }
    description: first
    assert: [{ type: equals, value: Paris }]
  - vars: { userQuestion: [Capital of Italy?, Rome is the capital of?], region: '' }
    assert: [{ type: equals, value: Rome }, { type: llm-rubric, value: polite }]
  - vars: { userQuestion: file://long.txt }
`

describe('a configuration that promptfoo or a person wrote', () => {
  it('becomes a template', () => {
    const { template } = read(plain)
    expect(template).toMatchObject({
      name: 'Capitals',
      instruction: String.raw`Answer in one word. Write \<ANSWER> nowhere.`,
      input: '<IF REGION>Region: <REGION>\n</IF>Question: <USER_QUESTION> <TONE>',
      optional: { REGION: '', TONE: 'plain' },
      format: { kind: 'text' },
      decoding: { temperature: 0.7, maxTokens: 50, seed: 3 },
    })
  })

  it('becomes rows, one for each of several values', () => {
    const { rows } = read(plain)
    expect(
      rows.map(({ values, expected }) => [values.USER_QUESTION, values.REGION, expected]),
    ).toEqual([
      ['Capital of France?', 'Europe', 'Paris'],
      ['Capital of Italy?', '', 'Rome'],
      ['Rome is the capital of?', '', 'Rome'],
    ])
  })

  it('names in a sentence each what isn’t taken over', () => {
    const { notes } = read(plain)
    for (const part of [
      '2 prompts',
      'providers',
      '“outputPath”',
      '“description”',
      '“llm-rubric”',
      'files of their own',
    ]) {
      expect(notes.filter((note) => note.includes(part))).toHaveLength(1)
    }
    expect(notes).toHaveLength(6)
  })

  it('has the instruction and the examples of a chat', () => {
    const chat = JSON.stringify([
      { role: 'system', content: 'Name the mood.' },
      { role: 'user', content: 'What a day!' },
      { role: 'assistant', content: 'good' },
      { role: 'user', content: '{{text}}' },
    ])
    const { template, rows, notes } = read(
      JSON.stringify({ prompts: [{ raw: chat, label: 'Mood' }] }),
    )
    expect(template).toMatchObject({
      name: 'Mood',
      instruction: 'Name the mood.',
      input: '<TEXT>',
      layout: 'chat',
      examples: [{ values: { TEXT: 'What a day!' }, output: 'good' }],
    })
    expect([rows, notes]).toEqual([[], []])
  })

  it('has the format of a JSON schema, and what is expected of it', () => {
    const { template, rows } = read(`
prompts: ["Extract from {{text}}"]
defaultTest:
  assert:
    - type: is-json
      value: { type: object, required: [n], properties: { n: { type: integer } } }
tests:
  - vars: { text: One apple }
    assert: [{ type: equals, value: { n: 1 } }]
`)
    expect(template.format).toMatchObject({
      kind: 'json',
      fields: [{ name: 'n', type: { kind: 'number', integer: true } }],
    })
    expect(rows[0]?.expected).toEqual({ n: 1 })
  })

  it.each([
    ['contains', ['contains: a.b', 'icontains: c'], { kind: 'contains' }, ['a.b', 'c']],
    ['regex', ['regex: ^a'], { kind: 'pattern' }, ['^a']],
    [
      'several ways',
      ['equals: 1.5', 'contains: a+b', 'regex: x$', 'starts-with: (y)'],
      { kind: 'pattern' },
      [String.raw`^\s*1\.5\s*$`, String.raw`a\+b`, 'x$', String.raw`^\(y\)`],
    ],
  ])('is judged as its tests ask: %s', (_, asserts, measure, expected) => {
    const tests = asserts.map((one) => {
      const [type = '', value = ''] = one.split(': ')
      return { vars: { q: 'x' }, assert: [{ type, value }] }
    })
    const { template, rows, notes } = read(JSON.stringify({ prompts: ['{{q}}'], tests }))
    expect(template.format).toEqual({ kind: 'text', measure })
    expect(rows.map((row) => row.expected)).toEqual(expected)
    expect(notes.join(' ')).not.toContain('is not used')
  })

  it('keeps what isn’t understood of a prompt, and names it', () => {
    const { template, notes } = read(JSON.stringify({ prompts: ['Say {{ q | upper }} {{ q }}'] }))
    expect(template.input).toBe('Say {{ q | upper }} <Q>')
    expect(notes).toEqual(['“{{ q | upper }}” of the prompt is not understood and stays as it is.'])
  })

  it('needs a prompt in the file itself', () => {
    expect(() => read('prompts: [file://a.txt]\ntests: []\n')).toThrow('prompts in other files')
    expect(() => read('prompts: prompts/a.txt\n')).toThrow('prompts in other files')
  })
})
