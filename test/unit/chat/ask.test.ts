import { afterEach, describe, expect, test } from 'vitest'
import { refusal } from '../../../src/main/chat/prompt.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { leaveQuestion, leaveText, setUpAsking } from '../../helpers/asking.ts'
import { orderWeights, usualWeights } from '../../../src/main/chat/choice/fitChoiceWeights.ts'
import { createFakeLlm, fakeInfo, type FakeLlm } from '../../helpers/fakeLlm.ts'
import { createPassage } from '../../helpers/passages.ts'

const pumpText = 'A blinking lamp means that the filter of the pump is blocked.'

const disposers: (() => void)[] = []
afterEach(() => {
  for (const dispose of disposers.splice(0)) dispose()
})

async function setUp(...options: Parameters<typeof setUpAsking>) {
  const asking = await setUpAsking(...options)
  disposers.push(asking.dispose)
  return asking
}

describe('asking', () => {
  test('a written answer is streamed, bound to its source and kept', async () => {
    const llm = createFakeLlm('Employees receive 25 days of annual leave [1].')
    const { ask, conversations } = await setUp(llm)
    const { items, turn, conversation } = await ask()
    expect(turn.answer).toMatchObject({ kind: 'written', status: 'complete', model: 'fake' })
    const [sentence] = turn.answer?.sentences ?? []
    expect(sentence?.citations[0]).toMatchObject({
      document: 'document-leave',
      quote: 'Employees receive 25 days of annual leave.',
    })
    const types = items.map((item) => item.type)
    expect(types.indexOf('searching')).toBeLessThan(types.indexOf('sources'))
    expect(types.indexOf('sources')).toBeLessThan(types.indexOf('text'))
    const streamed = items.flatMap((item) => (item.type === 'text' ? [item.text] : [])).join('')
    expect(streamed).toBe('Employees receive 25 days of annual leave [1].')
    expect((await conversations.get(conversation)).turns).toEqual([turn])
  })

  test('the prompt is the one that the model was trained on', async () => {
    const llm = createFakeLlm('x')
    const { ask } = await setUp(llm)
    await ask()
    const asked = 'Question: How many days of annual leave do employees receive?'
    expect(llm.prompts[0]?.user).toBe(
      [
        asked,
        `Sources:\n[1] leave.md\n${leaveText}\n\n[2] pump.md\nE4 is a fault.`,
        'Key sentences:\n“Employees receive 25 days of annual leave.” [1]\n“The roof is old.” [1]\n“E4 is a fault.” [2]',
        asked,
      ].join('\n\n'),
    )
  })

  test('a quote cites the exact words', async () => {
    const { ask } = await setUp(createFakeLlm())
    const { turn } = await ask({ answering: 'quote' })
    expect(turn.answer).toMatchObject({
      kind: 'quoted',
      text: '“Employees receive 25 days of annual leave.” [1]',
    })
    const citation = turn.answer?.sentences[0]?.citations[0]
    expect(leaveText.slice(citation?.start, citation?.end)).toBe(citation?.quote)
    expect(turn.answer?.candidates[0]).toMatchObject({ probability: 1, source: 1 })
    expect(turn.answer?.candidates.at(-1)?.text).toBe(refusal)
  })

  test('a sentence that occurs in several documents is offered to the model once', async () => {
    const passages = ['leave', 'copy', 'pump'].map((contentId) =>
      createPassage(contentId, contentId === 'pump' ? 'E4 is a fault.' : leaveText),
    )
    const decision = { best: 0.9, threshold: 0.5 }
    const retrieval = { search: () => Promise.resolve({ passages, decision }) }
    const { ask } = await setUp(createFakeLlm(), { retrieval })
    const { turn } = await ask({ answering: 'quote' })
    expect(turn.answer?.sources).toHaveLength(3)
    expect(turn.answer?.candidates.map(({ text }) => text)).toEqual([
      '“Employees receive 25 days of annual leave.” [1]',
      '“The roof is old.” [1]',
      '“E4 is a fault.” [3]',
      refusal,
    ])
  })

  test('a model that spells the best sentence in too many tokens does not choose among others', async () => {
    const best = 'Сотрудники получают двадцать пять дней отпуска.'
    const passages = [createPassage('ru', best), createPassage('pump', 'E4 is a fault.')].map(
      (passage, at) => ({
        ...passage,
        sentences: passage.sentences.map((one) => ({ ...one, score: 1 - at / 2 })),
      }),
    )
    const outcome = { passages, decision: { best: 0.9, threshold: 0.5 } }
    const retrieval = { search: () => Promise.resolve(outcome) }
    const fake = createFakeLlm()
    const llm: FakeLlm = {
      ...fake,
      countTokens: async (texts) => {
        const counts = await fake.countTokens(texts)
        return counts.map((count, at) => (/[а-я]/u.test(texts[at] ?? '') ? count * 100 : count))
      },
    }
    const { ask } = await setUp(llm, { retrieval })
    const { turn } = await ask({ answering: 'quote' })
    expect(turn.answer).toMatchObject({ kind: 'passages', model: null, needsTooManyTokens: true })
    expect(turn.answer?.sentences[0]?.citations[0]?.quote).toBe(best)
    expect(fake.prompts).toEqual([])
  })

  test('a question in too many tokens is answered with quotes by code, and refused by a model that is to write', async () => {
    const fake = createFakeLlm()
    const render: FakeLlm['render'] = async (prompt) => {
      const rendered = await fake.render(prompt)
      return { ...rendered, tokens: rendered.tokens * 100 }
    }
    const { ask } = await setUp({ ...fake, render })
    const quoted = await ask({ answering: 'quote' })
    expect(quoted.turn.answer).toMatchObject({ kind: 'passages', needsTooManyTokens: true })
    expect(quoted.turn.answer?.sentences.length).toBeGreaterThan(0)
    expect(fake.prompts).toEqual([])
    const written = await ask({ answering: 'write' })
    expect(written.turn.answer).toMatchObject({
      status: 'failed',
      error: { code: 'prompt-too-long' },
    })
  })

  test('a source keeps its number from the search to the answer when other sources are left out', async () => {
    const [first, tooLong, last] = [leaveText, `${'leave days '.repeat(2_000)}.`, pumpText].map(
      (text, index) => createPassage(`c${String(index)}`, text),
    )
    if (first === undefined || tooLong === undefined || last === undefined) throw new Error()
    const outcome = { passages: [first, tooLong, last], decision: { best: 0.9, threshold: 0.5 } }
    const llm = createFakeLlm('A blinking lamp means that the filter of the pump is blocked [3].')
    const { ask } = await setUp(llm, { retrieval: { search: () => Promise.resolve(outcome) } })
    const { items, turn } = await ask()
    expect(llm.prompts[0]?.user).toContain(`[3] c2.md\n${pumpText}`)
    expect(llm.prompts[0]?.user).not.toContain('[2]')
    const told = items.flatMap((item) => (item.type === 'sources' ? [item.sources] : []))
    expect(told).toHaveLength(2)
    const numbers = [1, 2, 3].map((number) => [number, `c${String(number - 1)}:0`])
    for (const sources of [...told, turn.answer?.sources ?? []]) {
      expect(sources.map(({ number, chunk }) => [number, chunk])).toEqual(numbers)
    }
    expect(turn.answer?.sources.map(({ inPrompt }) => inPrompt)).toEqual([true, false, true])
    const cited = turn.answer?.sentences.flatMap(({ citations }) => citations)
    expect(cited?.map(({ number, chunk }) => [number, chunk])).toEqual([[3, 'c2:0']])
    const { turn: quoted } = await ask({ answering: 'quote' })
    expect(quoted.answer?.candidates.map(({ source }) => source)).toEqual([1, 1, 3, null])
    const { turn: unread } = await (
      await setUp(llm, {
        retrieval: { search: () => Promise.resolve(outcome) },
        model: () => Promise.resolve(null),
      })
    ).ask()
    expect(unread.answer?.sources.map(({ number }) => number)).toEqual([1, 2, 3])
  })

  test('a question with weak evidence is refused without asking the model, unless the threshold is ignored', async () => {
    const llm = createFakeLlm('Employees receive 25 days [1].')
    const { ask } = await setUp(llm, {}, 0.2)
    const { turn, conversation } = await ask()
    expect(turn.answer).toMatchObject({ kind: 'not-found', text: refusal })
    expect(turn.answer?.sources).toHaveLength(2)
    expect(llm.prompts).toHaveLength(0)
    const again = await ask({ conversation, replaces: turn.id, ignoreThreshold: true })
    expect(again.turn.answer?.kind).toBe('written')
  })

  test('without a model the answer consists of key sentences', async () => {
    const { ask } = await setUp(createFakeLlm(), { model: () => Promise.resolve(null) })
    const { turn } = await ask()
    expect(turn.answer).toMatchObject({ kind: 'passages', model: null })
    expect(turn.answer?.text).toMatch(/^“Employees receive 25 days of annual leave\.” \[1\]/)
    expect(turn.answer?.sentences[0]?.citations).toHaveLength(1)
  })

  test('a stopped answer keeps what was written so far', async () => {
    const stop = new AbortController()
    let words = 0
    const llm = createFakeLlm('One two three four five six.', () => {
      words += 1
      if (words === 4) stop.abort()
      return Promise.resolve()
    })
    const { ask, conversations } = await setUp(llm)
    const { conversation, turn } = await ask({}, stop.signal)
    expect(turn.answer).toMatchObject({ status: 'stopped', text: 'One two three' })
    expect((await conversations.get(conversation)).turns).toEqual([turn])
  })

  test('an answer cut off by its limit says so, with or without documents', async () => {
    const { ask } = await setUp(createFakeLlm('Employees receive 25 days of annual leave [1].'))
    const sampling = { temperature: 0, maxTokens: 4 }
    for (const scope of [leaveQuestion.scope, { kind: 'none' } as const]) {
      const { turn } = await ask({ sampling, scope })
      expect(turn.answer).toMatchObject({
        status: 'complete',
        cutOff: true,
        text: expect.stringMatching(/^Employees receive 25 days( \[1\])?$/u) as unknown,
        tokens: { generated: 4 },
      })
      expect((await ask({ scope })).turn.answer?.cutOff).toBe(false)
    }
  })

  test('a failed answer keeps the question and says what happened', async () => {
    const error = new AppError('host-crashed', 'The model stopped.')
    const { ask, conversations } = await setUp(createFakeLlm(error))
    const { turn, conversation } = await ask()
    expect(turn.answer).toMatchObject({
      status: 'failed',
      error: { code: 'host-crashed', message: 'The model stopped.' },
    })
    expect((await conversations.get(conversation)).turns[0]?.question).toBe(leaveQuestion.question)
  })

  test('an unexpected error is logged, and its message is not shown', async () => {
    const { ask, unexpected } = await setUp(createFakeLlm(new Error('secret text of a document')))
    const { turn } = await ask()
    expect(turn.answer?.error?.code).toBe('internal')
    expect(turn.answer?.error?.message).not.toContain('secret')
    expect(unexpected).toHaveLength(1)
  })

  test('a follow-up is completed for the search; the model gets the question as asked', async () => {
    const llm = createFakeLlm('Five days [1].')
    const { ask, queries } = await setUp(llm)
    const first = await ask()
    const { turn } = await ask({
      conversation: first.conversation,
      question: 'And how many of them can be carried over?',
    })
    expect(turn.completedQuery).toContain('annual leave')
    expect(queries.at(-1)).toBe(turn.completedQuery)
    expect(llm.prompts.at(-1)?.user).toMatch(
      /^Question: And how many of them can be carried over\?/,
    )
    expect(llm.prompts.at(-1)?.history).toHaveLength(1)
  })

  test('refusals are left out of the history that the model gets', async () => {
    const llm = createFakeLlm(refusal)
    const { ask } = await setUp(llm)
    const { turn, conversation } = await ask()
    expect(turn.answer?.kind).toBe('not-found')
    await ask({ conversation, question: 'When is breakfast?' })
    expect(llm.prompts).toHaveLength(2)
    expect(llm.prompts[1]?.history).toEqual([])
  })

  test('a query edited by hand is searched for as it is', async () => {
    const { ask, queries } = await setUp(createFakeLlm('x'))
    const { turn } = await ask({ query: 'annual leave 2021' })
    expect(queries).toEqual(['annual leave 2021'])
    expect(turn.completedQuery).toBe('annual leave 2021')
  })

  test('replacing a turn drops it and all turns after it', async () => {
    const { ask, conversations } = await setUp(createFakeLlm('x'))
    const { conversation, turn } = await ask()
    await ask({ conversation, question: 'When is breakfast?' })
    await ask({ conversation, question: 'When is lunch?', replaces: turn.id })
    const { turns } = await conversations.get(conversation)
    expect(turns.map((one) => one.question)).toEqual(['When is lunch?'])
  })

  test('the next prefix is read ahead, without sources', async () => {
    const llm = createFakeLlm('Employees receive 25 days of annual leave [1].')
    const { ask } = await setUp(llm)
    await ask()
    await expect.poll(() => llm.warmedUp).toHaveLength(1)
    const [turn] = llm.warmedUp.at(-1)?.history ?? []
    expect(turn?.user).toBe(`Question: ${leaveQuestion.question}`)
    expect(turn?.assistant).toContain('25 days')
  })

  test('turns that the next prompt leaves out are not read ahead', async () => {
    // A quarter of 2,048 words has room for one such turn, not for two.
    const llm = createFakeLlm('word '.repeat(300))
    const { ask } = await setUp(llm)
    const { conversation } = await ask()
    await ask({ conversation, question: 'And in 2021?' })
    await expect.poll(() => llm.warmedUp).toHaveLength(2)
    await ask({ conversation, question: 'And in 2022?' })
    const read = llm.warmedUp[1]?.history ?? []
    expect(read.map(({ user }) => user)).toEqual(['Question: And in 2021?'])
    expect(llm.prompts.at(-1)?.history).toEqual(read)
  })

  test('without documents the model answers directly and nothing is searched', async () => {
    const llm = createFakeLlm('Hello there.')
    const { ask, queries } = await setUp(llm)
    const { turn } = await ask({ scope: { kind: 'none' } })
    expect(turn.answer).toMatchObject({ kind: 'ungrounded', text: 'Hello there.', sources: [] })
    expect(queries).toEqual([])
    expect(llm.prompts[0]?.user).toBe(leaveQuestion.question)
  })

  test('without documents the prompt has as many of the latest turns as leave room for the answer', async () => {
    // Of 2,048 tokens, 512 are for the answer: the rest has room for two such turns, not for three.
    const llm = createFakeLlm('word '.repeat(600))
    const { ask } = await setUp(llm)
    const scope = { kind: 'none' } as const
    const sampling = { temperature: 0, maxTokens: 600 }
    const { conversation } = await ask({ scope, sampling, question: 'First?' })
    for (const question of ['Second?', 'Third?', 'Fourth?']) {
      await ask({ conversation, scope, sampling, question })
    }
    expect(llm.prompts.at(-1)?.history.map(({ user }) => user)).toEqual([
      'Question: Second?',
      'Question: Third?',
    ])
    const { turn } = await ask({ scope, question: 'word '.repeat(2_000) })
    expect(turn.answer).toMatchObject({ status: 'failed', error: { code: 'prompt-too-long' } })
  })

  test('without documents the demo model is not asked: it can only quote', async () => {
    const llm = createFakeLlm('Nonsense.')
    const model = {
      info: fakeInfo,
      demo: true,
      answering: 'quote',
      keySentences: true,
      weights: orderWeights,
    } as const
    const { ask } = await setUp(llm, { model: () => Promise.resolve(model) })
    const { turn } = await ask({ scope: { kind: 'none' } })
    expect(turn.answer).toMatchObject({ kind: 'ungrounded', model: null })
    expect(turn.answer?.text).toMatch(/^The demo model can only quote documents/u)
    expect(llm.prompts).toEqual([])
  })

  test('in Quote the order of the search counts as much as was measured for the model', async () => {
    const priors: (readonly number[])[] = []
    const fake = createFakeLlm()
    const llm: FakeLlm = {
      ...fake,
      choose(prompt, candidates, options, signal) {
        priors.push(options.prior?.slice(0, -1) ?? [])
        return fake.choose(prompt, candidates, options, signal)
      },
    }
    for (const weights of [{ model: 1, score: 1 }, usualWeights, orderWeights]) {
      const model = {
        info: fakeInfo,
        demo: false,
        answering: 'quote',
        keySentences: true,
        weights,
      } as const
      const { ask } = await setUp(llm, { model: () => Promise.resolve(model) })
      await ask({ answering: 'quote' })
    }
    const [little = 0, usual = 0, alone = 0] = priors.map((prior) => Math.min(...prior))
    expect(priors.map((prior) => Math.max(...prior))).toEqual([1, 1, 1])
    expect(little).toBeGreaterThan(usual)
    expect(usual).toBeGreaterThan(alone)
    // Usually the score weighs twenty times as much as the logarithm of the probability.
    expect(usual).toBeCloseTo(little ** 20, 10)
  })

  test('by default the likeliest words are written, with or without documents', async () => {
    const llm = createFakeLlm('x')
    const { ask } = await setUp(llm)
    const { turn } = await ask()
    await ask({ scope: { kind: 'none' } })
    expect(llm.options).toEqual([
      { temperature: 0, maxTokens: 512 },
      { temperature: 0, maxTokens: 512 },
    ])
    const sampling = { temperature: 0, seed: null, maxTokens: 512 }
    expect(turn.answer?.sampling).toEqual(sampling)
  })

  test('the sampling of a conversation is saved, passed to the model and reported with the answer', async () => {
    const llm = createFakeLlm('x')
    const { ask, conversations } = await setUp(llm)
    const sampling = { temperature: 0.5, maxTokens: 100 }
    const { turn, conversation } = await ask({ sampling })
    expect(turn.answer?.sampling).toMatchObject(sampling)
    expect(llm.options[0]).toEqual(turn.answer?.sampling)
    expect(turn.answer?.budget?.reserve).toBe(100)
    expect((await conversations.get(conversation)).sampling).toEqual(sampling)
    await ask({ conversation, scope: { kind: 'none' }, sampling: { ...sampling, maxTokens: 4000 } })
    // At most half of the context: the rest is for the prompt.
    expect(llm.options[1]).toMatchObject({ temperature: 0.5, maxTokens: 1024 })
    const kept = (await conversations.get(conversation)).turns.map(({ answer }) => answer?.sampling)
    expect(kept).toEqual(llm.options)
  })

  test('answering again uses another seed above temperature 0, and none at 0', async () => {
    const llm = createFakeLlm('x')
    const { ask } = await setUp(llm)
    const first = await ask({ sampling: { temperature: 1, maxTokens: null } })
    const { conversation } = first
    const again = { conversation, replaces: first.turn.id }
    const second = await ask({ ...again, sampling: { temperature: 1, maxTokens: null } })
    const seeds = [first, second].map(({ turn }) => turn.answer?.sampling?.seed)
    expect(new Set([...seeds, null])).toHaveProperty('size', 3)
    const third = await ask({ conversation, replaces: second.turn.id, sampling: null })
    expect(third.turn.answer?.sampling?.seed).toBeNull()
    expect(llm.options[2]).not.toHaveProperty('seed')
  })

  test('a quote is chosen, not sampled', async () => {
    const { ask } = await setUp(createFakeLlm())
    const sampling = { temperature: 1, maxTokens: null }
    const { turn } = await ask({ answering: 'quote', sampling })
    expect(turn.answer).toMatchObject({ kind: 'quoted', sampling: null })
  })
})
