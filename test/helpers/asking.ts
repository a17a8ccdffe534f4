import { usualWeights } from '../../src/main/chat/choice/fitChoiceWeights.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createAsking, type AskDeps, type Question } from '../../src/main/chat/ask.ts'
import { openConversationStore } from '../../src/main/chat/conversationStore.ts'
import type { AskItem } from '../../src/shared/contract/chat.ts'
import type { Turn } from '../../src/shared/domain/conversation.ts'
import { defaultSettings } from '../../src/shared/domain/settings.ts'
import { fakeInfo, type FakeLlm } from './fakeLlm.ts'
import { createPassage, libraryDocumentOf } from './passages.ts'

export const leaveText = 'Employees receive 25 days of annual leave. The roof is old.'
export const leaveQuestion: Question = {
  conversation: null,
  question: 'How many days of annual leave do employees receive?',
  query: null,
  replaces: null,
  scope: { kind: 'all' },
  answering: 'write',
  ignoreThreshold: false,
}

/**
 * Asking over two passages, one of which has the answer.
 *
 * @param best the evidence of the best passage; the threshold is 0.5.
 */
export async function setUpAsking(llm: FakeLlm, change: Partial<AskDeps> = {}, best = 0.9) {
  const directory = mkdtempSync(path.join(tmpdir(), 'penknife-'))
  const queries: string[] = []
  const unexpected: unknown[] = []
  const conversations = await openConversationStore(directory, () => undefined)
  const asking = createAsking({
    conversations,
    llm,
    retrieval: {
      search(query) {
        queries.push(query)
        const passages = [
          createPassage('leave', leaveText),
          createPassage('pump', 'E4 is a fault.'),
        ]
        return Promise.resolve({ passages, decision: { best, threshold: 0.5 } })
      },
    },
    library: {
      contentsIn: () => undefined,
      isLive: () => true,
      documentOf: libraryDocumentOf,
      readPage: () => Promise.resolve(undefined),
      chunkCount: () => Promise.resolve(2),
      wholeDocument: () => Promise.resolve(null),
    },
    settings: () => defaultSettings,
    weight: () => 1,
    scoreSentences: (_, texts) => texts.map(({ text }) => createPassage('', text).sentences),
    model: () =>
      Promise.resolve({
        info: fakeInfo,
        demo: false,
        answering: 'write',
        keySentences: true,
        weights: usualWeights,
      }),
    templates: { find: () => Promise.resolve(null) },
    onUnexpectedError: (error) => unexpected.push(error),
    ...change,
  })
  async function ask(
    change: Partial<Question> = {},
    signal = new AbortController().signal,
  ): Promise<{ items: AskItem[]; turn: Turn; conversation: string }> {
    const items: AskItem[] = []
    for await (const item of asking.ask({ ...leaveQuestion, ...change }, signal)) items.push(item)
    const first = items[0]
    const last = items.at(-1)
    if (first?.type !== 'turn' || last?.type !== 'done') throw new Error('not a whole answer')
    return { items, turn: last.turn, conversation: first.conversation }
  }
  return {
    ask,
    asking,
    conversations,
    queries,
    unexpected,
    dispose: () => rmSync(directory, { recursive: true }),
  }
}
