import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { modelOrigin, modelRole } from '../../shared/domain/languageModel.ts'
import { readJsonFile, writeJsonFile, type Notice } from '../disk/jsonFile.ts'

const registered = z
  .object({
    id: z.string(),
    role: modelRole,
    origin: modelOrigin.exclude(['bundled']),
    name: z.string(),
    /** Path of the GGUF file, or of an embedder's folder. */
    file: z.string(),
  })
  .readonly()
export type RegisteredModel = z.infer<typeof registered>

const registryFile = z.object({ version: z.literal(1), models: z.array(registered).readonly() })

/** The models that were added or downloaded, in a file. */
export interface ModelRegistry {
  all(): readonly RegisteredModel[]
  /** Puts a model on the list, in place of one with the same id. */
  put(model: RegisteredModel): Promise<void>
  drop(id: string): Promise<void>
}

export async function openModelRegistry(file: string, notice: Notice): Promise<ModelRegistry> {
  let models = (await readJsonFile(file, registryFile, notice))?.models ?? []

  async function write(next: readonly RegisteredModel[]): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true })
    await writeJsonFile(file, { version: 1, models: next })
    models = next
  }

  return {
    all: () => models,
    put: (model) => write([...models.filter((one) => one.id !== model.id), model]),
    drop: (id) => write(models.filter((one) => one.id !== id)),
  }
}
