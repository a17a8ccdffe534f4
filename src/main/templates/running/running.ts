import { createMutex } from '../../flow/mutex.ts'
import type { Foreground } from '../../llm/foreground.ts'
import { createVectorCache, type VectorCache } from './nearestExamples.ts'
import type { RowAnswerDeps } from './ports.ts'
import type { RunArmsDeps } from './runArms.ts'
import { createTemplateRunner, type TemplateRunner } from './templateRunner.ts'

export interface RunningDeps extends Omit<RowAnswerDeps, 'llm'> {
  readonly foreground: Foreground
  readonly llm: RowAnswerDeps['llm']
  readonly onUnexpectedError: (error: unknown) => void
}

export interface Running {
  /** For calls that a user waits for. */
  readonly runner: TemplateRunner
  /** For runs: pauses while a user waits for the model. */
  readonly inBackground: RunArmsDeps & { readonly vectors: VectorCache }
}

/** Creates the functions that run templates, which share a cache of vectors. */
export function createRunning(deps: RunningDeps): Running {
  const { foreground, embedder, onUnexpectedError } = deps
  const vectors = createVectorCache(embedder)
  return {
    runner: createTemplateRunner({
      ...deps,
      llm: foreground.llm,
      vectors,
      pauseBackground: () => foreground.pauseBackground(),
    }),
    inBackground: {
      ...deps,
      vectors,
      idle: (signal) => foreground.idle(signal),
      inTurn: createMutex(),
      onUnexpectedError,
    },
  }
}
