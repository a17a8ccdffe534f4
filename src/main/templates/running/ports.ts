import type { Scope } from '../../../shared/domain/conversation.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import type { Embedder } from '../../embedding/embedder.ts'
import type { Llm, LlmInfo } from '../../llm/llm.ts'
import type { TitledPassage } from '../../retrieval/titledPassages.ts'

/** Passages of the library for a row, best first. */
export type FindSources = (
  query: string,
  scope: Scope,
  limit: number,
  signal: AbortSignal,
) => Promise<readonly TitledPassage[]>

/** Dependencies of answering a row. */
export interface RowAnswerDeps {
  readonly llm: Pick<Llm, 'countTokens' | 'render' | 'generate' | 'choose'>
  readonly embedder: Pick<Embedder, 'id' | 'embed'>
  /**
   * Waits until a model can answer: the chosen one, or that of a file. The same object is returned
   * until a model is loaded again.
   *
   * @returns null if none is wanted or none can be loaded.
   * @throws AppError `cancelled`.
   */
  readonly model: (
    onLoading: (fraction: number | null) => void,
    signal: AbortSignal,
    file?: string,
  ) => Promise<LlmInfo | null>
  readonly findSources: FindSources
}

/** The parts of the template and test set stores that runs need. */
export interface RunMaterial {
  /** Whether a template exists: neither deleted nor hidden. */
  isThere(template: string): boolean
  /** @throws AppError `not-found`. */
  version(template: string, version: number): Promise<Template>
  /** @throws AppError `not-found`. */
  testSet(id: string): Promise<{
    readonly id: string
    readonly name: string
    readonly version: number
  }>
  /** The rows that count with this template: not excluded by hand or by the similarity rule. */
  includedRows(testSet: string, template: Template): Promise<readonly TestRow[]>
}
