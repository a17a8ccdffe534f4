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
    async get({ id }) {
      // After a stop the window asks for what was kept: wait until it is.
      await asking.stoppedIsKept(id)
      return conversations.get(id)
    },
    search: ({ text }) => conversations.search(text),
    async rename({ id, title }) {
      await conversations.rename(id, title)
      return null
    },
    async configure({ id, ...choice }) {
      await conversations.configure(id, choice)
      return null
    },
    remove({ id }) {
      conversations.remove(id)
      return null
    },
    restore({ id }) {
      conversations.restore(id)
      return null
    },
    async exportMarkdown({ id }) {
      const conversation = await conversations.get(id)
      return { name: exportName(conversation), markdown: exportMarkdown(conversation) }
    },
    ask: (question, { signal }) => asking.ask(question, signal),
  }
}
