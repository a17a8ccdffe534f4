import { openConversationStore } from '../../src/main/chat/conversationStore.ts'
import { createPaths } from '../../src/main/disk/paths.ts'
import type { Turn } from '../../src/shared/domain/conversation.ts'

export interface StoredConversation {
  readonly title: string
  /** Id of the template that answers follow; null: none. */
  readonly template: string | null
  readonly turns: readonly Turn[]
}

/** Writes conversations into a data folder, as an earlier start would have. */
export async function storeConversations(
  dataDir: string,
  conversations: readonly StoredConversation[],
): Promise<void> {
  const store = await openConversationStore(createPaths(dataDir).conversations, failOnNotice)
  for (const { title, turns, template } of conversations) {
    const choice = { scope: { kind: 'all' }, answering: null, template, sampling: null } as const
    const { id } = await store.create({ title, ...choice })
    for (const turn of turns) await store.saveTurn(id, turn)
  }
  await store.close()
}

export function failOnNotice(sentence: string): never {
  throw new Error(sentence)
}
