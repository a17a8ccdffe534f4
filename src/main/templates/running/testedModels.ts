import path from 'node:path'
import type { TestedModel } from '../../../shared/domain/testRun/run.ts'
import { inspectModel } from '../../llm/gguf/modelFacts.ts'
import type { ModelHashes } from './modelHash.ts'

/** The models of a run. */
export interface TestedModels {
  /** No two of them are the same file. */
  readonly models: readonly TestedModel[]
  /** What is left out since it is the same as another, a sentence each. */
  readonly notRun: readonly string[]
}

/**
 * Reads what a run must know of its models, without loading one. Of copies of a file the first is
 * kept: their answers can't differ.
 *
 * @throws AppError `model-missing`, `model-load-failed` with the reason.
 */
export async function testedModels(
  files: readonly string[],
  hashes: Pick<ModelHashes, 'of'>,
  signal: AbortSignal,
): Promise<TestedModels> {
  const models: TestedModel[] = []
  const notRun: string[] = []
  for (const given of new Set(files.map((file) => path.resolve(file)))) {
    const { name, fits } = await inspectModel(given)
    const sha256 = await hashes.of(given, signal)
    const same = models.find((one) => one.sha256 === sha256)
    if (same === undefined) {
      models.push({ file: given, name, sha256, memoryBytes: fits.memoryBytes })
    } else {
      notRun.push(`${given} is the same model as ${same.file}, so it isn’t run.`)
    }
  }
  return { models: models.map((model) => named(model, models)), notRun }
}

/** Two models of one name, such as two quantisations, are known by their files. */
function named(model: TestedModel, all: readonly TestedModel[]): TestedModel {
  if (all.filter(({ name }) => name === model.name).length === 1) return model
  return { ...model, name: path.basename(model.file, '.gguf') }
}
