import { randomUUID } from 'node:crypto'
import type { Conversation, ConversationSummary, Turn } from '../../shared/domain/conversation.ts'
import type { CheckTask } from '../disk/checkTask.ts'
import { remove } from '../disk/durableFile.ts'
import type { Notice } from '../disk/jsonFile.ts'
import { appendLines } from '../disk/lineFile.ts'
import { whenMissing } from '../disk/systemError.ts'
import { createUndoableRemovals } from '../disk/undoableRemovals.ts'
import { createMutex, type Mutex } from '../flow/mutex.ts'
import { conversationChecks } from './checkConversations.ts'
import {
  dropFrom,
  headRecord,
  putTurn,
  writeConversation,
  type ConversationRecord,
} from './conversationFile.ts'
import { openConversationFolder, type ConversationFolder } from './conversationFolder.ts'

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
  /** Hides a conversation; its file is deleted ten seconds later, or when the store closes. */
  remove(id: string): void
  restore(id: string): void
  /** Conversations that contain all words of `text`, latest first. */
  search(text: string): Promise<readonly ConversationSummary[]>
  /** The check of each conversation's file. */
  checks(): Promise<readonly CheckTask[]>
  close(): Promise<void>
}

/** Opens the conversations of a folder; see `openConversationFolder` for damaged files. */
export async function openConversationStore(
  directory: string,
  notice: Notice,
): Promise<ConversationStore> {
  const folder = await openConversationFolder(directory, notice)
  const removals = createUndoableRemovals<ConversationSummary>(
    async (removed) => {
      for (const id of removed.keys()) await remove(folder.fileOf(id))
    },
    () => notice('A removed conversation could not be deleted from disk.'),
  )
  /** One change at a time, so that memory and file agree. */
  const exclusive = createMutex()
  return {
    list: folder.list,
    onChanged: folder.onChanged,
    get: folder.get,
    ...createChanges(folder, exclusive),
    remove(id) {
      const summary = folder.hide(id)
      if (summary !== undefined) removals.hold([[id, summary]])
    },
    restore(id) {
      const [summary] = removals.restore([id])
      if (summary !== undefined) folder.show(summary)
    },
    search: (text) => search(folder, text),
    checks: () =>
      conversationChecks({ directory, folder, exclusive, isRemoved: (id) => removals.has(id) }),
    close: () => exclusive(() => removals.close()),
  }
}

/** What a change makes of a conversation, and the lines that say so. */
interface Change {
  readonly after: Conversation
  readonly records: readonly ConversationRecord[]
}

type Changes = Pick<ConversationStore, 'create' | 'rename' | 'configure' | 'saveTurn' | 'dropFrom'>

function createChanges(folder: ConversationFolder, exclusive: Mutex): Changes {
  function change(id: string, apply: (before: Conversation) => Change): Promise<void> {
    return exclusive(async () => {
      const { after, records } = apply(await folder.get(id))
      const file = folder.fileOf(id)
      try {
        const isThere = await appendLines(file, records).then(() => true, whenMissing(false))
        // Someone else deleted it while it is open here.
        if (!isThere) await writeConversation(file, after)
      } catch (error) {
        await folder.lookAgain(id)
        throw error
      }
      folder.keep(after)
    })
  }

  return {
    async create({ title, ...choice }) {
      const now = new Date().toISOString()
      const head = { id: randomUUID(), title, createdAt: now, updatedAt: now }
      const fresh: Conversation = { version: 1, ...head, ...choice, turns: [] }
      await writeConversation(folder.fileOf(fresh.id), fresh)
      folder.keep(fresh)
      return fresh
    },
    rename: (id, title) => change(id, (before) => withHead(before, { title })),
    configure: (id, choice) => change(id, (before) => withHead(before, choice)),
    saveTurn: (id, turn) => change(id, (before) => withTurn(before, turn)),
    dropFrom: (id, turn) =>
      change(id, (before) => ({
        after: { ...before, turns: dropFrom(before.turns, turn) },
        records: [{ type: 'drop-from', id: turn }],
      })),
  }
}

function withTurn(before: Conversation, turn: Turn): Change {
  const updatedAt = new Date().toISOString()
  const after = { ...before, updatedAt, turns: putTurn(before.turns, turn) }
  return { after, records: [{ type: 'turn', turn, updatedAt }] }
}

function withHead(before: Conversation, patch: Partial<Conversation>): Change {
  const after = { ...before, ...patch }
  return { after, records: [headRecord(after)] }
}

async function search(
  folder: ConversationFolder,
  text: string,
): Promise<readonly ConversationSummary[]> {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean)
  const found: ConversationSummary[] = []
  for (const summary of folder.list()) {
    const { title, turns } = await folder.get(summary.id)
    const all = [title, ...turns.flatMap((turn) => [turn.question, turn.answer?.text ?? ''])]
    const whole = all.join('\n').toLowerCase()
    if (words.every((word) => whole.includes(word))) found.push(summary)
  }
  return found
}
