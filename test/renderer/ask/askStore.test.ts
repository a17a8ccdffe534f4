import { describe, expect, it } from 'vitest'
import { createAskStore, type AskStore } from '../../../src/renderer/src/features/ask/askStore.ts'
import { importSampleLibrary } from '../../../src/renderer/src/features/ask/sampleLibrary.ts'
import { appContract } from '../../../src/shared/contract/index.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import { createFakeCore, type FakeCoreOptions } from '../../helpers/fakeApi.ts'

function start(options: FakeCoreOptions = {}) {
  const core = createFakeCore(options)
  const api = createClient(appContract, core.transport, { checkOutputs: true })
  return { core, api, ask: createAskStore(api) }
}

const request = { query: null, replaces: null, ignoreThreshold: false } as const

function until(ask: AskStore, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return
      stop()
      resolve()
    }
    const stop = ask.store.subscribe(look)
    look()
  })
}

describe('asking', () => {
  it('begins a conversation with the first question and keeps the answer', async () => {
    const { ask, core } = start()
    await ask.ask({ ...request, question: 'How many days of leave?' })
    const { open, running, failed } = ask.store.getState()
    expect({ running, failed }).toEqual({ running: null, failed: null })
    expect(open.id).toBe([...core.conversations.keys()][0])
    expect(open.title).toBe('How many days of leave?')
    expect(open.turns[0]?.answer?.text).toContain('25 days')
  })

  it('tells the stages in their order and the text as it grows', async () => {
    const { ask } = start()
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

  it('keeps what was written when it is stopped', async () => {
    const { ask } = start({ pace: 10 })
    const asking = ask.ask({ ...request, question: 'How many days of leave?' })
    await until(ask, () => (ask.store.getState().running?.text ?? '') !== '')
    ask.stop()
    await asking
    const { open, running, failed } = ask.store.getState()
    expect({ running, failed }).toEqual({ running: null, failed: null })
    expect(open.turns[0]?.answer?.status).toBe('stopped')
    expect(open.turns[0]?.answer?.text).toMatch(/^Full-time/u)
  })

  it('lets a question replace an earlier one and all after it', async () => {
    const { ask, core } = start()
    await ask.ask({ ...request, question: 'How many days of leave?' })
    await ask.ask({ ...request, question: 'And how many can be carried over?' })
    const first = ask.store.getState().open.turns[0]
    await ask.ask({ ...request, question: 'Why the roof?', replaces: first?.id ?? '' })
    expect(ask.store.getState().open.turns.map(({ question }) => question)).toEqual([
      'Why the roof?',
    ])
    expect(core.asked[2]?.replaces).toBe(first?.id)
  })

  it('says what failed and keeps the question for another try', async () => {
    let failing = true
    const { ask } = start({
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

  it('goes on answering while another conversation is opened', async () => {
    const { ask, core } = start({ pace: 5 })
    await ask.ask({ ...request, question: 'Why was the roof put off?' })
    const first = ask.store.getState().open.id ?? ''
    ask.newConversation()
    const asking = ask.ask({ ...request, question: 'How many days of leave?' })
    await until(ask, () => ask.store.getState().running?.turn != null)
    await ask.openConversation(first)
    await asking
    const { open } = ask.store.getState()
    expect(open.id).toBe(first)
    expect(open.turns.map(({ question }) => question)).toEqual(['Why was the roof put off?'])
    const other = [...core.conversations.values()].find(({ id }) => id !== first)
    expect(other?.turns[0]?.answer?.status).toBe('complete')
  })

  it('does not let a conversation that loads late push away a newer one', async () => {
    const { ask, core } = start()
    await ask.ask({ ...request, question: 'Why was the roof put off?' })
    const old = [...core.conversations.keys()][0] ?? ''
    const loading = ask.openConversation(old)
    ask.newConversation()
    await loading
    expect(ask.store.getState().open.id).toBeNull()
  })
})

it('waits until the sample library can be asked', async () => {
  const { api, core } = start({ pace: 2 })
  const sample = await importSampleLibrary(api, new AbortController().signal)
  const own = core.library.documents.filter(({ collections }) => collections.includes(sample.id))
  expect(own.length).toBeGreaterThan(0)
  expect(own.every(({ state }) => state !== 'reading')).toBe(true)
})
