import { setTimeout as delay } from 'node:timers/promises'
import { emptyAnswer } from '../../../src/main/chat/sources.ts'
import type { Turn } from '../../../src/shared/domain/conversation.ts'
import { createFakeLlm, type FakeReply } from '../../helpers/fakeLlm.ts'
import { allowance } from '../../helpers/hotelPapers.ts'
import { hotelReply } from '../../helpers/hotelReply.ts'
import { hasExamples, reviewReply, reviewRows } from '../../helpers/reviewRows.ts'
import {
  createWindowCore,
  type WindowCore,
  type WindowCoreOptions,
} from '../../helpers/windowCore.ts'
import { factsTemplate, intentTemplate, reviewTemplate } from '../../helpers/writtenTemplates.ts'
import type { Prompt } from '../../../src/main/llm/llm.ts'
import { modelScenes } from './modelScenes.ts'

/** A scene: a core, and what is asked before it is shown. */
interface Scene {
  readonly options: () => WindowCoreOptions
  /** Conversations, each as a list of questions. */
  readonly asked?: readonly AskedConversation[]
}

interface AskedConversation {
  readonly questions: readonly string[]
  /** Name of the template in use. */
  readonly template?: string
}

const conversations: readonly AskedConversation[] = [
  {
    questions: [
      'Why was the roof repair put off?',
      'What does error E4 on the pump mean?',
      'May I bring a dog to the office?',
    ],
  },
  {
    questions: [
      'How many days of leave does one have in the first year?',
      'And how many can be taken over into the next one?',
    ],
  },
]

/** A model that writes at reading speed. */
function slowly(reply: (prompt: Prompt) => FakeReply, ms = 40): WindowCoreOptions {
  return { llm: createFakeLlm(reply, () => delay(ms)) }
}

const reading = {
  total: 128,
  done: 41,
  failed: 0,
  current: 'board-minutes-2022-11.pdf',
  reading: null,
  paused: false,
  secondsLeft: 118,
}
const notices = [
  'The settings could not be read and were set aside as settings.broken.json. Penknife starts with its defaults.',
]
const testSet = { template: reviewTemplate.name, name: 'Reviews', rows: reviewRows(80) }

const scenes: Readonly<Record<string, Scene>> = {
  empty: { options: () => ({ ...slowly(hotelReply), demo: true }) },
  asked: {
    options: () => ({
      ...slowly(hotelReply),
      overrides: ({ documents }) => ({ documents: { ...documents, progress: () => reading } }),
    }),
    asked: conversations,
  },
  notices: {
    options: () => ({
      ...slowly(hotelReply),
      overrides: ({ settings }) => ({
        settings: {
          ...settings,
          info: async (input, context) => ({ ...(await settings.info(input, context)), notices }),
        },
      }),
    }),
  },
  templates: {
    options: () => ({ ...slowly(looseReply), templates: [reviewTemplate, intentTemplate] }),
  },
  tested: {
    options: () => ({
      templates: [reviewTemplate],
      testSets: [testSet],
      llm: createFakeLlm(reviewReply((prompt) => (hasExamples(prompt) ? 6 : 2))),
    }),
  },
  'ask-template': {
    options: () => ({
      ...slowly(factsReply, 10),
      templates: [factsTemplate, reviewTemplate, intentTemplate],
    }),
    asked: [
      {
        template: factsTemplate.name,
        questions: ['How many days of leave does one have?', 'Why was the roof put off?'],
      },
    ],
  },
  'many-examples': {
    options: () => ({ templates: [{ ...reviewTemplate, examples: manyExamples(500) }] }),
  },
  'no-templates': { options: () => slowly(hotelReply) },
  long: {
    options: () => ({
      ...slowly(hotelReply, 10),
      conversations: [{ title: 'A long conversation', template: null, turns: turns(500) }],
    }),
  },
  ...Object.fromEntries(Object.entries(modelScenes).map(([name, options]) => [name, { options }])),
}

/** The core of a scene; for an unknown name, conversations over an idle library. */
export async function openScene(name: string): Promise<WindowCore> {
  const { options, asked } = scenes[name] ?? {
    options: () => slowly(hotelReply),
    asked: conversations,
  }
  const core = await createWindowCore(options())
  await askAll(core, asked ?? [])
  return core
}

/** Asks the questions of a scene, as a window would. */
async function askAll(core: WindowCore, asked: readonly AskedConversation[]): Promise<void> {
  for (const { questions, template } of asked) {
    let conversation: string | null = null
    for (const question of questions) {
      const items = core.api.chat.ask({
        conversation,
        question,
        query: null,
        replaces: null,
        scope: { kind: 'all' },
        answering: null,
        template: template === undefined ? null : core.idOf('template', template),
        ignoreThreshold: false,
      })
      for await (const item of items) if (item.type === 'turn') conversation = item.conversation
    }
  }
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

/** Answers of a small model: mostly right, sometimes not in the format. */
function looseReply({ user }: Prompt): string {
  if (user.includes('train')) {
    return 'Sure! ```json\n{"sentiment": "angry", "business_type": "railway",}\n```'
  }
  if (user.includes('soup')) return 'The soup was good.'
  return '{"sentiment": "positive", "business_type": "restaurant"}'
}

/** In the format of the template, except about the roof. */
function factsReply({ user }: Prompt): string {
  if (user.includes('Why was the roof')) {
    return 'Sure! {"found": "maybe", "days": 12, "answer": "The quotation was late", "x": 1}'
  }
  return JSON.stringify({ found: true, days: 25, answer: allowance })
}

function turns(count: number): readonly Turn[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `long-${String(index)}`,
    question: `Question ${String(index + 1)}: what about this one?`,
    completedQuery: null,
    askedAt: '2026-03-03T09:12:00.000Z',
    answer: { ...emptyAnswer, text: allowance },
  }))
}
