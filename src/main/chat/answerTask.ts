import type { AskItem } from '../../shared/contract/chat.ts'
import type { AnswerDeps, AnswerModel, AnswerRequest } from './answerDeps.ts'
import type { AnswerProgress } from './answerProgress.ts'

/** A question being answered: what every step needs. */
export interface AnswerTask {
  readonly deps: AnswerDeps
  readonly request: AnswerRequest
  readonly progress: AnswerProgress
  readonly emit: (item: AskItem) => void
  readonly signal: AbortSignal
}

/** Waits until the model is loaded; null: passages only. */
export function loadModel({ deps, emit, signal }: AnswerTask): Promise<AnswerModel | null> {
  return deps.model((fraction) => emit({ type: 'loading-model', fraction }), signal)
}
