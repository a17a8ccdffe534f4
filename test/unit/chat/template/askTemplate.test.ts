import { afterEach, describe, expect, test } from 'vitest'
import type { ChosenTemplate } from '../../../../src/main/prompting/chosenTemplate.ts'
import { refusal } from '../../../../src/main/chat/prompt.ts'
import type { Template } from '../../../../src/shared/domain/template/template.ts'
import { setUpAsking } from '../../../helpers/asking.ts'
import { chosenTemplate, leaveTemplate } from '../../../helpers/chosenTemplate.ts'
import { createFakeLlm, type FakeLlm } from '../../../helpers/fakeLlm.ts'
import { exampleOf } from '../../../helpers/templates.ts'

const reply = '{"days": 25, "note": "Employees receive 25 days of annual leave."}'
const proseTemplate: Template = { ...leaveTemplate, format: { kind: 'text' }, examples: [] }

const disposers: (() => void)[] = []
afterEach(() => {
  for (const dispose of disposers.splice(0)) dispose()
})

async function setUp(
  llm: FakeLlm,
  template: ChosenTemplate | null = chosenTemplate(),
  ...[change, best]: [Parameters<typeof setUpAsking>[1]?, number?]
) {
  const templates = { find: () => Promise.resolve(template) }
  const asking = await setUpAsking(llm, { templates, ...change }, best)
  disposers.push(asking.dispose)
  const ask = (more: Parameters<typeof asking.ask>[0] = {}, signal?: AbortSignal) =>
    asking.ask({ template: 'days', ...more }, signal)
  return { ...asking, ask }
}

describe('a question with a template', () => {
  test('is answered in its format over the sources; texts are cited, the version is kept', async () => {
    const llm = createFakeLlm(reply)
    const { ask, conversations } = await setUp(llm)
    const { turn, conversation } = await ask()
    expect(turn.answer).toMatchObject({
      kind: 'written',
      status: 'complete',
      text: reply,
      template: { kind: 'followed', id: 'days', version: 3, name: 'Days', reply },
    })
    const followed = turn.answer?.template
    if (followed?.kind !== 'followed') throw new Error('no template was followed')
    expect(followed.check).toMatchObject({
      parseable: true,
      inDomain: true,
      value: { days: 25, note: 'Employees receive 25 days of annual leave.' },
    })
    const [note] = followed.fields
    expect(note).toMatchObject({
      field: 'note',
      item: null,
      text: 'Employees receive 25 days of annual leave. [1]',
    })
    const quote = 'Employees receive 25 days of annual leave.'
    expect(note?.sentences[0]?.citations[0]).toMatchObject({ document: 'document-leave', quote })
    // The answer as a whole has the citations too, where the value is written.
    const [sentence] = turn.answer?.sentences ?? []
    expect(turn.answer?.text.slice(sentence?.start, sentence?.end)).toBe(`"${quote}"`)
    expect(await conversations.get(conversation)).toMatchObject({ template: 'days', turns: [turn] })
  })

  test('the prompt is the template’s own, with the sources before the question', async () => {
    const llm = createFakeLlm(reply)
    await (await setUp(llm)).ask()
    expect(llm.prompts[0]).toMatchObject({
      system: 'Answer from the sources.\nAnswer as JSON: {"days": number, "note": text}',
      history: [],
      user: [
        'Input: How long is the lunch break?\nOutput: {"days": 0, "note": "An hour."}',
        'Sources:\n[1] leave.md\nEmployees receive 25 days of annual leave. The roof is old.',
        '[2] pump.md\nE4 is a fault.',
        'Input: How many days of annual leave do employees receive?\nOutput:',
      ].join('\n\n'),
    })
  })

  test('the inspector gets the places of examples, sources and question', async () => {
    const llm = createFakeLlm(reply)
    const { turn } = await (await setUp(llm)).ask()
    const { prompt, promptParts, budget } = turn.answer ?? {}
    const texts = promptParts?.map(({ part, start, end }) => [part, prompt?.slice(start, end)])
    expect(texts?.map(([part]) => part)).toEqual(['system', 'examples', 'sources', 'question'])
    expect(texts?.[1]?.[1]).toMatch(/^Input: How long is the lunch break\?/)
    expect(texts?.[3]?.[1]).toMatch(/^Input: How many days of annual leave/)
    expect(budget?.examples).toBeGreaterThan(0)
    expect(budget?.reserve).toBe(40)
  })

  test('prose is bound to its sources sentence by sentence', async () => {
    const llm = createFakeLlm('Employees receive 25 days of annual leave. Dragons like it.')
    const { turn } = await (await setUp(llm, chosenTemplate(proseTemplate))).ask()
    expect(turn.answer?.text).toBe(
      'Employees receive 25 days of annual leave. [1] Dragons like it.',
    )
    expect(turn.answer?.sentences.map(({ support }) => support)).toEqual(['whole', 'none'])
  })

  test('the problems of a reply are saved with it, each with its field', async () => {
    const broken = '{"days": "many", "note": "x", "more": 1}'
    const { turn } = await (await setUp(createFakeLlm(broken))).ask()
    const followed = turn.answer?.template
    if (followed?.kind !== 'followed') throw new Error('no template was followed')
    expect(followed.check).toMatchObject({ parseable: true, inDomain: false, value: null })
    expect(followed.check?.problems.map(({ code, field }) => [code, field])).toEqual([
      ['wrong-type', 'days'],
      ['unknown-field', 'more'],
    ])
    expect(turn.answer?.text).toBe(broken)
  })

  test('is sampled with the seed of the template, and with another one when answered again', async () => {
    const llm = createFakeLlm(reply)
    const { decoding } = leaveTemplate
    const drawn = { ...leaveTemplate, decoding: { ...decoding, temperature: 0.8, seed: 7 } }
    const { ask } = await setUp(llm, chosenTemplate(drawn))
    const sampling = { temperature: 0.1, maxTokens: 20 }
    const { turn, conversation } = await ask({ sampling })
    // The conversation's own sampling is for answers without a template.
    expect(turn.answer?.sampling).toEqual({ temperature: 0.8, seed: 7, maxTokens: 40 })
    const again = await ask({ conversation, replaces: turn.id, sampling })
    const seed = again.turn.answer?.sampling?.seed
    expect(llm.options.map((one) => one.seed)).toEqual([7, seed])
    expect(seed).not.toBe(7)
  })

  test('weak evidence is refused before the form is filled, unless the threshold is ignored', async () => {
    const llm = createFakeLlm(reply)
    const { ask } = await setUp(llm, chosenTemplate(), {}, 0.2)
    const { turn, conversation } = await ask()
    expect(turn.answer).toMatchObject({
      kind: 'not-found',
      text: refusal,
      template: { kind: 'followed', check: null, reply: '' },
    })
    expect(llm.prompts).toEqual([])
    const anyway = await ask({ conversation, replaces: turn.id, ignoreThreshold: true })
    expect(anyway.turn.answer).toMatchObject({ kind: 'written', template: { reply } })
  })

  test('without a model the answer consists of passages and has no reply', async () => {
    const model = () => Promise.resolve(null)
    const { turn } = await (await setUp(createFakeLlm(), chosenTemplate(), { model })).ask()
    expect(turn.answer).toMatchObject({
      kind: 'passages',
      template: { kind: 'followed', check: null, reply: '' },
    })
    expect(turn.answer?.sentences[0]?.citations).toHaveLength(1)
  })

  test('without documents only the template and the model are used', async () => {
    const llm = createFakeLlm(reply)
    const { ask, queries } = await setUp(llm)
    const { turn } = await ask({ scope: { kind: 'none' } })
    expect(turn.answer).toMatchObject({
      kind: 'ungrounded',
      sources: [],
      sentences: [],
      template: { check: { inDomain: true } },
    })
    expect(queries).toEqual([])
  })

  test('the scope of the conversation overrides that of the template', async () => {
    const searched: unknown[] = []
    const own = { kind: 'collections', ids: ['own'] } as const
    const sources = { retrieve: true, scope: own, passages: 3 }
    const { ask } = await setUp(
      createFakeLlm(reply),
      chosenTemplate({ ...leaveTemplate, sources }),
      {
        library: {
          contentsIn: (scope) => void searched.push(scope),
          isLive: () => true,
          documentOf: () => undefined,
          readPage: () => Promise.resolve(undefined),
          chunkCount: () => Promise.resolve(2),
          wholeDocument: () => Promise.resolve(null),
        },
      },
    )
    const wanted = { kind: 'collections', ids: ['hr'] } as const
    await ask({ scope: { kind: 'all' } })
    await ask({ scope: wanted })
    expect(searched).toEqual([own, wanted])
  })

  test('says that the template was deleted, and answers without it', async () => {
    const llm = createFakeLlm('Employees receive 25 days of annual leave [1].')
    const { turn } = await (await setUp(llm, null)).ask()
    expect(turn.answer).toMatchObject({
      kind: 'written',
      template: { kind: 'missing', id: 'days' },
    })
    expect(turn.answer?.sentences[0]?.citations).toHaveLength(1)
  })

  test('stopping keeps what was written, without checking it', async () => {
    const stop = new AbortController()
    let words = 0
    const llm = createFakeLlm(reply, () => {
      words += 1
      if (words === 3) stop.abort()
      return Promise.resolve()
    })
    const { turn } = await (await setUp(llm)).ask({}, stop.signal)
    expect(turn.answer).toMatchObject({
      status: 'stopped',
      text: '{"days": 25,',
      template: { check: null },
    })
  })

  test('a template that does not fit is refused before anything is searched or asked', async () => {
    const examples = [exampleOf('long', 'word '.repeat(3_000), '{"days": 1, "note": "x"}')]
    const llm = createFakeLlm(reply)
    const { ask, queries } = await setUp(llm, chosenTemplate({ ...leaveTemplate, examples }))
    const { turn } = await ask()
    expect(turn.answer).toMatchObject({ status: 'failed', error: { code: 'prompt-too-long' } })
    expect(turn.answer?.error?.message).toMatch(/“Days” does not fit this model: .* Switch off/)
    expect(queries).toEqual([])
    expect(llm.prompts).toEqual([])
  })

  test('a template that needs more than a question is refused, with the names of what is missing', async () => {
    const input = 'Title: <TITLE>\n<INPUT>'
    const { ask } = await setUp(createFakeLlm(reply), chosenTemplate({ ...leaveTemplate, input }))
    const { turn } = await ask()
    expect(turn.answer?.error).toMatchObject({ code: 'invalid-input' })
    expect(turn.answer?.error?.message).toContain('also asks for <TITLE>')
  })

  test('earlier answers in the same form follow the examples; others are left out', async () => {
    const llm = createFakeLlm(reply)
    const { ask } = await setUp(llm)
    const { conversation } = await ask({ template: null, question: 'What is E4?' })
    await ask({ conversation })
    await ask({ conversation, question: 'And of the sea?' })
    const { user } = llm.prompts.at(-1) ?? { user: '' }
    const inputs = [...user.matchAll(/^Input: (.*)$/gmu)].map((match) => match[1])
    expect(inputs).toEqual([
      'How long is the lunch break?',
      'How many days of annual leave do employees receive?',
      'And of the sea?',
    ])
    expect(user).toContain(`receive?\nOutput: ${reply}\n\n`)
  })

  test('in the chat layout, examples and earlier turns are read ahead', async () => {
    const llm = createFakeLlm(reply)
    const { ask } = await setUp(llm, chosenTemplate({ ...leaveTemplate, layout: 'chat' }))
    const { conversation } = await ask()
    await expect.poll(() => llm.warmedUp).toHaveLength(1)
    await ask({ conversation, question: 'And of the sea?' })
    expect(llm.prompts.at(-1)?.history).toEqual(llm.warmedUp[0]?.history)
    expect(llm.warmedUp[0]?.history.map(({ user }) => user)).toEqual([
      'How long is the lunch break?',
      'How many days of annual leave do employees receive?',
    ])
  })

  test('in the text layout, nothing is read ahead that would displace the examples', async () => {
    const llm = createFakeLlm(reply)
    const { ask } = await setUp(llm)
    await ask()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(llm.warmedUp).toEqual([])
  })

  test('answers in fields are left out before a question in prose', async () => {
    const llm = createFakeLlm(reply)
    const { ask } = await setUp(llm)
    const { conversation } = await ask()
    await ask({ conversation, template: null, question: 'And what of the roof?' })
    expect(llm.prompts.at(-1)?.history).toEqual([])
  })
})
