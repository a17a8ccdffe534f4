import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Conversation } from '../../shared/domain/conversation.ts'
import type { AsideFiles } from '../disk/asideFiles.ts'
import { fileTask, unreadable, type CheckTask, type FoundFault } from '../disk/checkTask.ts'
import { whenMissing } from '../disk/systemError.ts'
import type { Mutex } from '../flow/mutex.ts'
import { readConversation, writeConversation } from './conversationFile.ts'
import type { ConversationFolder } from './conversationFolder.ts'

export interface ConversationChecksDeps {
  readonly directory: string
  readonly folder: ConversationFolder
  readonly exclusive: Mutex
  /** Whether a conversation was removed and can still be restored. */
  readonly isRemoved: (id: string) => boolean
}

/** The check of each conversation: of the files that are there, and of those that should be. */
export async function conversationChecks(
  deps: ConversationChecksDeps,
): Promise<readonly CheckTask[]> {
  const { directory, folder, exclusive, isRemoved } = deps
  const listed = new Map(folder.list().map(({ id, title }) => [id, title]))
  const names = await readdir(directory).catch(whenMissing([]))
  const stored = names.flatMap((name) => /^([0-9a-f-]{36})\.jsonl$/u.exec(name)?.[1] ?? [])
  const ids = [...new Set([...stored, ...listed.keys()])].filter((id) => !isRemoved(id))
  return ids.map((id) =>
    fileTask(listed.get(id) ?? path.basename(folder.fileOf(id)), folder.fileOf(id), () =>
      exclusive(() => findFault(id, deps)),
    ),
  )
}

type Fault = Pick<FoundFault, 'kind' | 'lines'>

async function findFault(
  id: string,
  deps: ConversationChecksDeps,
): Promise<Omit<FoundFault, 'name' | 'file'> | null> {
  const { folder, exclusive } = deps
  const { fault, readable } = await read(folder.fileOf(id))
  // Removed meanwhile.
  const isGone = fault?.kind === 'missing' && !folder.list().some((one) => one.id === id)
  if (fault === null || isGone) return null
  // What is in memory is all that was saved.
  const whole = folder.inMemory(id)
  const good = whole ?? readable
  if (good === null) {
    if (fault.kind === 'missing') return { ...fault, repair: null, runRepair: null }
    const runRepair = (aside: AsideFiles) => exclusive(() => moveAway(id, aside, deps))
    return { ...fault, repair: 'set-aside', runRepair }
  }
  const runRepair = (aside: AsideFiles) => exclusive(() => writeAgain(good, aside, deps))
  return { ...fault, repair: whole === null ? 'keep-readable' : 'write-again', runRepair }
}

interface ReadFile {
  readonly fault: Fault | null
  readonly readable: Conversation | null
}

async function read(file: string): Promise<ReadFile> {
  try {
    const found = await readConversation(file)
    if (found !== null) {
      const { conversation, broken } = found
      const fault = broken === 0 ? null : ({ kind: 'lines', lines: broken } as const)
      return { fault, readable: conversation }
    }
    const isThere = (await readdir(path.dirname(file))).includes(path.basename(file))
    return { fault: { kind: isThere ? 'unreadable' : 'missing', lines: null }, readable: null }
  } catch (error) {
    return { fault: { kind: unreadable(error), lines: null }, readable: null }
  }
}

async function moveAway(
  id: string,
  aside: AsideFiles,
  { folder }: ConversationChecksDeps,
): Promise<void> {
  await aside.move(folder.fileOf(id))
  folder.hide(id)
}

async function writeAgain(
  conversation: Conversation,
  aside: AsideFiles,
  { folder }: ConversationChecksDeps,
): Promise<void> {
  const { id } = conversation
  await aside.copy(folder.fileOf(id))
  const now = folder.inMemory(id) ?? conversation
  await writeConversation(folder.fileOf(id), now)
  folder.keep(now)
}
