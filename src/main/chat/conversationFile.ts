import { z } from 'zod'
import {
  conversation,
  turn,
  type Conversation,
  type Turn,
} from '../../shared/domain/conversation.ts'
import { replaceFile } from '../disk/durableFile.ts'
import { parseJson } from '../disk/jsonFile.ts'
import { readLineFile, toLine } from '../disk/lineFile.ts'

/**
 * A conversation is a file of JSON lines, so that saving a turn is one append. Later lines override
 * earlier ones.
 */
const record = z.discriminatedUnion('type', [
  z.object({ type: z.literal('head'), head: conversation.unwrap().omit({ turns: true }) }),
  /** Adds a turn, or replaces the one with the same id. */
  z.object({ type: z.literal('turn'), turn, updatedAt: z.string() }),
  /** Removes a turn and all after it. */
  z.object({ type: z.literal('drop-from'), id: z.string() }),
])
export type ConversationRecord = z.infer<typeof record>

export interface ReadConversation {
  readonly conversation: Conversation
  /** Number of invalid lines, not counting a torn last one. */
  readonly broken: number
}

/** @returns null if there is no file, or it isn't a conversation. */
export async function readConversation(file: string): Promise<ReadConversation | null> {
  let head: Omit<Conversation, 'turns'> | undefined
  let turns: Turn[] = []
  const read = await readLineFile(file, (line) => {
    const parsed = parseJson(line.toString('utf8'), record)
    switch (parsed?.type) {
      case undefined:
        return false
      case 'head':
        head = parsed.head
        return true
      case 'turn':
        turns = putTurn(turns, parsed.turn)
        if (head !== undefined) head = { ...head, updatedAt: parsed.updatedAt }
        return true
      case 'drop-from':
        turns = dropFrom(turns, parsed.id)
        return true
    }
  })
  if (head === undefined || read === undefined) return null
  return { conversation: { ...head, turns }, broken: read.broken }
}

/** Writes a whole conversation in one step. */
export async function writeConversation(file: string, whole: Conversation): Promise<void> {
  const { updatedAt } = whole
  const records: ConversationRecord[] = [
    headRecord(whole),
    ...whole.turns.map((one) => ({ type: 'turn', turn: one, updatedAt }) as const),
  ]
  await replaceFile(file, records.map(toLine).join(''))
}

export function headRecord({ turns: _, ...head }: Conversation): ConversationRecord {
  return { type: 'head', head }
}

export function putTurn(turns: readonly Turn[], fresh: Turn): Turn[] {
  const at = turns.findIndex((one) => one.id === fresh.id)
  return at === -1 ? [...turns, fresh] : turns.with(at, fresh)
}

export function dropFrom(turns: readonly Turn[], id: string): Turn[] {
  const at = turns.findIndex((one) => one.id === id)
  return at === -1 ? [...turns] : turns.slice(0, at)
}
