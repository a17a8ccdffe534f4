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

/** A model without its speed, which may be worked out from others, and what was measured of it. */
export type DescribedModel = InstalledModel & { readonly measuredAs: MeasuredModel | null }

export interface DescribeDeps {
  /** Path of the file that answers; null where none does. */
  readonly inUse: () => string | null
  /** Embedders that cannot be missed: first the one whose index is in use. */
  readonly embeddersNeeded: () => readonly string[]
  /** What was measured of a file on this machine. */
  readonly measured: (file: string) => Promise<CalibrationEntry | null>
}

/** Looks into the files of a model. What is wrong with them is its `problem`. */
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

/** Headers with long vocabularies take a moment, and lists are asked for often. */
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
