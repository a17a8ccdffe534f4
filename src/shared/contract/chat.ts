import { z } from 'zod'
import {
  answerMode,
  conversation,
  conversationSummary,
  scope,
  source,
  turn,
} from '../domain/conversation.ts'
import { longest } from '../domain/limits.ts'
import { sampling } from '../domain/sampling.ts'
import { event, procedure, stream } from '../rpc/contract.ts'

const byId = z.object({ id: z.string() })

/** What a question reports while it is being answered; the last item is `done`. */
export const askItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('turn'), conversation: z.string(), turn }),
  /** `passages`: how many there are to search. */
  z.object({ type: z.literal('searching'), query: z.string(), passages: z.number().int() }),
  z.object({ type: z.literal('sources'), sources: z.array(source).readonly() }),
  z.object({ type: z.literal('loading-model'), fraction: z.number().nullable() }),
  z.object({
    type: z.literal('reading'),
    done: z.number().int(),
    total: z.number().int(),
    secondsLeft: z.number().nullable(),
  }),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('done'), turn }),
])
export type AskItem = z.infer<typeof askItem>

export const chat = {
  list: procedure({ output: z.array(conversationSummary).readonly() }),
  listChanged: event(z.array(conversationSummary).readonly()),
  get: procedure({ input: byId, output: conversation }),
  /** Conversations whose title, questions or answers contain all words of `text`. */
  search: procedure({
    input: z.object({ text: z.string().max(longest.searchText) }),
    output: z.array(conversationSummary).readonly(),
  }),
  rename: procedure({
    input: z.object({ id: z.string(), title: z.string().min(1).max(longest.name) }),
  }),
  /** Scope, way of answering, template and sampling, for the questions to come. */
  configure: procedure({
    input: z.object({
      id: z.string(),
      scope,
      answering: answerMode.nullable(),
      template: z.string().nullable().default(null),
      sampling: sampling.nullable().default(null),
    }),
  }),
  /** Hides a conversation at once; it can be restored for ten seconds. */
  remove: procedure({ input: byId }),
  restore: procedure({ input: byId }),
  exportMarkdown: procedure({
    input: byId,
    output: z.object({ name: z.string(), markdown: z.string() }),
  }),
  /**
   * Asks. Without a conversation a new one begins. `replaces` names an earlier turn: that turn and
   * all after it are replaced (Regenerate, Edit). `query` overrides what is searched for. Aborting
   * keeps what was written, and the stream ends with it, as every answer does: with `done`.
   */
  ask: stream({
    finishes: true,
    input: z.object({
      conversation: z.string().nullable(),
      question: z.string().min(1).max(longest.question),
      query: z.string().max(2_000).nullable(),
      replaces: z.string().nullable(),
      scope,
      answering: answerMode.nullable(),
      /** Id of the template that the answer follows; none where it is left out. */
      template: z.string().nullish(),
      /** How the model writes, where no template says so. */
      sampling: sampling.nullish(),
      /** Answer from the passages even if the evidence is below the threshold. */
      ignoreThreshold: z.boolean(),
    }),
    item: askItem,
  }),
}
