import type { Example, Template } from '../../src/shared/domain/template/template.ts'

/** A template of one label, with two examples. */
export function labelTemplate(patch: Partial<Template> = {}): Template {
  return {
    schema: 2,
    name: 'Mood',
    description: '',
    instruction: 'Tell the mood.',
    input: '<INPUT>',
    optional: {},
    format: { kind: 'label', labels: ['good', 'bad'] },
    examples: [exampleOf('e1', 'What a day!', 'good'), exampleOf('e2', 'It rained.', 'bad')],
    choice: { kind: 'all' },
    layout: 'text',
    decoding: { temperature: 0, seed: 0, maxTokens: 100, grammar: true },
    sources: { retrieve: false, scope: { kind: 'all' }, passages: 3 },
    ...patch,
  }
}

export function exampleOf(id: string, input: string, output: string): Example {
  return { id, values: { INPUT: input }, output, note: '', enabled: true }
}
