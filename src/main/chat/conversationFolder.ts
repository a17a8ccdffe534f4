import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Conversation, ConversationSummary } from '../../shared/domain/conversation.ts'
import { createEmitter, type Emitter } from '../../shared/emitter.ts'
import { AppError } from '../../shared/errors.ts'
import { makeFolder } from '../disk/durableFile.ts'
import { keepBrokenCopy, type Notice } from '../disk/jsonFile.ts'
import { createLruCache, type LruCache } from '../flow/lruCache.ts'
import { readConversation, writeConversation } from './conversationFile.ts'

/** The conversations in a folder: a summary of each, and the ones used last in memory. */
export interface ConversationFolder {
  readonly fileOf: (id: string) => string
  /** Latest first. */
  readonly list: () => readonly ConversationSummary[]
  readonly onChanged: (listener: (list: readonly ConversationSummary[]) => void) => () => void
  /** @throws AppError `not-found`. */
  readonly get: (id: string) => Promise<Conversation>
  /** A conversation that is in memory; null for others. */
  readonly inMemory: (id: string) => Conversation | null
  /** Takes note of a conversation that is new, or was changed on the disk. */
  keep(conversation: Conversation): void
  /** Reads a conversation again, after a change that failed may have reached the disk. */
  lookAgain(id: string): Promise<void>
  /** Leaves a conversation out. @returns what it takes to list it again. */
  hide(id: string): ConversationSummary | undefined
  show(summary: ConversationSummary): void
}

interface Known {
  readonly directory: string
  readonly notice: Notice
  readonly summaries: Map<string, ConversationSummary>
  readonly cache: LruCache<Conversation>
  readonly changed: Emitter<readonly ConversationSummary[]>
}

/** Conversations kept in memory: the open one and a few more. */
const cached = 4

/**
 * Reads all conversations, one file each. A file that cannot be understood is left where it is and
 * reported; one with broken lines is copied aside, then written again without them.
 */
export async function openConversationFolder(
  directory: string,
  notice: Notice,
): Promise<ConversationFolder> {
  await makeFolder(directory)
  const cache = createLruCache<Conversation>(cached)
  const changed = createEmitter<readonly ConversationSummary[]>()
  const known: Known = { directory, notice, summaries: new Map(), cache, changed }
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const id = /^([0-9a-f-]{36})\.jsonl$/u.exec(entry.name)?.[1]
    // A folder of that name isn't Penknife's; it stays as it is.
    if (entry.isDirectory()) continue
    if (id !== undefined) await load(known, id)
  }
  return conversationsOf(known)
}

function conversationsOf(known: Known): ConversationFolder {
  const { summaries, cache, changed } = known
  const list = (): readonly ConversationSummary[] =>
    [...summaries.values()].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))
  const announce = (): void => changed.emit(list())

  return {
    fileOf: (id) => fileOf(known, id),
    list,
    onChanged: changed.on,
    async get(id) {
      const found = summaries.has(id) ? (cache.get(id) ?? (await load(known, id))) : null
      if (found !== null) return found
      throw new AppError('not-found', 'This conversation is not there any more.')
    },
    inMemory: (id) => cache.get(id) ?? null,
    keep(conversation) {
      remember(known, conversation)
      announce()
    },
    async lookAgain(id) {
      // Where there is nothing to read, memory has the only copy.
      const read = await readConversation(fileOf(known, id)).catch(() => null)
      if (read === null) return
      remember(known, read.conversation)
      announce()
    },
    hide(id) {
      const summary = summaries.get(id)
      if (summary === undefined) return undefined
      summaries.delete(id)
      cache.delete(id)
      announce()
      return summary
    },
    show(summary) {
      summaries.set(summary.id, summary)
      announce()
    },
  }
}

function fileOf({ directory }: Known, id: string): string {
  return path.join(directory, `${id}.jsonl`)
}

async function load(known: Known, id: string): Promise<Conversation | null> {
  const { notice } = known
  const file = fileOf(known, id)
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
  remember(known, read.conversation)
  return read.conversation
}

function remember({ summaries, cache }: Known, conversation: Conversation): void {
  summaries.set(conversation.id, summarise(conversation))
  cache.set(conversation.id, conversation)
}

function summarise({ id, title, updatedAt, turns }: Conversation): ConversationSummary {
  return { id, title, updatedAt, turns: turns.length }
}
