import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/main/app.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import path from 'node:path'
import type { AskItem } from '../../src/shared/contract/chat.ts'
import type { Answer, Scope, Turn } from '../../src/shared/domain/conversation.ts'
import { createKnownTestApp, createTestApp, type TestApp } from '../helpers/testApp.ts'

const files = {
  'leave.md': `# Leave policy

Employees receive 25 days of annual leave. Part-time staff receive leave in proportion to their hours.

## Carrying leave over

Up to five days of unused leave may be carried into the next year. Days left after that lapse.
`,
  'pump.txt':
    'Error E4 means that the inlet filter is blocked. Clean the filter and restart the pump.\n\nError E5 means that the motor is too hot.',
  'minutes.html':
    '<h1>Minutes of March</h1><p>The repair of the roof was put off because the roofer fell ill.</p><p>The next meeting is in April.</p>',
}

async function ask(
  app: TestApp,
  question: string,
  options: { conversation?: string; scope?: Scope } = {},
): Promise<{ items: AskItem[]; turn: Turn; answer: Answer; conversation: string }> {
  const items: AskItem[] = []
  const stream = app.handlers.chat.ask(
    {
      conversation: options.conversation ?? null,
      question,
      query: null,
      replaces: null,
      scope: options.scope ?? { kind: 'all' },
      answering: null,
      ignoreThreshold: false,
    },
    { signal: new AbortController().signal },
  )
  for await (const item of stream) items.push(item)
  const first = items[0]
  const last = items.at(-1)
  if (first?.type !== 'turn' || last?.type !== 'done' || last.turn.answer === null) {
    throw new Error('not a whole answer')
  }
  const { turn } = last
  return { items, turn, answer: last.turn.answer, conversation: first.conversation }
}

/** Every citation of an answer must match the stored text exactly. */
async function expectCitationsResolve(app: TestApp, answer: Answer): Promise<string[]> {
  const citations = answer.sentences.flatMap((sentence) => sentence.citations)
  for (const { document, page, start, end, quote } of citations) {
    const pages = await app.library.wholeText(document)
    const text = pages.find((one) => one.page === page)?.text ?? ''
    expect(text.slice(start, end)).toBe(quote)
  }
  return citations.map((citation) => citation.name)
}

describe('asking, with real models and a real index', () => {
  test('a question is answered by quoting one of the likely sentences', async () => {
    await using app = await createTestApp()
    await app.importFiles(files)
    const { answer } = await ask(app, 'Why was the repair of the roof put off?')
    // Which one, or none, depends on the bundled model.
    const lines = answer.candidates.map(({ text }) => text)
    expect(lines).toContain(answer.text)
    expect(lines.join()).toContain('because the roofer fell ill')
    const cited = await expectCitationsResolve(app, answer)
    expect(cited).toHaveLength(answer.kind === 'quoted' ? 1 : 0)
    const total = answer.candidates.reduce((sum, one) => sum + one.probability, 0)
    expect(total).toBeCloseTo(1, 3)
  })

  test('the sentence that the search ranks first is quoted by a model without a preference', async () => {
    await using app = await createKnownTestApp()
    await app.importFiles(files)
    const { answer } = await ask(app, 'Why was the repair of the roof put off?')
    expect(answer.kind).toBe('quoted')
    expect(answer.text).toContain('because the roofer fell ill')
    expect(await expectCitationsResolve(app, answer)).toEqual(['minutes.html'])
  })

  test('what is not in the documents is not found, and the closest passages are shown', async () => {
    await using app = await createTestApp()
    await app.importFiles(files)
    const { answer } = await ask(app, 'Who won the chess olympiad in Budapest?')
    expect(answer.kind).toBe('not-found')
    expect(answer.evidence?.best).toBeLessThan(answer.evidence?.threshold ?? 0)
  })

  test('a follow-up reuses the prefix that was read ahead', async () => {
    await using app = await createKnownTestApp()
    await app.importFiles(files)
    const first = await ask(app, 'How many days of annual leave do employees receive?')
    const { answer, turn } = await ask(app, 'And how many of them can be carried over?', {
      conversation: first.conversation,
    })
    expect(turn.completedQuery).toContain('annual leave')
    expect(answer.text).toContain('five days')
    const { budget, tokens } = answer
    expect(budget).not.toBeNull()
    const own = (budget?.sources ?? 0) + (budget?.keySentences ?? 0) + (budget?.question ?? 0)
    expect(tokens.prompt - tokens.reused).toBeLessThanOrEqual(own * 1.05)
  })

  test('a scope excludes all other documents', async () => {
    await using app = await createTestApp()
    await app.importFiles(files)
    const pump = app.library.resolve('pump.txt')
    const scope: Scope = { kind: 'documents', ids: [pump?.id ?? ''] }
    const { answer } = await ask(app, 'Why was the repair of the roof put off?', { scope })
    expect(new Set(answer.sources.map((source) => source.name))).toEqual(new Set(['pump.txt']))
  })

  test('all of a document is read if it is the scope', async () => {
    await using app = await createKnownTestApp()
    await app.importFiles(files)
    const leave = app.library.resolve('leave.md')
    const scope: Scope = { kind: 'documents', ids: [leave?.id ?? ''] }
    const { answer } = await ask(app, 'Summarise this.', { scope })
    expect(answer.kind).toBe('quoted')
    expect(answer.sources).toHaveLength(1)
    const [page] = await app.library.wholeText(leave?.id ?? '')
    expect(answer.sources[0]?.text).toBe(page?.text)
    expect(answer.prompt).toContain('Days left after that lapse.')
  })

  test('without a model the answer consists of the best sentences', async () => {
    await using app = await createTestApp({ passagesOnly: true })
    await app.importFiles(files)
    const { answer } = await ask(app, 'What does error E4 mean?')
    expect(answer).toMatchObject({ kind: 'passages', model: null })
    expect(answer.sentences[0]?.text).toContain('the inlet filter is blocked')
    await expectCitationsResolve(app, answer)
  })

  test('if the model file cannot be loaded, the answer consists of passages and says why', async () => {
    await using app = await createTestApp({ modelFile: path.resolve('package.json') })
    await app.importFiles(files)
    const { answer } = await ask(app, 'What does error E4 mean?')
    expect(answer.kind).toBe('passages')
    expect(app.models.state()).toMatchObject({ status: 'failed' })
  })

  test('a library is open in one process only', async () => {
    await using app = await createTestApp()
    const second = createApp({
      dataDir: app.dataDir,
      resourcesDir: path.resolve('resources'),
      shell: 'browser',
      startHost: createForkedHosts(path.resolve('out/main')),
    })
    await expect(second).rejects.toMatchObject({ code: 'library-locked' })
  })
})
