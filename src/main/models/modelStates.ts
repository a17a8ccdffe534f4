import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { ModelState } from '../../shared/contract/models.ts'
import { createEmitter } from '../../shared/emitter.ts'
import type { LlmInfo } from '../llm/llm.ts'
import { wantedFile, type ModelPreference } from './wantedModel.ts'

export type StateChange = Partial<Pick<ModelState, 'status' | 'fraction' | 'error'>>

/** The state of the model in use, with its listeners. */
export interface ModelStates {
  readonly current: () => ModelState
  /** Notifies listeners if the state differs. Fields missing in `change` become null. */
  readonly publish: (change: StateChange) => void
  readonly on: (listener: (state: ModelState) => void) => () => void
  clear(): void
}

/** @param loaded returns the loaded model. */
export function createModelStates(
  wish: () => ModelPreference,
  loaded: () => LlmInfo | undefined,
): ModelStates {
  const listeners = createEmitter<ModelState>()
  let state = describe({ status: 'loading' }, wish(), undefined)
  return {
    current: () => state,
    publish(change) {
      const next = describe(change, wish(), loaded())
      if (isDeepStrictEqual(next, state)) return
      state = next
      listeners.emit(state)
    },
    on: listeners.on,
    clear: listeners.clear,
  }
}

function describe(
  change: StateChange,
  wish: ModelPreference,
  loaded: LlmInfo | undefined,
): ModelState {
  const file = wantedFile(wish)
  // With passages only, the settings' model is still the one to configure.
  const configured =
    file ?? wantedFile({ ...wish, settings: { ...wish.settings, passagesOnly: false } })
  const demo = configured === wish.bundledModel
  // A run may have another model loaded.
  const own = loaded?.file === file ? loaded : undefined
  const chosen = configured === null ? undefined : wish.settings.models[configured]
  return {
    status: file === null ? 'none' : 'loading',
    fraction: null,
    error: null,
    ...change,
    file,
    name: file === null ? '' : (own?.name ?? path.basename(file, '.gguf')),
    demo,
    contextSize: own?.contextSize ?? null,
    threads: own?.threads ?? null,
    answering: chosen?.answering ?? (demo ? 'quote' : 'write'),
  }
}
