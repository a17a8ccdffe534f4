import { expect, test } from 'vitest'
import type { Answer } from '../../src/shared/domain/conversation.ts'
import { createKnownTestApp, type TestApp } from '../helpers/testApp.ts'

const files = {
  'leave.md':
    '# Leave policy\n\nEmployees receive 25 days of annual leave. Part-time staff receive leave in proportion to their hours.\n',
  'pump.txt': 'Error E4 means that the inlet filter is blocked. Clean the filter and restart.\n',
}
const { signal } = new AbortController()

async function ask(app: TestApp, question: string, template: string): Promise<Answer> {
  const input = {
    conversation: null,
    question,
    query: null,
    replaces: null,
    scope: { kind: 'all' },
    answering: null,
    template,
    ignoreThreshold: false,
  } as const
  for await (const item of app.handlers.chat.ask(input, { signal })) {
    if (item.type === 'done' && item.turn.answer !== null) return item.turn.answer
  }
  throw new Error('not a whole answer')
}

test('a saved template answers over the library, in its format', async () => {
  // It closes a text that it has opened, so that no limit cuts it off.
  await using app = await createKnownTestApp('"')
  await app.importFiles(files)
  const starter = app.templates.starters.find(({ template }) => template.sources.retrieve)
  if (starter === undefined) throw new Error('no starter that reads documents')
  const id = await app.templates.store.createSaved(starter.template)

  const answer = await ask(app, 'How many days of annual leave do employees receive?', id)
  expect(answer).toMatchObject({ kind: 'written', status: 'complete' })
  const followed = answer.template
  if (followed?.kind !== 'followed') throw new Error('no template was followed')
  expect(followed).toMatchObject({ id, version: 1, check: { parseable: true, inDomain: true } })
  expect(answer.sources.some(({ name, inPrompt }) => inPrompt && name === 'leave.md')).toBe(true)
  expect(answer.prompt).toContain('25 days of annual leave')
  expect(answer.promptParts.map(({ part }) => part)).toContain('examples')
  const { context, reserve, question, system, examples, history, sources } = answer.budget ?? {
    ...{ context: 0, reserve: 0, question: 0, system: 0, examples: 0, history: 0, sources: 0 },
  }
  expect(question + system + examples + history + sources + reserve).toBeLessThanOrEqual(context)

  const none = await ask(app, 'Who won the chess olympiad in Budapest?', id)
  expect(none).toMatchObject({ kind: 'not-found', template: { check: null } })

  app.templates.store.remove(id)
  const gone = await ask(app, 'How many days of annual leave do employees receive?', id)
  expect(gone).toMatchObject({ kind: 'quoted', template: { kind: 'missing', id } })
})
