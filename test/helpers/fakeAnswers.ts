import type {
  Answer,
  AnswerSentence,
  Citation,
  Source,
  Support,
  Turn,
} from '../../src/shared/domain/conversation.ts'
import type { FakeLibrary } from './fakeLibrary.ts'

/** Words of a document that an answer cites or that a search found. */
export interface Find {
  readonly document: string
  readonly quote: string
  readonly evidence: number
}

/** A sentence of a scripted answer and the positions of its sources, from 1. */
export interface Said {
  readonly text: string
  readonly from: readonly number[]
  readonly support?: Support
  /** Begins a new paragraph. */
  readonly paragraph?: boolean
}

export interface Script {
  readonly finds: readonly Find[]
  readonly says: readonly Said[]
  readonly kind?: Answer['kind']
  /** It is cut off, unless a longer answer than usual is allowed. */
  readonly cutOff?: boolean
  readonly completedQuery?: string
  /** What a model writes in the form of a template. */
  readonly reply?: string
}

const threshold = 0.55

const instruction = 'Answer from the sources and name them as [n].'
const shownSources = '[1] leave-policy.pdf, page 2\nUp to five days may be carried over.'
const asked = 'Question: How many days can be carried over?'
const prompt = `[INST] <<SYS>>\n${instruction}\n<</SYS>>\n\nSources:\n${shownSources}\n\n${asked} [/INST]`
const promptParts: Answer['promptParts'] = (
  [
    ['system', instruction],
    ['sources', shownSources],
    ['question', asked],
  ] as const
).map(([part, words]) => {
  const start = prompt.indexOf(words)
  return { part, start, end: start + words.length }
})

export function sourcesOf(library: FakeLibrary, finds: readonly Find[]): readonly Source[] {
  return finds.map((find, index) => {
    const citation = cite(library, find, index + 1)
    const page = library.pages.get(find.document)?.[citation.page - 1]
    const block = page?.blocks.find(
      ({ start, end }) => start <= citation.start && citation.end <= end,
    )
    const start = block?.start ?? citation.start
    const end = block?.end ?? citation.end
    const heading = page?.blocks.findLast(
      ({ kind, end: before }) => kind === 'heading' && before <= start,
    )
    return {
      number: index + 1,
      chunk: `${citation.contentId}:${String(index)}`,
      document: find.document,
      name: citation.name,
      contentId: citation.contentId,
      heading: heading === undefined ? '' : (page?.text.slice(heading.start, heading.end) ?? ''),
      page: citation.page,
      start,
      end,
      text: page?.text.slice(start, end) ?? '',
      inPrompt: find.evidence >= 0.3,
      scores: {
        fused: 1.6 - index * 0.3,
        fullText: Math.max(0, 1 - index * 0.24),
        cosine: 0.78 - index * 0.09,
        evidence: find.evidence,
      },
      keySentences: [{ start: citation.start, end: citation.end, score: find.evidence }],
    }
  })
}

export function cite(library: FakeLibrary, find: Find, number: number): Citation {
  const document = library.documents.find(({ id }) => id === find.document)
  const pages = library.pages.get(find.document) ?? []
  const page = pages.find(({ text }) => text.includes(find.quote))
  if (document === undefined || page === undefined) throw new Error(`No such words: ${find.quote}`)
  const start = page.text.indexOf(find.quote)
  return {
    number,
    chunk: `${document.contentId ?? ''}:${String(number - 1)}`,
    document: document.id,
    name: document.name,
    contentId: document.contentId ?? '',
    page: page.page,
    start,
    end: start + find.quote.length,
    quote: find.quote,
  }
}

export function answerOf(library: FakeLibrary, script: Script): Answer {
  let text = ''
  const sentences: AnswerSentence[] = []
  for (const said of script.says) {
    if (text !== '') text += said.paragraph === true ? '\n\n' : ' '
    const start = text.length
    text += said.text
    const citations = said.from.flatMap((number) => {
      const find = script.finds[number - 1]
      return find === undefined ? [] : [cite(library, find, number)]
    })
    const support = said.support ?? (citations.length > 0 ? 'whole' : 'none')
    sentences.push({ start, end: text.length, text: said.text, support, citations })
    for (const number of said.from) text += ` [${String(number)}]`
  }
  const kind = script.kind ?? 'written'
  const best = Math.max(0, ...script.finds.map(({ evidence }) => evidence))
  const withModel = kind === 'written' || kind === 'quoted' || kind === 'ungrounded'
  return {
    kind,
    status: 'complete',
    error: null,
    text,
    cutOff: script.cutOff === true,
    template: null,
    needsTooManyTokens: false,
    sentences,
    sources: sourcesOf(library, script.finds),
    evidence: kind === 'ungrounded' ? null : { best, threshold },
    candidates:
      kind === 'quoted'
        ? script.finds.map((find, index) => ({
            text: find.quote,
            source: index + 1,
            probability: [0.81, 0.12, 0.04, 0.02][index] ?? 0.01,
          }))
        : [],
    model: withModel ? 'LLaMA 2 7B Chat' : null,
    sampling:
      withModel && kind !== 'quoted' ? { temperature: 0, seed: null, maxTokens: 512 } : null,
    budget: withModel
      ? {
          context: 4096,
          system: 92,
          examples: 0,
          history: 214,
          sources: 618,
          keySentences: 96,
          question: 38,
          reserve: 512,
        }
      : null,
    prompt: withModel ? prompt : null,
    promptParts: withModel ? promptParts : [],
    timings: {
      searchMs: 38,
      firstTokenMs: withModel ? 910 : null,
      totalMs: withModel ? 2410 : 52,
      tokensPerSecond: withModel ? 24.6 : null,
    },
    tokens: withModel
      ? { prompt: 1058, reused: 306, generated: 61 }
      : { prompt: 0, reused: 0, generated: 0 },
  }
}

export function turnOf(id: string, question: string, answer: Answer | null, script?: Script): Turn {
  return {
    id,
    question,
    completedQuery: script?.completedQuery ?? null,
    askedAt: '2026-03-03T09:12:00.000Z',
    answer,
  }
}

const allowance: Find = {
  document: 'leave-policy',
  quote: 'Full-time staff have 25 days of annual leave from the first year on.',
  evidence: 0.93,
}
const partTime: Find = {
  document: 'leave-policy',
  quote: 'Part-time staff have as much in proportion to their hours.',
  evidence: 0.71,
}
const carried: Find = {
  document: 'leave-policy',
  quote:
    'Up to five days of unused leave may be carried into the next year and must be taken before 31 March.',
  evidence: 0.95,
}
const illness: Find = {
  document: 'leave-policy',
  quote:
    'Where long illness or parental leave made it impossible to take leave, the whole balance is carried over and may be taken within eighteen months.',
  evidence: 0.78,
}
const lapse: Find = {
  document: 'leave-policy',
  quote: 'Days that are left after that date lapse without compensation.',
  evidence: 0.62,
}
const visitors: Find = {
  document: 'house-rules',
  quote:
    'Visitors are announced at the front desk and are accompanied through the building by whoever invited them.',
  evidence: 0.34,
}
const kitchen: Find = {
  document: 'house-rules',
  quote:
    'Nothing that sheds or spills may be kept in the kitchen; the fridge is emptied every other Friday.',
  evidence: 0.27,
}
const desks: Find = {
  document: 'first-week',
  quote: 'Bring what makes the desk yours: a plant, a lamp, pictures.',
  evidence: 0.22,
}
const roof: Find = {
  document: 'minutes-2023-04',
  quote:
    'The repair of the roof was put off until the autumn because the second quotation had not arrived.',
  evidence: 0.96,
}
const pump: Find = {
  document: 'pump-x200',
  quote:
    'E4 means that the rotor is blocked: switch the pump off, let it cool for ten minutes and clean the inlet filter.',
  evidence: 0.97,
}

export const scripts = {
  allowance: {
    finds: [allowance, partTime],
    says: [
      {
        text: 'Full-time staff have 25 days of annual leave from the first year on.',
        from: [1],
      },
      { text: 'Those who work part-time have as much in proportion to their hours.', from: [2] },
    ],
  },
  carried: {
    completedQuery: 'days of annual leave carried over into the next year',
    finds: [carried, illness, lapse],
    says: [
      {
        text: 'Up to five days of unused leave may be carried over, and they must be taken before 31 March.',
        from: [1],
      },
      {
        text: 'After long illness or parental leave the whole balance is kept for eighteen months.',
        from: [2],
      },
      { text: 'Most teams plan these days in January.', from: [], support: 'none' },
      {
        text: 'Days left after the end of March lapse without compensation.',
        from: [3],
        paragraph: true,
      },
    ],
  },
  dog: { kind: 'not-found', finds: [visitors, kitchen, desks], says: [] },
  roof: { kind: 'quoted', finds: [roof], says: [{ text: roof.quote, from: [1] }] },
  pump: {
    kind: 'passages',
    finds: [pump, roof],
    says: [{ text: pump.quote, from: [1] }],
  },
  memory: {
    kind: 'ungrounded',
    finds: [],
    says: [
      {
        text: 'Many offices allow dogs if colleagues agree, but I have not looked into your documents.',
        from: [],
        support: 'whole',
      },
    ],
  },
} as const satisfies Record<string, Script>
