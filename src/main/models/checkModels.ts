import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { CheckTask, FoundFault } from '../disk/checkTask.ts'
import { whenMissing } from '../disk/systemError.ts'
import { AppError } from '../../shared/errors.ts'
import { readGguf } from '../llm/gguf/readGguf.ts'
import { fileOf } from './downloads/downloadPlan.ts'
import { verifyFile } from './downloads/verifyFile.ts'
import { embedderProblem } from './installedEmbedders.ts'
import type { DownloadedFile, RegisteredModel } from './modelsFile.ts'

/**
 * The check of each model that was downloaded or added: its files are there, have the size that was
 * downloaded, and a header that can be read.
 *
 * @param isWhole whether the files are read in full as well, and compared with the publisher's hash.
 */
export function modelChecks(
  models: readonly RegisteredModel[],
  isWhole: boolean,
): readonly CheckTask[] {
  return models.map((model) => ({
    name: model.name,
    files: model.files?.length ?? 1,
    async find(signal, onFraction = () => undefined) {
      const broken = await findBroken(model)
      if (broken !== null) return [faultOf(model, model.file, broken)]
      const sizes = await findSizes(model)
      if (sizes.length > 0 || !isWhole) return sizes
      return findOtherBytes(model, onFraction, signal)
    },
  }))
}

type ModelFault = 'model-missing' | 'model-damaged' | 'model-size' | 'model-hash'

/** Neither downloading nor choosing a file again is up to a repair. */
function faultOf({ name }: RegisteredModel, file: string, kind: ModelFault): FoundFault {
  return { name, file, kind, lines: null, repair: null, runRepair: null }
}

async function findBroken({ role, name, file }: RegisteredModel): Promise<ModelFault | null> {
  if (!existsSync(file)) return 'model-missing'
  if (role === 'passages') return embedderProblem(name, file) === null ? null : 'model-missing'
  try {
    await readGguf(file)
    return null
  } catch (error) {
    if (error instanceof AppError) return 'model-damaged'
    throw error
  }
}

async function findSizes(model: RegisteredModel): Promise<readonly FoundFault[]> {
  const faults: FoundFault[] = []
  for (const known of model.files ?? []) {
    const file = placeOf(model, known)
    const stats = await stat(file).catch(whenMissing(null))
    if (stats === null) faults.push(faultOf(model, file, 'model-missing'))
    else if (stats.size !== known.sizeBytes) faults.push(faultOf(model, file, 'model-size'))
  }
  return faults
}

async function findOtherBytes(
  model: RegisteredModel,
  onFraction: (fraction: number) => void,
  signal: AbortSignal,
): Promise<readonly FoundFault[]> {
  const files = model.files ?? []
  const total = Math.max(1, sum(files))
  const faults: FoundFault[] = []
  for (const [index, known] of files.entries()) {
    if (known.sha256 === null) continue
    const before = sum(files.slice(0, index))
    const onBytes = (bytes: number): void => onFraction((before + bytes) / total)
    const file = placeOf(model, known)
    if (!(await hasHash(file, known.sha256, onBytes, signal))) {
      faults.push(faultOf(model, file, 'model-hash'))
    }
  }
  return faults
}

function sum(files: readonly DownloadedFile[]): number {
  return files.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0)
}

async function hasHash(...given: Parameters<typeof verifyFile>): Promise<boolean> {
  try {
    await verifyFile(...given)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'model-load-failed') return false
    throw error
  }
}

function placeOf({ role, file }: RegisteredModel, { name }: DownloadedFile): string {
  return fileOf(role === 'passages' ? file : path.dirname(file), name)
}
