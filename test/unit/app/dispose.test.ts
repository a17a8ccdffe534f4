import { afterEach, beforeEach, expect, test } from 'vitest'
import { openConversationStore } from '../../../src/main/chat/conversationStore.ts'
import { createPaths } from '../../../src/main/disk/paths.ts'
import type { AskItem } from '../../../src/shared/contract/chat.ts'
import { createFakeLlm, pauseAfter } from '../../helpers/fakeLlm.ts'
import { labelTemplate } from '../../helpers/templates.ts'
import { createWindowCore, type WindowCore } from '../../helpers/windowCore.ts'

const { signal } = new AbortController()

let core: WindowCore
beforeEach(async () => {
  const llm = createFakeLlm('one two three four', pauseAfter(2))
  core = await createWindowCore({ papers: [], llm })
})
afterEach(() => core[Symbol.asyncDispose]())

async function collect<Item>(items: AsyncIterable<Item>, into: Item[]): Promise<void> {
  for await (const item of items) into.push(item)
}

function ask(): AsyncIterable<AskItem> {
  return core.app.handlers.chat.ask(
    {
      conversation: null,
      question: 'How do you count?',
      query: null,
      replaces: null,
      scope: { kind: 'none' },
      answering: null,
      ignoreThreshold: false,
    },
    { signal },
  )
}

test('an answer under way is stopped, and saved as far as it was written', async () => {
  const items: AskItem[] = []
  const ended = collect(ask(), items)
  await expect.poll(() => items.some(({ type }) => type === 'text')).toBe(true)
  await core.app.dispose()
  await ended
  const stored = await openConversationStore(
    createPaths(core.dataDir).conversations,
    (sentence) => {
      throw new Error(sentence)
    },
  )
  const [{ id } = { id: '' }] = stored.list()
  const [turn] = (await stored.get(id)).turns
  await stored.close()
  expect(items.at(-1)).toEqual({ type: 'done', turn })
  expect(turn?.answer?.status).toBe('stopped')
  expect(turn?.answer?.text).toMatch(/^one/u)
})

test('nothing more is asked once everything has ended', async () => {
  await core.app.dispose()
  await expect(collect(ask(), [])).rejects.toMatchObject({ code: 'cancelled' })
})

test('a trial of a template under way is stopped', async () => {
  const rows = [{ values: { INPUT: 'A fine day.' }, expected: null }]
  const trial = { template: labelTemplate(), rows, repeats: 2 }
  const items: { readonly type: string }[] = []
  const stream = core.app.handlers.templates.try({ ...trial, arm: null }, { signal })
  const ended = collect<{ readonly type: string }>(stream, items)
  await expect.poll(() => items.some(({ type }) => type === 'text')).toBe(true)
  await core.app.dispose()
  await ended
  expect(items.filter(({ type }) => type === 'start')).toHaveLength(1)
})
