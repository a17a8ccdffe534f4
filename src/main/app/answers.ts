import { defaultModelSettings } from '../../shared/domain/settings.ts'
import type { AnswerDeps, AnswerLibrary, AnswerModel } from '../chat/answerDeps.ts'
import { createAsking, type Asking } from '../chat/ask.ts'
import { orderWeights, usualWeights } from '../chat/choice/fitChoiceWeights.ts'
import { openConversationStore, type ConversationStore } from '../chat/conversationStore.ts'
import type { ScoreSentences } from '../chat/weighOwnWords.ts'
import { groundedSystem } from '../chat/prompt.ts'
import { wholeDocument } from '../chat/wholeDocument.ts'
import type { Library } from '../documents/library.ts'
import { scoreSentences } from '../retrieval/keySentences.ts'
import type { IndexInUse } from '../retrieval/searchIndex.ts'
import type { Documents } from './documents.ts'
import type { Foundation } from './foundation.ts'
import type { Models } from './models.ts'
import type { Templates } from './templates.ts'

/** The part for conversations and answers. */
export interface Answers {
  readonly conversations: ConversationStore
  readonly asking: Asking
  /** Dependencies of `answerQuestion`. */
  readonly answerDeps: AnswerDeps
}

export async function composeAnswers(
  { paths, settings, notice, logger, disposer }: Foundation,
  models: Pick<Models, 'loader' | 'actions' | 'llm' | 'foreground' | 'loaded'>,
  {
    library,
    index,
    readPage,
    retrieval,
  }: Pick<Documents, 'library' | 'index' | 'readPage' | 'retrieval'>,
  templates: Pick<Templates, 'saved'>,
): Promise<Answers> {
  const conversations = await openConversationStore(paths.conversations, notice)
  disposer.add(() => conversations.close())

  const weight = (term: string): number => index.current().statistics.idf(term)
  const score: ScoreSentences = (question, texts) => scoreSentences(question, texts, weight)
  const answerDeps: AnswerDeps = {
    library: { ...answerLibrary(library, index, score), readPage },
    retrieval,
    llm: models.foreground.llm,
    settings: () => settings.get(),
    weight,
    scoreSentences: score,
    model: async (onLoading, signal): Promise<AnswerModel | null> => {
      const info = await models.loaded(onLoading, signal)
      if (info === null) return null
      const { keySentences } = settings.get().models[info.file] ?? defaultModelSettings
      const { answering, demo } = models.loader.state()
      const unmeasured = demo ? orderWeights : usualWeights
      const weights = (await models.actions.choiceWeights(info)) ?? unmeasured
      return { info, keySentences, answering, demo, weights }
    },
  }
  const asking = createAsking({
    ...answerDeps,
    conversations,
    templates: templates.saved,
    onUnexpectedError: (error) => logger.error('answering failed', error),
  })
  disposer.add(() => asking.dispose())
  disposer.add(
    models.loader.onState(({ status }) => {
      if (status === 'ready') readAhead()
    }),
  )
  function readAhead(): void {
    models.llm
      .warmUp({ system: groundedSystem, history: [] })
      .catch((error: unknown) => logger.error('reading ahead failed', error))
  }

  // From its start on: between its choice of a model and its answer a run must not load another.
  const inForeground: Asking = {
    ...asking,
    ask: (...question) => models.foreground.holding(() => asking.ask(...question)),
  }
  return { conversations, asking: inForeground, answerDeps }
}

function answerLibrary(
  library: Library,
  index: IndexInUse,
  score: ScoreSentences,
): Omit<AnswerLibrary, 'readPage'> {
  const wholeDocumentDeps = {
    get: (id: string) => library.get(id),
    wholeText: (id: string) => library.wholeText(id),
    passages: (id: string) => library.passages(id),
    scoreSentences: score,
  }
  return {
    contentsIn: (scope) => library.contentsIn(scope),
    isLive: (contentId) => library.isLive(contentId),
    documentOf: (contentId) => library.citedDocument(contentId),
    chunkCount: () => index.use(({ store }) => store.count()),
    wholeDocument: (scope, question) => wholeDocument(wholeDocumentDeps, scope, question),
  }
}
