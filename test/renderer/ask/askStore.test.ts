import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAskStore, type AskStore } from '../../../src/renderer/src/features/ask/askStore.ts'
import { importSampleLibrary } from '../../../src/renderer/src/features/ask/sampleLibrary.ts'
import { appContract } from '../../../src/shared/contract/index.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import { createFakeLlm, pauseAfter } from '../../helpers/fakeLlm.ts'
import { hotelReply } from '../../helpers/hotelReply.ts'
import { openCore } from '../../helpers/openWindow.tsx'
import { createTempDir } from '../../helpers/tempDir.ts'
import type { WindowCoreOptions } from '../../helpers/windowCore.ts'

async function start(options: WindowCoreOptions = {}) {
  const core = await openCore({ llm: createFakeLlm(hotelReply), ...options })
  const api = createClient(appContract, core.transport, { checkOutputs: true })
  return { core, api, ask: createAskStore(api) }
}

const request = { query: null, replaces: null, ignoreThreshold: false } as const

function until(ask: AskStore, isReached: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isReached()) return
      stop()
      resolve()
    }
    const stop = ask.store.subscribe(look)
    look()
  })
}

describe('asking', () => {
  it('begins a conversation with the first question and keeps the answer', async () => {
    const { ask, core } = await start()
    await ask.ask({ ...request, question: 'How many days of leave?' })
    const { open, running, failed } = ask.store.getState()
    expect({ running, failed }).toEqual({ running: null, failed: null })
    const [first] = await core.api.chat.list()
    expect(open.id).toBe(first?.id)
    expect(open.title).toBe('How many days of leave?')
    expect(open.turns[0]?.answer?.text).toContain('25 days')
  })

  it('reports the stages in order and the text as it grows', async () => {
    const { ask } = await start()
    const stages = new Set<string>()
    const lengths: number[] = []
    ask.store.subscribe(({ running }) => {
      if (running === null) return
      stages.add(running.stage.kind)
      lengths.push(running.text.length)
    })
    await ask.ask({ ...request, question: 'How many days of leave?' })
    expect([...stages]).toEqual(['starting', 'searching', 'found', 'reading', 'writing'])
    expect(lengths).toEqual([...lengths].sort((left, right) => left - right))
  })

  it('keeps the text written so far when it is stopped', async () => {
    const { ask } = await start({ llm: createFakeLlm(hotelReply, pauseAfter(3)) })
    const asking = ask.ask({ ...request, question: 'How many days of leave?' })
    await until(ask, () => (ask.store.getState().running?.text ?? '') !== '')
    ask.stop()
    await asking
    const { open, running, failed } = ask.store.getState()
    expect({ running, failed }).toEqual({ running: null, failed: null })
    expect(open.turns[0]?.answer?.status).toBe('stopped')
    expect(open.turns[0]?.answer?.text).toMatch(/^Full-time/u)
  })

  it('replaces an earlier question and all after it', async () => {
    const { ask, core } = await start()
    await ask.ask({ ...request, question: 'How many days of leave?' })
    await ask.ask({ ...request, question: 'And how many can be carried over?' })
    const first = ask.store.getState().open.turns[0]
    await ask.ask({ ...request, question: 'Why the roof?', replaces: first?.id ?? '' })
    expect(ask.store.getState().open.turns.map(({ question }) => question)).toEqual([
      'Why the roof?',
    ])
    expect(core.calls('chat.ask')[2]).toMatchObject({ replaces: first?.id })
  })

  it('says what failed and keeps the question for another try', async () => {
    let failing = true
    const { ask } = await start({
      overrides: ({ chat }) => ({
        chat: {
          ...chat,
          async *ask(input, context) {
            if (failing)
              throw new AppError('model-missing', 'The model file is gone. Choose another.')
            yield* chat.ask(input, context)
          },
        },
      }),
    })
    await ask.ask({ ...request, question: 'How many days of leave?' })
    const { failed } = ask.store.getState()
    expect(failed?.error.message).toBe('The model file is gone. Choose another.')
    failing = false
    if (failed !== null) await ask.ask(failed.request)
    expect(ask.store.getState().open.turns).toHaveLength(1)
    expect(ask.store.getState().failed).toBeNull()
  })

  it('continues an answer while another conversation is opened', async () => {
    let goOn = (): void => undefined
    let pace = Promise.resolve()
    const { ask, core } = await start({ llm: createFakeLlm(hotelReply, () => pace) })
    await ask.ask({ ...request, question: 'Why was the roof put off?' })
    const first = ask.store.getState().open.id ?? ''
    ask.newConversation()
    pace = new Promise((resolve) => (goOn = resolve))
    const asking = ask.ask({ ...request, question: 'How many days of leave?' })
    await until(ask, () => ask.store.getState().running?.turn != null)
    await ask.openConversation(first)
    goOn()
    await asking
    const { open } = ask.store.getState()
    expect(open.id).toBe(first)
    expect(open.turns.map(({ question }) => question)).toEqual(['Why was the roof put off?'])
    const other = (await core.api.chat.list()).find(({ id }) => id !== first)
    const { turns } = await core.api.chat.get({ id: other?.id ?? '' })
    expect(turns[0]?.answer?.status).toBe('complete')
  })

  it('ignores a conversation that loads after a newer one was opened', async () => {
    const { ask, core } = await start()
    await ask.ask({ ...request, question: 'Why was the roof put off?' })
    const [{ id: old } = { id: '' }] = await core.api.chat.list()
    const loading = ask.openConversation(old)
    ask.newConversation()
    await loading
    expect(ask.store.getState().open.id).toBeNull()
  })
})

it('waits until the sample library can be asked', async () => {
  const file = path.join(await createTempDir(), 'sample.txt')
  writeFileSync(file, 'Words to be read.')
  const { api, core } = await start({
    papers: [],
    overrides: ({ documents }) => ({
      documents: {
        ...documents,
        async importSample(_input, context) {
          const collection = await documents.createCollection({ name: 'Sample library' }, context)
          await documents.import({ items: [{ path: file }], collection: collection.id }, context)
          return collection
        },
      },
    }),
  })
  const sample = await importSampleLibrary(api, new AbortController().signal)
  const { documents } = core.app.library.list()
  expect(documents.map(({ collections, state }) => [collections, state])).toEqual([
    [[sample.id], 'indexed'],
  ])
})
