import { z } from 'zod'
import { modelOrigin, modelRole } from '../../shared/domain/languageModel.ts'
import type { CheckTask } from '../disk/checkTask.ts'
import type { Notice } from '../disk/jsonFile.ts'
import { openStoredValue } from '../disk/storedValue.ts'

const downloadedFile = z
  .object({
    /** Below the folder of the model; may contain folders. */
    name: z.string(),
    sizeBytes: z.number().int(),
    /** null where the publisher names none. */
    sha256: z.string().nullable(),
  })
  .readonly()
export type DownloadedFile = z.infer<typeof downloadedFile>

const registered = z
  .object({
    id: z.string(),
    role: modelRole,
    origin: modelOrigin.exclude(['bundled']),
    name: z.string(),
    /** Path of the GGUF file or of the embedder's folder. */
    file: z.string(),
    /** What was downloaded; absent for models that were added, and in older lists. */
    files: z.array(downloadedFile).readonly().optional(),
  })
  .readonly()
export type RegisteredModel = z.infer<typeof registered>

const listFile = z.object({ version: z.literal(1), models: z.array(registered).readonly() })

/** The file that lists added and downloaded models. */
export interface ModelsFile {
  all(): readonly RegisteredModel[]
  /** Adds a model to the list, or replaces the one with the same id. */
  put(model: RegisteredModel): Promise<void>
  drop(id: string): Promise<void>
  /** Resolves when no change is being written. */
  readonly settled: () => Promise<void>
  readonly check: (name: string) => CheckTask
}

export async function openModelsFile(file: string, notice: Notice): Promise<ModelsFile> {
  const stored = await openStoredValue<z.infer<typeof listFile>>({
    file,
    schema: listFile,
    otherwise: { version: 1, models: [] },
    notice,
  })

  async function change(
    apply: (before: readonly RegisteredModel[]) => readonly RegisteredModel[],
  ): Promise<void> {
    await stored.change(({ models }) => ({ version: 1, models: apply(models) }))
  }

  return {
    all: () => stored.get().models,
    put: (model) => change((before) => [...before.filter((one) => one.id !== model.id), model]),
    settled: stored.settled,
    check: stored.check,
    drop: (id) => change((before) => before.filter((one) => one.id !== id)),
  }
}
