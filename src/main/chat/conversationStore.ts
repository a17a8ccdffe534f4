import { randomUUID } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Conversation, ConversationSummary, Turn } from '../../shared/domain/conversation.ts'
import { createEmitter } from '../../shared/emitter.ts'
import { AppError } from '../../shared/errors.ts'
import { createLruCache } from '../flow/lruCache.ts'
import { createMutex } from '../flow/mutex.ts'
import { makeFolder } from '../disk/durableFile.ts'
import { keepBrokenCopy, type Notice } from '../disk/jsonFile.ts'
import { appendLines } from '../disk/lineFile.ts'
import { whenMissing } from '../disk/systemError.ts'
import { createUndoableRemovals } from '../disk/undoableRemovals.ts'
import {
  dropFrom,
  headRecord,
  putTurn,
  readConversation,
  writeConversation,
  type ConversationRecord,
} from './conversationFile.ts'

/** What a conversation is answered from, and how. */
export type AnswerChoice = Pick<Conversation, 'scope' | 'answering' | 'template' | 'sampling'>

export interface ConversationStore {
  /** Latest first. */
  list(): readonly ConversationSummary[]
  onChanged(listener: (list: readonly ConversationSummary[]) => void): () => void
  /** @throws AppError `not-found`. */
  get(id: string): Promise<Conversation>
  create(start: { title: string } & AnswerChoice): Promise<Conversation>
  rename(id: string, title: string): Promise<void>
  configure(id: string, choice: AnswerChoice): Promise<void>
  /** Adds a turn, or replaces the one with the same id. */
  saveTurn(id: string, turn: Turn): Promise<void>
  /** Drops a turn and all after it. */
  dropFrom(id: string, turn: string): Promise<void>
  /** Hides a conversation; its file goes ten seconds later, or when the store closes. */
  remove(id: string): void
  restore(id: string): void
  /** Conversations that hold all words of `text`, latest first. */
  search(text: string): Promise<readonly ConversationSummary[]>
  close(): Promise<void>
}

/** Conversations kept in memory: the open one and a few that one goes back to. */
const cached = 4

/**
 * Conversations on disk, one file each. A file that cannot be understood is left where it is and
 * reported; one with broken lines is copied aside, then written again without them.
 */
export async function openConversationStore(
  directory: string,
  notice: Notice,
): Promise<ConversationStore> {
  await makeFolder(directory)
  const summaries = new Map<string, ConversationSummary>()
  const cache = createLruCache<Conversation>(cached)
  const removals = createUndoableRemovals<ConversationSummary>(
    async (removed) => {
      for (const id of removed.keys()) await rm(fileOf(id), { force: true })
    },
    () => notice('A removed conversation could not be deleted from disk.'),
  )
  const changed = createEmitter<readonly ConversationSummary[]>()
  /** Changes go one after another, so that memory and file tell the same story. */
  const exclusive = createMutex()

  const fileOf = (id: string): string => path.join(directory, `${id}.jsonl`)
  for (const name of await readdir(directory)) {
    const id = /^([0-9a-f-]{36})\.jsonl$/u.exec(name)?.[1]
    if (id !== undefined) await load(id)
  }

  async function load(id: string): Promise<Conversation | null> {
    const file = fileOf(id)
    const read = await readConversation(file)
    if (read === null) {
      notice(`A conversation could not be read and was left as it is: ${path.basename(file)}.`)
      return null
    }
    if (read.broken > 0) {
      const copy = await keepBrokenCopy(file)
      await writeConversation(file, read.conversation)
      notice(
        `Parts of the conversation “${read.conversation.title}” could not be read and were left out. The file as it was is kept as ${copy}.`,
      )
    }
    remember(read.conversation)
    return read.conversation
  }

  function remember(conversation: Conversation): void {
    summaries.set(conversation.id, summarise(conversation))
    cache.set(conversation.id, conversation)
  }

  const list = (): readonly ConversationSummary[] =>
    [...summaries.values()].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))

  function announce(): void {
    changed.emit(list())
  }

  async function get(id: string): Promise<Conversation> {
    const known = summaries.has(id) ? (cache.get(id) ?? (await load(id))) : null
    if (known === null) {
      throw new AppError('not-found', 'This conversation is not there any more.')
    }
    return known
  }

  function change(
    id: string,
    apply: (before: Conversation) => { after: Conversation; records: ConversationRecord[] },
  ): Promise<void> {
    return exclusive(async () => {
      const { after, records } = apply(await get(id))
      const isThere = await appendLines(fileOf(id), records).then(() => true, whenMissing(false))
      // Deleted by someone else while it is open here.
      if (!isThere) await writeConversation(fileOf(id), after)
      remember(after)
      announce()
    })
  }

  return {
    list,
    onChanged: changed.on,
    get,
    async create({ title, ...choice }) {
      const now = new Date().toISOString()
      const head = { id: randomUUID(), title, createdAt: now, updatedAt: now }
      const fresh: Conversation = { version: 1, ...head, ...choice, turns: [] }
      await writeConversation(fileOf(fresh.id), fresh)
      remember(fresh)
      announce()
      return fresh
    },
    rename: (id, title) => change(id, (before) => withHead(before, { title })),
    configure: (id, choice) => change(id, (before) => withHead(before, choice)),
    saveTurn: (id, turn) =>
      change(id, (before) => {
        const updatedAt = new Date().toISOString()
        const after = { ...before, updatedAt, turns: putTurn(before.turns, turn) }
        return { after, records: [{ type: 'turn', turn, updatedAt }] }
      }),
    dropFrom: (id, turn) =>
      change(id, (before) => ({
        after: { ...before, turns: dropFrom(before.turns, turn) },
        records: [{ type: 'drop-from', id: turn }],
      })),
    remove(id) {
      const summary = summaries.get(id)
      if (summary === undefined) return
      summaries.delete(id)
      cache.delete(id)
      removals.hold([[id, summary]])
      announce()
    },
    restore(id) {
      const [summary] = removals.restore([id])
      if (summary === undefined) return
      summaries.set(id, summary)
      announce()
    },
    async search(text) {
      const words = text.toLowerCase().split(/\s+/u).filter(Boolean)
      const found: ConversationSummary[] = []
      for (const summary of list()) {
        const { title, turns } = await get(summary.id)
        const all = [title, ...turns.flatMap((turn) => [turn.question, turn.answer?.text ?? ''])]
        const whole = all.join('\n').toLowerCase()
        if (words.every((word) => whole.includes(word))) found.push(summary)
      }
      return found
    },
    async close() {
      await exclusive(() => removals.close())
    },
  }
}

function withHead(
  before: Conversation,
  patch: Partial<Conversation>,
): { after: Conversation; records: ConversationRecord[] } {
  const after = { ...before, ...patch }
  return { after, records: [headRecord(after)] }
}

function summarise({ id, title, updatedAt, turns }: Conversation): ConversationSummary {
  return { id, title, updatedAt, turns: turns.length }
}
