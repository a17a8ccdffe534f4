import {
  template as templateSchema,
  type Template,
} from '../../src/shared/domain/template/template.ts'

function example(id: string, input: string, output: string, enabled = true): unknown {
  return { id, values: { INPUT: input }, output, enabled }
}

const review = (sentiment: string, business: string): string =>
  `{"sentiment": "${sentiment}", "business_type": "${business}"}`

/** The template of the screenshots: a review to two fields. */
export const reviewTemplate: Template = templateSchema.parse({
  name: 'Review to fields',
  description: 'The sentiment of a review and the kind of business that it is about.',
  instruction: 'Read the review and give the sentiment and the kind of business it is about.',
  format: {
    kind: 'json',
    fields: [
      {
        name: 'sentiment',
        type: { kind: 'label', labels: ['positive', 'negative', 'neutral', 'mixed'] },
      },
      { name: 'business_type', type: { kind: 'text', hint: 'a word or two' } },
    ],
  },
  examples: [
    example(
      'bread',
      'The bread was still warm and they knew my name.',
      review('positive', 'bakery'),
    ),
    example(
      'tooth',
      'Two hours for a filling, and then the wrong tooth.',
      review('negative', 'dentist'),
    ),
    example('room', 'Clean room, thin walls, fair price.', review('mixed', 'hotel')),
    example('hair', 'They cut hair. It is shorter now.', review('neutral', 'hairdresser')),
    example('pizza', 'Great pizza!!', review('positive', 'restaurant'), false),
  ],
  decoding: { maxTokens: 64 },
})

/** An answer over documents as fields, one of them prose. */
export const factsTemplate: Template = templateSchema.parse({
  name: 'Answer with its figure',
  description: 'Whether it was found, the figure and the sentence.',
  instruction: 'Answer from the sources.',
  format: {
    kind: 'json',
    fields: [
      { name: 'found', type: { kind: 'boolean' } },
      { name: 'days', type: { kind: 'number', integer: true } },
      { name: 'answer', type: { kind: 'text' } },
    ],
  },
  examples: [
    example('lunch', 'How long is lunch?', '{"found": true, "days": 0, "answer": "An hour."}'),
  ],
  sources: { retrieve: true },
})

export const intentTemplate: Template = templateSchema.parse({
  name: 'Intent of a message',
  description: 'What somebody who writes to the support wants, as one label.',
  instruction: 'Say what the writer of the message wants.',
  format: { kind: 'label', labels: ['refund', 'delivery', 'account', 'other'] },
  examples: [
    example('parcel', 'Where is my parcel?', 'delivery'),
    example('login', 'I cannot log in any more.', 'account'),
    example('money', 'I would like my money back.', 'refund'),
  ],
  decoding: { maxTokens: 8 },
})
