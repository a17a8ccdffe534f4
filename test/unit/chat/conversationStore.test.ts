import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openConversationStore } from '../../../src/main/chat/conversationStore.ts'
import type { Turn } from '../../../src/shared/domain/conversation.ts'

let directory: string
let notices: string[]

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'penknife-'))
  notices = []
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(directory, { recursive: true })
})

const open = () => openConversationStore(directory, (sentence) => notices.push(sentence))
const turn = (id: string, question: string): Turn => ({
  id,
  question,
  completedQuery: null,
  askedAt: '2024-01-01T00:00:00.000Z',
  answer: null,
})
const start = {
  title: 'Leave',
  scope: { kind: 'all' },
  answering: null,
  template: null,
  sampling: null,
} as const

describe('conversation store', () => {
  test('saved turns are read back after reopening', async () => {
    const store = await open()
    const { id } = await store.create(start)
    await store.saveTurn(id, turn('a', 'How many days?'))
    await store.saveTurn(id, turn('b', 'And next year?'))
    await store.rename(id, 'Days of leave')
    await store.close()

    const again = await open()
    expect(again.list()).toMatchObject([{ id, title: 'Days of leave', turns: 2 }])
    expect((await again.get(id)).turns.map((one) => one.question)).toEqual([
      'How many days?',
      'And next year?',
    ])
    expect(notices).toEqual([])
  })

  test('saving a turn replaces the one with its id; dropping it drops all after it', async () => {
    const store = await open()
    const { id } = await store.create(start)
    for (const name of ['a', 'b', 'c']) await store.saveTurn(id, turn(name, name))
    await store.saveTurn(id, turn('b', 'B'))
    expect((await store.get(id)).turns.map((one) => one.question)).toEqual(['a', 'B', 'c'])
    await store.dropFrom(id, 'b')
    await store.close()
    expect((await (await open()).get(id)).turns.map((one) => one.question)).toEqual(['a'])
  })

  test('a conversation from a version without templates is read, and can be given a template', async () => {
    const id = '00000000-0000-4000-8000-000000000001'
    const at = '2024-01-01T00:00:00.000Z'
    const head = { version: 1, id, title: 'Old', createdAt: at, updatedAt: at }
    const line = { type: 'head', head: { ...head, scope: { kind: 'all' }, answering: null } }
    writeFileSync(path.join(directory, `${id}.jsonl`), `${JSON.stringify(line)}\n`)
    const store = await open()
    expect(notices).toEqual([])
    expect(await store.get(id)).toMatchObject({ title: 'Old', template: null })
    await store.configure(id, { ...start, template: 'days' })
    await store.close()
    expect((await (await open()).get(id)).template).toBe('days')
  })

  test('sampling is saved; an older conversation gets the default', async () => {
    const id = '00000000-0000-4000-8000-000000000002'
    const at = '2024-01-01T00:00:00.000Z'
    const head = { version: 1, id, title: 'Old', createdAt: at, updatedAt: at }
    const line = { type: 'head', head: { ...head, scope: { kind: 'all' }, answering: null } }
    writeFileSync(path.join(directory, `${id}.jsonl`), `${JSON.stringify(line)}\n`)
    const store = await open()
    expect((await store.get(id)).sampling).toBeNull()
    const sampling = { temperature: 0.5, maxTokens: 200 }
    await store.configure(id, { ...start, sampling })
    await store.close()
    const again = await open()
    expect((await again.get(id)).sampling).toEqual(sampling)
    expect(notices).toEqual([])
  })

  test('a torn last line loses only that line, and the next append is intact', async () => {
    const store = await open()
    const { id } = await store.create(start)
    await store.saveTurn(id, turn('a', 'kept'))
    await store.close()
    appendFileSync(path.join(directory, `${id}.jsonl`), '{"type":"turn","turn":{"id":"b","ques')

    const again = await open()
    await again.saveTurn(id, turn('c', 'after'))
    await again.close()
    const third = await open()
    expect((await third.get(id)).turns.map((one) => one.question)).toEqual(['kept', 'after'])
  })

  test('a broken line is reported, and a copy of the file is kept', async () => {
    const store = await open()
    const { id } = await store.create(start)
    await store.saveTurn(id, turn('a', 'kept'))
    await store.close()
    const file = path.join(directory, `${id}.jsonl`)
    const lines = readFileSync(file, 'utf8').split('\n')
    const damaged = [lines[0], '{"type":"nonsense"}', ...lines.slice(1)].join('\n')
    writeFileSync(file, damaged)

    const again = await open()
    expect((await again.get(id)).turns).toHaveLength(1)
    expect(notices).toHaveLength(1)
    const copy = readdirSync(directory).find((name) => name.startsWith(`${id}.broken-`)) ?? ''
    expect(readFileSync(path.join(directory, copy), 'utf8')).toBe(damaged)
    await again.close()
    await open()
    expect(notices).toHaveLength(1)
  })

  test('a file without a conversation is left alone and reported', async () => {
    const name = '00000000-0000-4000-8000-000000000000.jsonl'
    writeFileSync(path.join(directory, name), 'garbage\n')
    const store = await open()
    expect(store.list()).toEqual([])
    expect(notices[0]).toContain(name)
    expect(readFileSync(path.join(directory, name), 'utf8')).toBe('garbage\n')
  })

  test('a removal can be undone for ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const store = await open()
    const { id } = await store.create(start)
    store.remove(id)
    expect(store.list()).toEqual([])
    await expect(store.get(id)).rejects.toMatchObject({ code: 'not-found' })
    vi.advanceTimersByTime(9_000)
    store.restore(id)
    expect((await store.get(id)).title).toBe('Leave')

    store.remove(id)
    vi.advanceTimersByTime(10_001)
    await expect.poll(() => readdirSync(directory)).toEqual([])
    store.restore(id)
    expect(store.list()).toEqual([])
  })

  test('search finds conversations that contain every word, in any turn', async () => {
    const store = await open()
    const { id } = await store.create(start)
    await store.saveTurn(id, turn('a', 'How many days can be carried over?'))
    await store.create({ ...start, title: 'Pump' })
    expect(await store.search('leave CARRIED')).toMatchObject([{ id }])
    expect(await store.search('carried pump')).toEqual([])
  })

  test('the list is sorted newest first and announces changes', async () => {
    const store = await open()
    const first = await store.create(start)
    const seen: string[][] = []
    store.onChanged((list) => seen.push(list.map((one) => one.title)))
    await new Promise((resolve) => setTimeout(resolve, 5))
    await store.create({ ...start, title: 'Second' })
    expect(seen.at(-1)).toEqual(['Second', 'Leave'])
    await new Promise((resolve) => setTimeout(resolve, 5))
    await store.saveTurn(first.id, turn('a', 'again'))
    expect(seen.at(-1)).toEqual(['Leave', 'Second'])
  })
})
