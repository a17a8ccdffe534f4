import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SuggestItem } from '../../../../../shared/contract/testRuns.ts'
import type { Example } from '../../../../../shared/domain/template/template.ts'
import { assertNever, isCancelled, toWire } from '../../../../../shared/errors.ts'
import type { Api } from '../../../api/api.ts'

export type SuggestResult = Extract<SuggestItem, { type: 'without' }>
export type SuggestStep = Extract<SuggestItem, { type: 'step' }>['step']
export type DrawnSet = Extract<SuggestItem, { type: 'set' }>

export interface SuggestionState {
  readonly running: boolean
  readonly stopped: boolean
  /** Answers given, and the most that it needs; null before the first. */
  readonly progress: { readonly done: number; readonly total: number } | null
  /** Right answers without examples; null until measured. */
  readonly without: SuggestResult | null
  /** The examples found so far, in the order of the prompt. */
  readonly steps: readonly SuggestStep[]
  /** Right answers with the template as written; only for a bootstrapped choice. */
  readonly written: { readonly right: number; readonly of: number } | null
  /** The best of the sets drawn so far. */
  readonly drawn: DrawnSet | null
  readonly problem: string | null
}

type Input = Parameters<Api['testRuns']['suggestExamples']>[0]

/** A running suggestion of examples. */
export interface Suggestion {
  readonly store: StoreApi<SuggestionState>
  start(input: Input): Promise<void>
  /** Stops it, and keeps the examples found so far. */
  stop(): void
}

const idle: SuggestionState = {
  running: false,
  stopped: false,
  progress: null,
  without: null,
  steps: [],
  written: null,
  drawn: null,
  problem: null,
}

export function createSuggestion({ testRuns }: Pick<Api, 'testRuns'>): Suggestion {
  const store = createStore<SuggestionState>(() => idle)
  let controller = new AbortController()

  function receive(item: SuggestItem): void {
    switch (item.type) {
      case 'loading-model':
        return
      case 'progress':
        store.setState({ progress: { done: item.done, total: item.total } })
        return
      case 'step':
        store.setState(({ steps }) => ({ steps: [...steps, item.step] }))
        return
      case 'without':
        store.setState({ without: item })
        return
      case 'written':
        store.setState({ written: item })
        return
      case 'set':
        store.setState({ drawn: item })
        return
      case 'done':
        return
      default:
        assertNever(item)
    }
  }

  return {
    store,
    async start(input) {
      controller = new AbortController()
      const { signal } = controller
      store.setState({ ...idle, running: true })
      try {
        for await (const item of testRuns.suggestExamples(input, { signal })) receive(item)
      } catch (error) {
        if (!isCancelled(error)) store.setState({ problem: toWire(error).message })
      } finally {
        store.setState({ running: false, stopped: signal.aborted })
      }
    },
    stop: () => controller.abort(),
  }
}

/**
 * Enables the chosen examples and puts them first, in the order of the prompt; the others stay,
 * disabled.
 */
export function withChosen(
  examples: readonly Example[],
  ids: readonly string[],
): readonly Example[] {
  const chosen = ids.flatMap((id) => examples.filter((one) => one.id === id))
  const others = examples.filter(({ id }) => !ids.includes(id))
  return [
    ...chosen.map((one) => ({ ...one, enabled: true })),
    ...others.map((one) => ({ ...one, enabled: false })),
  ]
}

/** Adds the drawn examples first; those of the template stay, disabled. */
export function withDrawn(
  examples: readonly Example[],
  drawn: readonly Example[],
): readonly Example[] {
  return [
    ...drawn.map((one) => ({ ...one, id: crypto.randomUUID() })),
    ...examples.map((one) => ({ ...one, enabled: false })),
  ]
}
