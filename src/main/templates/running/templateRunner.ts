import type { AppContract } from '../../../shared/contract/index.ts'
import type { TryItem } from '../../../shared/contract/templates.ts'
import { isCancelled, toWire } from '../../../shared/errors.ts'
import { createAsyncQueue } from '../../../shared/rpc/asyncQueue.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'
import { createStoppableWork } from '../../flow/stoppableWork.ts'
import { previewTemplate } from './previewTemplate.ts'
import { createTokenLengths } from './tokenLengths.ts'
import { tryTemplate, type TryDeps } from './tryTemplate.ts'

/** Previews the prompt of a template, and tries it. */
export interface TemplateRunner extends Pick<
  Handlers<AppContract>['templates'],
  'preview' | 'try'
> {
  /** Stops all trials; resolves when they have ended. */
  dispose(): Promise<void>
}

export interface TemplateRunnerDeps extends TryDeps {
  /**
   * Makes background runs wait until the returned function is called, also between the inputs of
   * one trial.
   */
  readonly pauseBackground: () => () => void
}

export function createTemplateRunner(deps: TemplateRunnerDeps): TemplateRunner {
  const trials = createStoppableWork()
  const previewing = { ...deps, lengths: createTokenLengths(deps.llm) }
  return {
    async preview(input, { signal }) {
      const release = deps.pauseBackground()
      try {
        return await previewTemplate(previewing, input, signal)
      } finally {
        release()
      }
    },
    try(input, { signal }) {
      const items = createAsyncQueue<TryItem>(() => undefined)
      const release = deps.pauseBackground()
      trials
        .run((stoppable) => tryTemplate(deps, input, items.push, stoppable), signal)
        .catch((error: unknown) => {
          if (isCancelled(error)) return
          deps.onUnexpectedError(error)
          items.push({ type: 'failed', index: 0, message: toWire(error).message })
        })
        .finally(() => {
          release()
          items.end()
        })
        .catch(deps.onUnexpectedError)
      return { [Symbol.asyncIterator]: () => items.iterator }
    },
    dispose: () => trials.stop(),
  }
}
