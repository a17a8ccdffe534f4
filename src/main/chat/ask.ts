import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { AskItem } from '../../shared/contract/chat.ts'
import type {
  Answer,
  AnswerMode,
  Conversation,
  Scope,
  Turn,
} from '../../shared/domain/conversation.ts'
import type { Sampling } from '../../shared/domain/sampling.ts'
import { isCancelled, toWire } from '../../shared/errors.ts'
import { createAsyncQueue } from '../../shared/rpc/asyncQueue.ts'
import { createStoppableWork } from '../flow/stoppableWork.ts'
import type { PromptTurn } from '../llm/llm.ts'
import { answerQuestion } from './answer.ts'
import type { AnswerDeps } from './answerDeps.ts'
import { latestTurns } from './fitQuestion.ts'
import type { ConversationStore } from './conversationStore.ts'
import { completeQuestion } from './followUps.ts'
import { groundedSystem, historyTurn, ungroundedSystem } from './prompt.ts'
import { newSeed } from './sampling.ts'
import { emptyAnswer } from './sources.ts'
import type { AnswerTemplates, ChosenTemplate } from '../prompting/chosenTemplate.ts'
import { readTemplateAhead } from './template/readTemplateAhead.ts'

export interface Question {
  /** null starts a new conversation. */
  readonly conversation: string | null
  readonly question: string
  /** What to search for; null: derived from the question and the turns before it. */
  readonly query: string | null
  /** Id of a turn that this one replaces, along with all turns after it. */
  readonly replaces: string | null
  readonly scope: Scope
  readonly answering: AnswerMode | null
  /** Id of the template that the answer follows. */
  readonly template?: string | null | undefined
  readonly sampling?: Sampling | null | undefined
  readonly ignoreThreshold: boolean
}

export interface Asking {
  /**
   * Answers a question within its conversation. The last item is `done` with the saved turn. After
   * an abort the turn has the text written until then.
   */
  ask(question: Question, signal: AbortSignal): AsyncIterable<AskItem>
  /** Stops all answers; resolves when what was written of them is saved. Then asking fails. */
  dispose(): Promise<void>
}

export interface AskDeps extends AnswerDeps {
  readonly conversations: ConversationStore
  readonly templates: AnswerTemplates
  readonly onUnexpectedError: (error: unknown) => void
}

const longestTitle = 70

export function createAsking(deps: AskDeps): Asking {
  const answers = createStoppableWork()

  async function answerTurn(
    conversation: Conversation,
    turn: Turn,
    question: Question,
    emit: (item: AskItem) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const before = conversation.turns
    let template: ChosenTemplate | null = null
    const answer = await keepErrors(deps, signal, emit, async (emitted) => {
      const wanted = question.template ?? null
      template = wanted === null ? null : await deps.templates.find(wanted)
      const found = await answerQuestion(
        deps,
        {
          ...question,
          query: question.query ?? turn.completedQuery ?? question.question,
          history: toHistory(before),
          template,
          turns: before,
          // When a question is answered again, the template's own seed would give the same answer.
          seed: question.replaces === null ? null : newSeed(),
        },
        emitted,
        signal,
      )
      const isMissing = wanted !== null && template === null
      return isMissing ? { ...found, template: { kind: 'missing', id: wanted } } : found
    })
    const answered = { ...turn, answer }
    await deps.conversations.saveTurn(conversation.id, answered)
    emit({ type: 'done', turn: answered })
    if (!answers.isStopped()) warmUp(deps, question.scope, template, [...before, answered])
  }

  async function run(
    question: Question,
    emit: (item: AskItem) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const conversation = await prepare(deps.conversations, question)
    const turn: Turn = {
      id: randomUUID(),
      question: question.question,
      completedQuery: question.query ?? completeQuestion(question.question, earlier(conversation)),
      askedAt: new Date().toISOString(),
      answer: null,
    }
    await deps.conversations.saveTurn(conversation.id, turn)
    emit({ type: 'turn', conversation: conversation.id, turn })
    await answerTurn(conversation, turn, question, emit, signal)
  }

  return {
    ask: (question, signal) => ({
      [Symbol.asyncIterator]() {
        // The answer is written independently of its reader, so that it is saved even if the reader
        // stops.
        const queue = createAsyncQueue<AskItem>(() => undefined)
        answers
          .run((stoppable) => run(question, queue.push, stoppable), signal)
          .then(queue.end, queue.fail)
        return queue.iterator
      },
    }),
    dispose: () => answers.stop(),
  }
}

/**
 * The conversation to add the question to: a new one, or the old one without the replaced turns.
 */
async function prepare(store: ConversationStore, question: Question): Promise<Conversation> {
  const { scope, answering, replaces, template = null, sampling = null } = question
  const choice = { scope, answering, template, sampling }
  if (question.conversation === null) {
    const title = question.question.replace(/\s+/gu, ' ').trim().slice(0, longestTitle)
    return store.create({ title, ...choice })
  }
  if (replaces !== null) await store.dropFrom(question.conversation, replaces)
  const known = await store.get(question.conversation)
  const before = {
    scope: known.scope,
    answering: known.answering,
    template: known.template,
    sampling: known.sampling,
  }
  if (!isDeepStrictEqual(before, choice)) await store.configure(known.id, choice)
  return store.get(known.id)
}

/** Turns an error into an answer with that error and the text written so far. */
async function keepErrors(
  deps: AskDeps,
  signal: AbortSignal,
  emit: (item: AskItem) => void,
  work: (emit: (item: AskItem) => void) => Promise<Answer>,
): Promise<Answer> {
  let text = ''
  let sources: Answer['sources'] = []
  try {
    return await work((item) => {
      if (item.type === 'text') text += item.text
      if (item.type === 'sources') sources = item.sources
      emit(item)
    })
  } catch (error) {
    const kept = { ...emptyAnswer, text, sources }
    if (signal.aborted || isCancelled(error)) return { ...kept, status: 'stopped' }
    const wire = toWire(error)
    if (wire.code === 'internal') deps.onUnexpectedError(error)
    return { ...kept, status: 'failed', error: wire }
  }
}

function earlier(conversation: Conversation): { query: string; answer: string }[] {
  return conversation.turns.map((turn) => ({
    query: turn.completedQuery ?? turn.question,
    answer: turn.answer?.text ?? '',
  }))
}

/**
 * Answered turns, without sources. Left out are refusals, failures and answers without a model,
 * which would teach the model to refuse, and replies in a template's format, which would teach it
 * that format.
 */
function toHistory(turns: readonly Turn[]): PromptTurn[] {
  return turns.flatMap(({ question, answer }) =>
    answer === null ||
    answer.text === '' ||
    answer.kind === 'not-found' ||
    (answer.kind === 'ungrounded' && answer.model === null) ||
    (answer.template?.kind === 'followed' && answer.template.format.kind !== 'text') ||
    answer.status === 'failed'
      ? []
      : [historyTurn(question, answer.text)],
  )
}

/**
 * Evaluates system and history in advance, so that the next question only waits for its own tokens.
 */
function warmUp(
  deps: AskDeps,
  scope: Scope,
  template: ChosenTemplate | null,
  turns: readonly Turn[],
): void {
  readNextAhead(deps, scope, template, turns).catch((error: unknown) => {
    if (!isCancelled(error)) deps.onUnexpectedError(error)
  })
}

function readNextAhead(
  deps: AskDeps,
  scope: Scope,
  template: ChosenTemplate | null,
  turns: readonly Turn[],
): Promise<void> {
  if (template !== null) return readTemplateAhead(deps.llm, template, turns)
  return scope.kind === 'none' ? readChatAhead(deps, turns) : readAhead(deps, turns)
}

function readChatAhead({ llm }: AskDeps, turns: readonly Turn[]): Promise<void> {
  return llm.warmUp({ system: ungroundedSystem, history: toHistory(turns) })
}

/**
 * Evaluates only the turns that the next prompt will include: with others there would be no common
 * prefix.
 */
async function readAhead({ llm }: AskDeps, turns: readonly Turn[]): Promise<void> {
  const history = toHistory(turns)
  const context = turns.findLast(({ answer }) => answer?.budget != null)?.answer?.budget?.context
  const kept = context === undefined ? history : await latestTurns(llm, history, context)
  await llm.warmUp({ system: groundedSystem, history: kept })
}
