import type { AppContract } from '../../shared/contract/index.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import type { Asking } from '../chat/ask.ts'
import type { ConversationStore } from '../chat/conversationStore.ts'
import { exportMarkdown, exportName } from '../chat/exportMarkdown.ts'

export function createChatHandlers(deps: {
  readonly conversations: ConversationStore
  readonly asking: Asking
}): Handlers<AppContract>['chat'] {
  const { conversations, asking } = deps
  return {
    list: () => conversations.list(),
    listChanged: (listener) => conversations.onChanged(listener),
    get: ({ id }) => conversations.get(id),
    search: ({ text }) => conversations.search(text),
    rename: ({ id, title }) => conversations.rename(id, title),
    configure: ({ id, ...choice }) => conversations.configure(id, choice),
    remove: ({ id }) => conversations.remove(id),
    restore: ({ id }) => conversations.restore(id),
    async exportMarkdown({ id }) {
      const conversation = await conversations.get(id)
      return { name: exportName(conversation), markdown: exportMarkdown(conversation) }
    },
    ask: (question, { signal }) => asking.ask(question, signal),
  }
}
