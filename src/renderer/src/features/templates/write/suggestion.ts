import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SuggestItem } from '../../../../../shared/contract/testRuns.ts'
import type { Example } from '../../../../../shared/domain/template/template.ts'
import { isCancelled, toWire } from '../../../../../shared/errors.ts'
import type { Api } from '../../../api/api.ts'

export type Suggested = Extract<SuggestItem, { type: 'done' }>
export type SuggestStep = Extract<SuggestItem, { type: 'step' }>['step']

export interface SuggestionState {
  readonly running: boolean
  readonly stopped: boolean
  /** Answers given, of those that it takes at most; null before the first. */
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly steps: readonly SuggestStep[]
  readonly found: Suggested | null
  readonly problem: string | null
}

type Input = Parameters<Api['testRuns']['suggestExamples']>[0]

/** A choice of examples under way. */
export interface Suggestion {
  readonly store: StoreApi<SuggestionState>
  start(input: Input): Promise<void>
  /** Ends it; what was found by then is kept. */
  stop(): void
}

const idle: SuggestionState = {
  running: false,
  stopped: false,
  progress: null,
  steps: [],
  found: null,
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
      case 'done':
        store.setState({ found: item })
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

/** The chosen examples on and first, in the order of the prompt; the others stay, switched off. */
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
