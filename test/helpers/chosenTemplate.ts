import type { ChosenTemplate } from '../../src/main/prompting/chosenTemplate.ts'
import { grammarOf } from '../../src/shared/domain/template/grammar.ts'
import {
  enabledExamples,
  template as templateSchema,
  type Template,
} from '../../src/shared/domain/template/template.ts'
import { exampleOf } from './templates.ts'

/** Answers a question with the days of leave and a note about them. */
export const leaveTemplate: Template = templateSchema.parse({
  name: 'Days',
  instruction: 'Answer from the sources.',
  format: {
    kind: 'json',
    fields: [
      { name: 'days', type: { kind: 'number' } },
      { name: 'note', type: { kind: 'text' } },
    ],
  },
  examples: [exampleOf('e1', 'How long is the lunch break?', '{"days": 0, "note": "An hour."}')],
  decoding: { maxTokens: 40 },
  sources: { retrieve: true },
})

/** A template as passed to asking, without a store. */
export function chosenTemplate(template: Template = leaveTemplate, version = 3): ChosenTemplate {
  const grammar = grammarOf(template.format)
  const { maxTokens, temperature, seed } = template.decoding
  return {
    id: 'days',
    version,
    template,
    options: { maxTokens, temperature, seed, ...(grammar === null ? {} : { grammar }) },
    examplesFor: () => Promise.resolve(enabledExamples(template)),
  }
}
