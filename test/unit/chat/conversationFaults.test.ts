import { rmSync } from 'node:fs'
import path from 'node:path'
import { expect, vi } from 'vitest'
import {
  openConversationStore,
  type ConversationStore,
} from '../../../src/main/chat/conversationStore.ts'
import { testFaults, type FaultScenario } from '../../helpers/tryFaults.ts'

vi.mock('node:fs/promises', async (load) => {
  const { breakDisk } = await import('../../helpers/faultyDisk.ts')
  return breakDisk(await load())
})

const choice = { scope: { kind: 'all' }, answering: null, template: null, sampling: null } as const

function turn(id: string, question = id) {
  return { id, question, completedQuery: null, askedAt: '', answer: null }
}

/** @param change given the id of a conversation of three turns. */
function conversations(
  change: (store: ConversationStore, id: string, root: string) => Promise<unknown>,
  memory: FaultScenario['memory'] = 'disk',
): FaultScenario {
  const open = (root: string) => openConversationStore(root, (sentence) => expect.fail(sentence))
  return {
    memory,
    async prepare(root) {
      const store = await open(root)
      const { id } = await store.create({ title: 'Leave', ...choice })
      for (const name of ['a', 'b', 'c']) await store.saveTurn(id, turn(name))
    },
    async open(root) {
      const store = await open(root)
      const id = store.list().find(({ title }) => title === 'Leave')?.id ?? ''
      return {
        change: () => change(store, id, root),
        next: () => store.create({ title: 'Next', ...choice }),
        async shown() {
          const all = await Promise.all(store.list().map((one) => store.get(one.id)))
          return all
            .map(({ title, turns }) => [title, ...turns.map(({ question }) => question)])
            .sort()
        },
      }
    },
  }
}

const scenarios: Readonly<Record<string, FaultScenario>> = {
  create: conversations((store) => store.create({ title: 'Pay', ...choice })),
  rename: conversations((store, id) => store.rename(id, 'Days of leave')),
  'a turn': conversations((store, id) => store.saveTurn(id, turn('d', 'ä€𝄞'.repeat(50)))),
  'a turn that is replaced': conversations((store, id) => store.saveTurn(id, turn('b', 'B'))),
  'turns that are dropped': conversations((store, id) => store.dropFrom(id, 'b')),
  'a file that was deleted by hand': {
    ...conversations((store, id, root) => {
      rmSync(path.join(root, `${id}.jsonl`))
      return store.rename(id, 'Days of leave')
    }),
    // Memory has the only copy, and keeps it for the next change.
    memory: 'closed',
    between: [[]],
  },
  remove: conversations(async (store, id) => {
    store.remove(id)
    await store.close()
  }, 'closed'),
}

testFaults(scenarios, 100)
