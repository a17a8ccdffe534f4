import type { ConversationSummary } from '../../../shared/domain/conversation.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

export interface ConversationsMirror extends Mirrored<readonly ConversationSummary[]> {
  readonly rename: (id: string, title: string) => void
  readonly remove: (id: string) => void
}

/** The list of conversations, newest first. */
export function mirrorConversations({ chat }: Pick<Api, 'chat'>, tell: Tell): ConversationsMirror {
  const mirrored = createMirrored<readonly ConversationSummary[]>(
    {
      initial: [],
      load: () => chat.list(),
      follow: (change) => [chat.listChanged((now) => change(() => now))],
      sentence: 'The conversations could not be read.',
    },
    tell,
  )
  return {
    ...mirrored,
    rename(id, title) {
      void mirrored.write(
        (before) => before.map((one) => (one.id === id ? { ...one, title } : one)),
        () => chat.rename({ id, title }),
        'The conversation could not be renamed.',
      )
    },
    remove(id) {
      void mirrored.write(
        (before) => before.filter((one) => one.id !== id),
        () => chat.remove({ id }),
        'The conversation could not be deleted.',
      )
    },
  }
}
