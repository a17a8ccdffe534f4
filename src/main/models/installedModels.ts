import { createHash } from 'node:crypto'
import path from 'node:path'
import type { InstalledModel } from '../../shared/domain/languageModel.ts'
import { createEmitter } from '../../shared/emitter.ts'
import { AppError } from '../../shared/errors.ts'
import { remove } from '../disk/durableFile.ts'
import type { CalibrationEntry } from '../llm/calibration.ts'
import { inspectModel } from '../llm/gguf/modelFacts.ts'
import { describeModel, type DescribedModel, type ModelPlacement } from './describeModel.ts'
import type { ModelsFile, RegisteredModel } from './modelsFile.ts'
import { estimateSpeed, type MeasuredModel } from './modelSpeed.ts'

export interface InstalledModelsDeps {
  readonly modelsFile: ModelsFile
  /** The language model and the embedder that ship with the app. */
  readonly bundled: { readonly llm: string; readonly embedder: { id: string; directory: string } }
  /** Folder of downloads. Only files in it are ever deleted. */
  readonly folder: string
  /** Path of the model in use; null if there is none. */
  readonly inUse: () => string | null
  /** Embedders that must not be removed; the first is that of the index in use. */
  readonly embeddersNeeded: () => readonly string[]
  /** The measurements of a file on this computer. */
  readonly measured: (file: string) => Promise<CalibrationEntry | null>
}

/** The models that are installed: bundled, downloaded or added by the user. */
export interface InstalledModels {
  list(): Promise<readonly InstalledModel[]>
  /** Their measurements on this computer. */
  measured(): Promise<readonly MeasuredModel[]>
  /** @throws AppError `not-found`. */
  get(id: string): Promise<InstalledModel>
  /** Where a model is, without reading its files. @throws AppError `not-found`. */
  place(id: string): ModelPlacement
  /**
   * Adds a file to the list. The file stays where it is.
   *
   * @throws AppError `model-missing`, `model-load-failed` with the reason.
   */
  add(file: string): Promise<InstalledModel>
  /** Adds a downloaded model to the list. */
  addDownloaded(model: Omit<RegisteredModel, 'origin'>): Promise<void>
  /**
   * Removes a model from the list, and deletes it if it was downloaded.
   *
   * @throws AppError `not-found`; `invalid-input` for a model that is bundled or in use.
   */
  remove(id: string): Promise<void>
  /** Notifies listeners of a possible change. */
  changed(): void
  onChange(listener: () => void): () => void
}

export function createInstalledModels(deps: InstalledModelsDeps): InstalledModels {
  const { modelsFile, bundled, folder } = deps
  const changes = createEmitter()

  function changed(): void {
    changes.emit()
  }

  function placements(): readonly ModelPlacement[] {
    const { id, directory } = bundled.embedder
    const embedder = { id, role: 'passages', origin: 'bundled', name: id, file: directory } as const
    return [demo(bundled.llm), embedder, ...modelsFile.all()]
  }

  function describeAll(): Promise<readonly DescribedModel[]> {
    return Promise.all(placements().map((model) => describeModel(model, deps)))
  }

  async function list(): Promise<readonly InstalledModel[]> {
    const all = await describeAll()
    const known = all.flatMap(({ measuredAs }) => measuredAs ?? [])
    return all.map(({ measuredAs: _, ...model }) => ({
      ...model,
      speed: model.facts === null ? null : estimateSpeed(model.facts, known),
    }))
  }

  async function get(id: string): Promise<InstalledModel> {
    return (await list()).find((one) => one.id === id) ?? unknown(id)
  }

  return {
    list,
    measured: async () => (await describeAll()).flatMap(({ measuredAs }) => measuredAs ?? []),
    get,
    place: (id) => placements().find((one) => one.id === id) ?? unknown(id),
    async add(given) {
      const file = path.resolve(given)
      const { name } = await inspectModel(file)
      const known = (await list()).find((one) => one.file === file)
      if (known !== undefined) return known
      const id = idFor(file, new Set((await list()).map((one) => one.id)))
      await modelsFile.put({ id, role: 'answers', origin: 'added', name, file })
      changed()
      return get(id)
    },
    async addDownloaded(model) {
      await modelsFile.put({ ...model, origin: 'downloaded' })
      changed()
    },
    async remove(id) {
      const model = await get(id)
      checkRemovable(model, deps.embeddersNeeded())
      await modelsFile.drop(id)
      if (model.origin === 'downloaded') {
        const own = path.join(folder, id)
        if (isBelow(model.file, own)) await remove(own)
      }
      changed()
    },
    changed,
    onChange: changes.on,
  }
}

function unknown(id: string): never {
  throw new AppError('not-found', `There is no model “${id}” among the installed ones.`)
}

function demo(file: string) {
  const name = path.basename(file, '.gguf')
  return { id: 'penknife-tiny', role: 'answers', origin: 'bundled', name, file } as const
}

/** @throws AppError `invalid-input` for a model that is bundled or in use. */
function checkRemovable(
  { id, name, origin, inUse }: InstalledModel,
  embeddersNeeded: readonly string[],
): void {
  if (origin === 'bundled') {
    throw new AppError('invalid-input', `${name} comes with Penknife and stays.`)
  }
  if (embeddersNeeded.includes(id)) {
    throw new AppError(
      'invalid-input',
      `${name} finds passages, or is about to. Choose another embedder, then remove it.`,
    )
  }
  if (inUse) {
    throw new AppError(
      'invalid-input',
      `${name} is in use. Choose another model to answer, then remove it.`,
    )
  }
}

/** The file's name in lower case; with a hash of its path if that is taken. */
function idFor(file: string, taken: ReadonlySet<string>): string {
  const name = path.basename(file).replace(/\.gguf$/iu, '')
  const id = name.toLowerCase().replaceAll(/[^a-z0-9.-]+/gu, '-') || 'model'
  if (!taken.has(id)) return id
  return `${id}-${createHash('sha256').update(file).digest('hex').slice(0, 6)}`
}

function isBelow(file: string, folder: string): boolean {
  const relative = path.relative(folder, file)
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
}
