import { appendFile, readFile } from 'node:fs/promises'
import { z } from 'zod'
import {
  conversation,
  turn,
  type Conversation,
  type Turn,
} from '../../shared/domain/conversation.ts'

/**
 * A conversation lies in one file of JSON lines, so that a turn costs one append however long the
 * conversation has become. Later lines win.
 */
const record = z.discriminatedUnion('type', [
  z.object({ type: z.literal('head'), head: conversation.unwrap().omit({ turns: true }) }),
  /** Adds a turn, or replaces the one with the same id. */
  z.object({ type: z.literal('turn'), turn, updatedAt: z.string() }),
  /** Drops a turn and all after it. */
  z.object({ type: z.literal('drop-from'), id: z.string() }),
])
export type ConversationRecord = z.infer<typeof record>

export interface ReadConversation {
  readonly conversation: Conversation
  /** Lines that could not be understood, not counting a torn last one. */
  readonly broken: number
}

/** @returns null if the file holds no conversation. */
export async function readConversation(file: string): Promise<ReadConversation | null> {
  const lines = (await readFile(file, 'utf8')).split('\n')
  // The last line ends with a line break, unless its writer was killed.
  lines.pop()
  let head: Omit<Conversation, 'turns'> | undefined
  let turns: Turn[] = []
  let broken = 0
  for (const line of lines) {
    const parsed = parseLine(line)
    if (parsed === null) {
      broken += 1
      continue
    }
    switch (parsed.type) {
      case 'head':
        head = parsed.head
        break
      case 'turn':
        turns = putTurn(turns, parsed.turn)
        if (head !== undefined) head = { ...head, updatedAt: parsed.updatedAt }
        break
      case 'drop-from':
        turns = dropFrom(turns, parsed.id)
        break
    }
  }
  return head === undefined ? null : { conversation: { ...head, turns }, broken }
}

/** Appends whole lines. A torn line before them, left by a kill, is ended first by the caller. */
export async function appendRecords(
  file: string,
  records: readonly ConversationRecord[],
): Promise<void> {
  const lines = records.map((one) => `${JSON.stringify(one)}\n`).join('')
  await appendFile(file, lines, { flush: true })
}

/** Ends a last line that a kill tore, so that the next append does not melt into it. */
export async function endTornLine(file: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  if (text !== '' && !text.endsWith('\n')) await appendFile(file, '\n', { flush: true })
}

export function putTurn(turns: readonly Turn[], fresh: Turn): Turn[] {
  const at = turns.findIndex((one) => one.id === fresh.id)
  return at === -1 ? [...turns, fresh] : turns.with(at, fresh)
}

export function dropFrom(turns: readonly Turn[], id: string): Turn[] {
  const at = turns.findIndex((one) => one.id === id)
  return at === -1 ? [...turns] : turns.slice(0, at)
}

function parseLine(line: string): ConversationRecord | null {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    return null
  }
  const parsed = record.safeParse(json)
  return parsed.success ? parsed.data : null
}
