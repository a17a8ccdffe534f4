import type { z } from 'zod'
import type {
  promptPart,
  PromptPreview,
  Starter,
  TryItem,
} from '../../src/shared/contract/templates.ts'
import type { AppContract } from '../../src/shared/contract/index.ts'
import type { LadderArm } from '../../src/shared/domain/testRun/arm.ts'
import { checkReply } from '../../src/shared/domain/template/checkReply.ts'
import { readExpected } from '../../src/shared/domain/template/expected.ts'
import { renderTemplate, type PromptPart } from '../../src/shared/domain/template/renderTemplate.ts'
import { scoreReply } from '../../src/shared/domain/template/scoreReply.ts'
import {
  enabledExamples,
  template as templateSchema,
  type Example,
  type InputValues,
  type Template,
} from '../../src/shared/domain/template/template.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { Handlers } from '../../src/shared/rpc/contract.ts'
import { createFeed } from './feed.ts'

type TemplateHandlers = Handlers<AppContract>['templates']
type Summary = Awaited<ReturnType<TemplateHandlers['list']>>[number]
type TryInput = Parameters<TemplateHandlers['try']>[0]

export interface FakeTemplatesOptions {
  /** Templates that there are, each with one version. */
  readonly templates?: readonly { readonly id: string; readonly template: Template }[]
  /** Room of the made-up model in tokens; null: there is no model. */
  readonly contextSize?: number | null
  /** Milliseconds between two pieces of an answer. */
  readonly pace?: number
  /** What the made-up model answers; else what the nearest example says. */
  readonly reply?: (values: InputValues, repeat: number) => string
}

export interface FakeTemplates {
  readonly handlers: TemplateHandlers
  /** Every draft that was kept, in order. */
  readonly drafts: { readonly id: string; readonly template: Template }[]
  /** Every trial as it arrived. */
  readonly tried: TryInput[]
  latest(id: string): Template
}

interface Kept {
  readonly id: string
  readonly versions: { template: Template; name: string | null; savedAt: string }[]
  draft: Template | null
  removed: boolean
  updatedAt: string
}

/** Templates in memory, a tokenizer of four letters a token, and a model that copies examples. */
export function createFakeTemplates(options: FakeTemplatesOptions = {}): FakeTemplates {
  const { contextSize = 1024, pace = 0 } = options
  const kept = new Map<string, Kept>()
  const listChanged = createFeed<readonly Summary[]>()
  const drafts: FakeTemplates['drafts'] = []
  const tried: TryInput[] = []
  let lastId = 0

  for (const { id, template } of options.templates ?? []) {
    const savedAt = '2026-03-02T10:00:00.000Z'
    const versions = [{ template, name: null, savedAt }]
    kept.set(id, { id, versions, draft: null, removed: false, updatedAt: savedAt })
  }

  function find(id: string): Kept {
    const one = kept.get(id)
    if (one === undefined || one.removed) {
      throw new AppError('not-found', 'This template is no longer there.')
    }
    return one
  }

  function current(one: Kept): Template {
    const text = one.draft ?? one.versions.at(-1)?.template
    if (text === undefined) throw new AppError('not-found', 'This template is empty.')
    return text
  }

  function list(): readonly Summary[] {
    return [...kept.values()].filter(({ removed }) => !removed).map(summaryOf)
  }

  function summaryOf(one: Kept): Summary {
    const { name, description, examples, format, sources } = current(one)
    return {
      id: one.id,
      name,
      description,
      version: one.versions.length,
      draft: one.draft !== null,
      examples: examples.length,
      formatKind: format.kind,
      retrieves: sources.retrieve,
      updatedAt: one.updatedAt,
    }
  }

  function change(one: Kept): void {
    one.updatedAt = new Date().toISOString()
    listChanged.emit(list())
  }

  function add(template: Template): { id: string } {
    lastId += 1
    const id = `template-${lastId}`
    const one: Kept = { id, versions: [], draft: template, removed: false, updatedAt: '' }
    kept.set(id, one)
    change(one)
    return { id }
  }

  async function* run(
    input: TryInput,
    { signal }: { readonly signal: AbortSignal },
  ): AsyncGenerator<TryItem> {
    tried.push(input)
    const rows = Array.from({ length: input.repeats }, () => input.rows).flat()
    for (const [index, one] of rows.entries()) {
      yield { type: 'start', index, total: rows.length }
      yield { type: 'reading', index, done: 0, total: 120 }
      await wait(pace, signal)
      const reply = (options.reply ?? copyExample(input.template))(
        one.values,
        Math.floor(index / input.rows.length),
      )
      let written = ''
      for (const text of reply.match(/\s*\S+/gu) ?? []) {
        if (signal.aborted) return
        written += text
        yield { type: 'text', index, text }
        await wait(pace, signal)
      }
      if (signal.aborted) return
      yield answerItem(input, index, one, written)
    }
  }

  return {
    drafts,
    tried,
    latest: (id) => current(find(id)),
    handlers: {
      list,
      listChanged: listChanged.listen,
      starters: () => fakeStarters,
      get({ id }) {
        const one = find(id)
        return {
          id,
          template: current(one),
          version: one.versions.length,
          draft: one.draft !== null,
          versions: one.versions.map(({ name, savedAt }, at) => ({
            version: at + 1,
            name,
            savedAt,
          })),
        }
      },
      getVersion: ({ id, version }) => {
        const found = find(id).versions[version - 1]
        if (found === undefined) throw new AppError('not-found', 'There is no such version.')
        return found.template
      },
      create: ({ template }) => add(template),
      keepDraft({ id, template }) {
        drafts.push({ id, template })
        const one = find(id)
        one.draft = template
        change(one)
      },
      discardDraft({ id }) {
        const one = find(id)
        one.draft = null
        change(one)
      },
      save({ id, template, name }) {
        const one = find(id)
        const last = one.versions.at(-1)
        const savedAt = new Date().toISOString()
        if (last !== undefined && JSON.stringify(last.template) === JSON.stringify(template)) {
          if (name !== null) last.name = name
        } else one.versions.push({ template, name, savedAt })
        one.draft = null
        change(one)
        const latest = one.versions.at(-1)
        return {
          version: one.versions.length,
          name: latest?.name ?? null,
          savedAt: latest?.savedAt ?? savedAt,
        }
      },
      nameVersion({ id, version, name }) {
        const found = find(id).versions[version - 1]
        if (found !== undefined) found.name = name
      },
      duplicate({ id }) {
        const from = current(find(id))
        return add({ ...from, name: `${from.name}, copy` })
      },
      remove({ id }) {
        const one = find(id)
        one.removed = true
        change(one)
      },
      restore({ id }) {
        const one = kept.get(id)
        if (one !== undefined) {
          one.removed = false
          change(one)
        }
      },
      importFile({ name, text }) {
        try {
          return add(templateSchema.parse(JSON.parse(text)))
        } catch (error) {
          throw new AppError('invalid-input', `${name} is not a template of Penknife.`, {
            cause: error,
          })
        }
      },
      exportFile({ id, version, kind }) {
        const template = find(id).versions[version - 1]?.template
        const name = `${template?.name ?? 'template'}.${kind === 'promptfoo' ? 'yaml' : 'json'}`
        return [{ name, text: `${JSON.stringify(template, null, 2)}\n` }]
      },
      preview: ({ template, values, arm }) => preview(template, values, arm, contextSize),
      try: run,
    },
  }
}

const tokensOf = (text: string): number => Math.ceil(text.length / 4)

function preview(
  template: Template,
  values: InputValues,
  arm: LadderArm | null,
  contextSize: number | null,
): PromptPreview {
  const shown = arm === 'zero-shot' || arm === 'retrieval' ? [] : enabledExamples(template)
  const { parts, system, user } = renderTemplate({ template, examples: shown, sources: [], values })
  const counted = parts.map((part) => partOf(part, contextSize !== null))
  const total = counted.reduce((sum, part) => sum + (part.tokens ?? 0), 12)
  const reserve = template.decoding.maxTokens
  const over = contextSize === null ? 0 : total + reserve - contextSize
  return {
    parts: counted,
    text: contextSize === null ? null : `[INST] <<SYS>>\n${system}\n<</SYS>>\n\n${user} [/INST]`,
    tokens: contextSize === null ? null : { total, chatFormat: 12, reserve, context: contextSize },
    fits: over <= 0,
    problem:
      over <= 0
        ? null
        : `The prompt is ${over} tokens too long for this model. Switch examples off, shorten the instruction, or keep less room for the answer.`,
    exampleTokens: Object.fromEntries(
      template.examples.map((one) => [one.id, exampleTokens(template, one)]),
    ),
  }
}

function exampleTokens(template: Template, one: Example): number {
  const { parts } = renderTemplate({ template, examples: [one], sources: [], values: {} })
  return parts
    .filter(({ kind }) => kind === 'example')
    .reduce((sum, { text }) => sum + tokensOf(text), 0)
}

function partOf(part: PromptPart, counts: boolean): z.infer<typeof promptPart> {
  const ref =
    part.kind === 'example' ? part.id : part.kind === 'source' ? String(part.number) : null
  const { kind, message, text } = part
  return { kind, ref, message, text, tokens: counts ? tokensOf(text) : null }
}

function answerItem(
  { template }: TryInput,
  index: number,
  { values, expected }: TryInput['rows'][number],
  reply: string,
): TryItem {
  const check = checkReply(template.format, reply)
  const wanted = readExpected(template.format, expected ?? '')
  const prompt = tokensOf(template.instruction) + tokensOf(Object.values(values).join(' '))
  return {
    type: 'answer',
    index,
    reply,
    check,
    score: wanted.expected === null ? null : scoreReply(template.format, check, wanted.expected),
    stop: 'end',
    tokens: { prompt, reused: index === 0 ? 0 : prompt - 8, generated: tokensOf(reply) },
    ms: 420,
    probabilities: null,
    sources: [],
  }
}

/** Answers as the example does whose input shares most words. */
function copyExample(template: Template): (values: InputValues) => string {
  return (values) => {
    const wanted = wordsOf(values)
    const [best] = enabledExamples(template)
      .map((one) => ({
        output: one.output,
        shared: [...wordsOf(one.values)].filter((word) => wanted.has(word)).length,
      }))
      .sort((left, right) => right.shared - left.shared)
    return best?.output ?? 'I do not know.'
  }
}

function wordsOf(values: InputValues): ReadonlySet<string> {
  return new Set(Object.values(values).join(' ').toLowerCase().match(/\w+/gu))
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    signal.addEventListener('abort', finish)
  })
}

function example(id: string, input: string, output: string, enabled = true): unknown {
  return { id, values: { INPUT: input }, output, enabled }
}

const review = (sentiment: string, business: string): string =>
  `{"sentiment": "${sentiment}", "business_type": "${business}"}`

/** The template of the pictures: a review to two fields. */
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

const fakeStarters: readonly Starter[] = [
  { id: 'review', template: reviewTemplate },
  { id: 'intent', template: intentTemplate },
].map(({ id, template }) => ({
  id,
  name: template.name,
  description: template.description,
  template,
}))
