import type { Conversation, Turn } from '../../../src/shared/domain/conversation.ts'
import { answerOf, scripts, turnOf, type Script } from '../../helpers/fakeAnswers.ts'
import { createFakeCore, type FakeCore } from '../../helpers/fakeApi.ts'
import { createFakeLibrary } from '../../helpers/fakeLibrary.ts'
import { factsTemplate, intentTemplate, reviewTemplate } from '../../helpers/fakeTemplates.ts'
import { inFormOf } from '../../helpers/fakeTemplateAnswers.ts'
import { replyOfArm, reviewRows } from '../../helpers/fakeTestRows.ts'
import { modelScenes } from './modelScenes.ts'

/** What there is to see: a library, conversations and a pace for each name. */
export const scenes: Readonly<Record<string, () => FakeCore>> = {
  empty: () =>
    createFakeCore({
      library: createFakeLibrary(),
      pace: 40,
      model: { demo: true, name: 'Penknife demo', answering: 'quote' },
    }),
  asked: () =>
    createFakeCore({
      pace: 60,
      conversations: conversations(),
      progress: {
        total: 128,
        done: 41,
        current: 'board-minutes-2022-11.pdf',
        secondsLeft: 118,
      },
    }),
  notices: () =>
    createFakeCore({
      conversations: conversations(),
      info: {
        notices: [
          'The settings could not be read and were set aside as settings.broken.json. Penknife starts with its defaults.',
        ],
      },
    }),
  templates: () =>
    createFakeCore({
      pace: 40,
      conversations: conversations(),
      templates: {
        templates: [
          { id: 'review', template: reviewTemplate },
          { id: 'intent', template: intentTemplate },
        ],
        reply: fakeReply,
      },
    }),
  tested: () =>
    createFakeCore({
      pace: 0,
      templates: { templates: [{ id: 'review', template: reviewTemplate }] },
      testRuns: {
        testSets: [{ id: 'reviews', template: 'review', name: 'Reviews', rows: reviewRows(80) }],
        reply: replyOfArm,
      },
    }),
  'ask-template': () =>
    createFakeCore({
      pace: 40,
      conversations: templateConversations(),
      templates: {
        templates: [
          { id: 'facts', template: factsTemplate },
          { id: 'review', template: reviewTemplate },
          { id: 'intent', template: intentTemplate },
        ],
      },
    }),
  'many-examples': () =>
    createFakeCore({
      templates: {
        templates: [{ id: 'review', template: { ...reviewTemplate, examples: manyExamples(500) } }],
        contextSize: 4096,
      },
    }),
  'no-templates': () => createFakeCore({ pace: 40 }),
  long: () => createFakeCore({ conversations: [longConversation(500)], pace: 10 }),
  ...modelScenes,
}

function manyExamples(count: number): typeof reviewTemplate.examples {
  return Array.from({ length: count }, (_, index) => ({
    id: `many-${String(index)}`,
    values: { INPUT: `Review number ${String(index)}: the bread was still warm.` },
    output: reviewTemplate.examples[index % 4]?.output ?? '',
    note: '',
    enabled: index % 10 === 0,
  }))
}

/** What a small model answers: mostly right, at times in a form of its own. */
function fakeReply(values: Readonly<Record<string, string>>, repeat: number): string {
  const words = values.INPUT ?? ''
  if (words.includes('train')) {
    return 'Sure! ```json\n{"sentiment": "angry", "business_type": "railway",}\n```'
  }
  if (words.includes('soup')) return 'The soup was good.'
  const sentiment = repeat % 3 === 2 ? 'neutral' : 'positive'
  return `{"sentiment": "${sentiment}", "business_type": "restaurant"}`
}

function conversation(id: string, title: string, turns: readonly Turn[], minute = 0): Conversation {
  return {
    version: 1,
    id,
    title,
    createdAt: '2026-03-03T09:10:00.000Z',
    updatedAt: `2026-03-03T09:${String(59 - minute).padStart(2, '0')}:00.000Z`,
    scope: { kind: 'collections', ids: ['hr'] },
    answering: null,
    template: null,
    sampling: null,
    turns,
  }
}

function conversations(): readonly Conversation[] {
  const turn = (id: string, question: string, script: Script): Turn =>
    turnOf(id, question, answerOf(createFakeLibrary(), script), script)
  return [
    conversation('leave', 'Leave carried over to spring', [
      turn('leave-1', 'How many days of leave does one have in the first year?', scripts.allowance),
    ]),
    conversation(
      'full',
      'Leave, both questions',
      [
        turn(
          'full-1',
          'How many days of leave does one have in the first year?',
          scripts.allowance,
        ),
        turn('full-2', 'And how many can be taken over into the next one?', scripts.carried),
      ],
      1,
    ),
    conversation(
      'dogs',
      'Dogs in the office',
      [turn('dogs-1', 'May I bring a dog to the office?', scripts.dog)],
      2,
    ),
    conversation(
      'roof',
      'Which meetings chose the roof?',
      [
        turn('roof-1', 'Why was the roof repair put off?', scripts.roof),
        turn('roof-2', 'What does error E4 on the pump mean?', scripts.pump),
        turn('roof-3', 'May I bring a dog, in general?', scripts.memory),
      ],
      3,
    ),
  ]
}

function templateConversations(): readonly Conversation[] {
  const library = createFakeLibrary()
  const turn = (id: string, question: string, script: Script): Turn =>
    turnOf(
      id,
      question,
      inFormOf(answerOf(library, script), factsTemplate, {
        id: 'facts',
        version: 2,
        reply: script.reply,
      }),
      script,
    )
  const chosen = (one: Conversation): Conversation => ({ ...one, template: 'facts' })
  return [
    chosen(
      conversation('fields', 'Leave, as fields', [
        turn('f1', 'How many days of leave does one have in the first year?', scripts.allowance),
        turn('f2', 'And how many can be taken over?', scripts.carried),
      ]),
    ),
    chosen(
      conversation(
        'broken',
        'A reply outside of its format',
        [
          turn('b1', 'Why was the roof put off?', {
            ...scripts.roof,
            reply:
              'Sure! {"found": "maybe", "days": 12, "answer": "The quotation was late", "x": 1}',
          }),
          turn('b2', 'May I bring a dog to the office?', scripts.dog),
          turn('b3', 'What does error E4 on the pump mean?', scripts.pump),
        ],
        1,
      ),
    ),
    {
      ...conversation(
        'gone',
        'The template is gone',
        [
          turnOf('g1', 'Why was the roof put off?', {
            ...answerOf(library, scripts.roof),
            template: { kind: 'missing', id: 'lost' },
          }),
        ],
        2,
      ),
      template: 'lost',
    },
  ]
}

function longConversation(count: number): Conversation {
  const library = createFakeLibrary()
  const kinds = [scripts.allowance, scripts.carried, scripts.roof, scripts.dog]
  return conversation(
    'long',
    'A long conversation',
    Array.from({ length: count }, (_, index) => {
      const script: Script = kinds[index % kinds.length] ?? scripts.allowance
      return turnOf(
        `long-${String(index)}`,
        `Question ${String(index + 1)}: what about this one?`,
        answerOf(library, script),
      )
    }),
  )
}
