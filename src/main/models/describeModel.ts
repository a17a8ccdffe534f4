import { stat } from 'node:fs/promises'
import type { InstalledModel, ModelFacts } from '../../shared/domain/languageModel.ts'
import { AppError } from '../../shared/errors.ts'
import { folderSize } from '../disk/folderSize.ts'
import type { CalibrationEntry } from '../llm/calibration.ts'
import { inspectModel } from '../llm/gguf/modelFacts.ts'
import { embedderProblem } from './installedEmbedders.ts'
import type { MeasuredModel } from './modelSpeed.ts'

/** Where a model is. */
export type ModelPlacement = Pick<InstalledModel, 'id' | 'role' | 'origin' | 'name' | 'file'>

/** A model without its speed, which may be estimated from others, and its measurements. */
export type DescribedModel = InstalledModel & { readonly measuredAs: MeasuredModel | null }

export interface DescribeDeps {
  /** Path of the model in use; null if there is none. */
  readonly inUse: () => string | null
  /** Embedders that must not be removed; the first is that of the index in use. */
  readonly embeddersNeeded: () => readonly string[]
  /** The measurements of a file on this computer. */
  readonly measured: (file: string) => Promise<CalibrationEntry | null>
}

/** Reads the metadata of a model's files. An error becomes its `problem`. */
export async function describeModel(
  model: ModelPlacement,
  deps: DescribeDeps,
): Promise<DescribedModel> {
  if (model.role === 'passages') return describeEmbedder(model, deps)
  const { facts, problem } = await inspected(model.file)
  const measured = facts === null ? null : await deps.measured(model.file)
  return {
    ...model,
    name: facts?.name ?? model.name,
    sizeBytes: facts?.sizeBytes ?? 0,
    facts,
    speed: null,
    inUse: deps.inUse() === model.file,
    problem,
    measuredAs: facts === null || measured === null ? null : { facts, measured },
  }
}

async function describeEmbedder(
  model: ModelPlacement,
  { embeddersNeeded }: DescribeDeps,
): Promise<DescribedModel> {
  return {
    ...model,
    facts: null,
    speed: null,
    measuredAs: null,
    sizeBytes: await folderSize(model.file),
    problem: embedderProblem(model.name, model.file),
    inUse: model.id === embeddersNeeded()[0],
  }
}

async function inspected(
  file: string,
): Promise<{ readonly facts: ModelFacts | null; readonly problem: string | null }> {
  try {
    return { facts: await cachedFacts(file), problem: null }
  } catch (error) {
    if (error instanceof AppError) return { facts: null, problem: error.message }
    throw error
  }
}

/**
 * Cached, since headers with long vocabularies take a while to read and the list is requested
 * often.
 */
const remembered = new Map<string, { readonly key: string; readonly facts: ModelFacts }>()

async function cachedFacts(file: string): Promise<ModelFacts> {
  const stats = await stat(file).catch(() => undefined)
  const key = `${String(stats?.size)} ${String(stats?.mtimeMs)}`
  const known = remembered.get(file)
  if (known?.key === key) return known.facts
  const facts = await inspectModel(file)
  remembered.set(file, { key, facts })
  return facts
}
