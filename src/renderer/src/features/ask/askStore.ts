import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AskItem } from '../../../../shared/contract/chat.ts'
import type { AnswerMode, Scope, Turn } from '../../../../shared/domain/conversation.ts'
import type { Sampling } from '../../../../shared/domain/sampling.ts'
import { AppError, isCancelled, toWire } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'
import {
  blank,
  titleFrom,
  toOpen,
  turnsBefore,
  type AskRequest,
  type AskState,
  type OpenConversation,
  type RunningAsk,
} from './askState.ts'
import { createFrameBatch } from './frameBatch.ts'

export interface AskStore {
  readonly store: StoreApi<AskState>
  openConversation(id: string): Promise<void>
  newConversation(scope?: Scope): void
  setScope(scope: Scope): void
  setAnswering(answering: AnswerMode | null): void
  /** @param template id; null: none. */
  setTemplate(template: string | null): void
  /** @param sampling null: temperature 0 and the default length. */
  setSampling(sampling: Sampling | null): void
  ask(request: AskRequest): Promise<void>
  stop(): void
}

/** The store of the open conversation and the question being answered. */
export function createAskStore({ chat }: Pick<Api, 'chat'>): AskStore {
  const store = createStore<AskState>(() => ({
    session: 0,
    open: blank,
    loading: false,
    loadError: null,
    running: null,
    failed: null,
  }))
  let wanted: string | null = null
  let controller = new AbortController()

  function setRunning(change: Partial<RunningAsk>): void {
    store.setState(({ running }) =>
      running === null ? {} : { running: { ...running, ...change } },
    )
  }

  function setOpen(change: Partial<OpenConversation>): void {
    store.setState(({ open }) => ({ open: { ...open, ...change } }))
  }

  /**
   * Saves the answer options in the conversation. Errors are ignored: the next question sends them
   * anyway.
   */
  function remember(): void {
    const { id, scope, answering, template, sampling } = store.getState().open
    if (id === null) return
    chat.configure({ id, scope, answering, template, sampling }).catch(() => undefined)
  }

  async function openConversation(id: string): Promise<void> {
    wanted = id
    store.setState({ loading: true, loadError: null, failed: null })
    try {
      const found = await chat.get({ id })
      if (wanted !== id) return
      store.setState(({ session }) => ({
        session: session + 1,
        open: toOpen(found),
        loading: false,
      }))
    } catch (error) {
      if (wanted === id) store.setState({ loading: false, loadError: toWire(error) })
    }
  }

  function receive(item: AskItem, text: { push: (text: string) => void; flush: () => void }): void {
    switch (item.type) {
      case 'turn': {
        const { open, running } = store.getState()
        const begins = running?.conversation === null && open.id === null && wanted === null
        if (begins) {
          wanted = item.conversation
          setOpen({ id: item.conversation, title: titleFrom(item.turn.question) })
        }
        setRunning({ conversation: item.conversation, turn: item.turn })
        return
      }
      case 'searching':
        setRunning({ stage: { kind: 'searching', passages: item.passages } })
        return
      case 'sources':
        setRunning({ stage: { kind: 'found' }, sources: item.sources })
        return
      case 'loading-model':
        setRunning({ stage: { kind: 'loading-model', fraction: item.fraction } })
        return
      case 'reading':
        setRunning({
          stage: {
            kind: 'reading',
            done: item.done,
            total: item.total,
            secondsLeft: item.secondsLeft,
          },
        })
        return
      case 'text':
        text.push(item.text)
        return
      case 'done':
        text.flush()
        finish(item.turn)
    }
  }

  function finish(turn: Turn): void {
    const { open, running } = store.getState()
    if (running === null) return
    const here = running.conversation === open.id
    store.setState({
      running: null,
      ...(here && { open: { ...open, turns: [...turnsBefore(open, running.request), turn] } }),
    })
  }

  async function ask(request: AskRequest): Promise<void> {
    const { open, running } = store.getState()
    if (running !== null) return
    controller = new AbortController()
    store.setState({
      failed: null,
      running: {
        conversation: open.id,
        request,
        turn: null,
        stage: { kind: 'starting' },
        text: '',
        sources: [],
      },
    })
    const text = createFrameBatch((more) => {
      const current = store.getState().running
      if (current !== null) setRunning({ stage: { kind: 'writing' }, text: current.text + more })
    })
    try {
      const { question, query, replaces, ignoreThreshold } = request
      const items = chat.ask(
        {
          conversation: open.id,
          question,
          query,
          replaces,
          ignoreThreshold,
          scope: request.scope ?? open.scope,
          answering: open.answering,
          template: open.template,
          sampling: open.sampling,
        },
        { signal: controller.signal },
      )
      for await (const item of items) receive(item, text)
      if (store.getState().running !== null) throw brokenOff()
    } catch (error) {
      text.flush()
      await settleFailure(request, error)
    } finally {
      text.dispose()
    }
  }

  /** Shows what the core saved of a failed question, or else the question alone. */
  async function showKept(running: RunningAsk, turn: Turn): Promise<void> {
    const kept = await chat.get({ id: running.conversation ?? '' }).catch(() => null)
    const { open } = store.getState()
    if (open.id !== running.conversation) return
    if (kept?.turns.some(({ id, answer }) => id === turn.id && answer !== null) === true) {
      setOpen(toOpen(kept))
    } else {
      setOpen({ turns: [...turnsBefore(open, running.request), turn] })
    }
  }

  async function settleFailure(request: AskRequest, error: unknown): Promise<void> {
    const { running } = store.getState()
    const turn = running?.turn ?? null
    if (running !== null && turn !== null) await showKept(running, turn)
    const conversation = running?.conversation ?? null
    const failed = isCancelled(error) ? null : { conversation, request, error: toWire(error) }
    store.setState({ running: null, failed })
  }

  return {
    store,
    openConversation,
    newConversation(scope = { kind: 'all' }) {
      wanted = null
      store.setState(({ session }) => ({
        session: session + 1,
        open: { ...blank, scope },
        loading: false,
        loadError: null,
        failed: null,
      }))
    },
    setScope(scope) {
      setOpen({ scope })
      remember()
    },
    setAnswering(answering) {
      setOpen({ answering })
      remember()
    },
    setTemplate(template) {
      setOpen({ template })
      remember()
    },
    setSampling(sampling) {
      setOpen({ sampling })
      remember()
    },
    ask,
    stop: () => controller.abort(),
  }
}

function brokenOff(): AppError {
  return new AppError('disconnected', 'The answer broke off. Ask again.')
}
