import { createHash } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { InstalledModel, ModelFacts } from '../../shared/domain/languageModel.ts'
import { createEmitter } from '../../shared/emitter.ts'
import { AppError } from '../../shared/errors.ts'
import { folderSize } from '../disk/folderSize.ts'
import type { CalibrationEntry } from '../llm/calibration.ts'
import { inspectModel } from '../llm/gguf/modelFacts.ts'
import { embedderProblem } from './installedEmbedders.ts'
import type { ModelRegistry, RegisteredModel } from './modelRegistry.ts'
import { estimateSpeed, type MeasuredModel } from './modelSpeed.ts'

export interface ModelLibraryDeps {
  readonly registry: ModelRegistry
  /** The language model and the embedder that come with the app. */
  readonly bundled: { readonly llm: string; readonly embedder: { id: string; directory: string } }
  /** Where downloads lie; only what is below it is ever deleted. */
  readonly folder: string
  /** Path of the file that answers; null where none does. */
  readonly inUse: () => string | null
  /** Embedders that cannot be missed: first the one whose index is in use. */
  readonly embeddersNeeded: () => readonly string[]
  /** What was measured of a file on this machine. */
  readonly measured: (file: string) => Promise<CalibrationEntry | null>
}

export type ModelPlacement = Pick<InstalledModel, 'id' | 'role' | 'origin' | 'name' | 'file'>

/** The models that can be used. */
export interface ModelLibrary {
  list(): Promise<readonly InstalledModel[]>
  /** What was measured of them on this machine. */
  measured(): Promise<readonly MeasuredModel[]>
  /** @throws AppError `not-found`. */
  get(id: string): Promise<InstalledModel>
  /** Where a model lies, without a look into its files. @throws AppError `not-found`. */
  place(id: string): ModelPlacement
  /**
   * Puts a file on the list where it lies.
   *
   * @throws AppError `model-missing`, `model-load-failed` with the reason.
   */
  add(file: string): Promise<InstalledModel>
  /** Puts what was downloaded on the list. */
  addDownloaded(model: Omit<RegisteredModel, 'origin'>): Promise<void>
  /**
   * Takes a model off the list and deletes it if it was downloaded.
   *
   * @throws AppError `not-found`; `invalid-input` for what is bundled or in use.
   */
  remove(id: string): Promise<void>
  /** Tells listeners that something may look different. */
  changed(): void
  onChange(listener: () => void): () => void
}

export function createModelLibrary(deps: ModelLibraryDeps): ModelLibrary {
  const { registry, bundled, folder } = deps
  const changes = createEmitter()

  function changed(): void {
    changes.emit()
  }

  async function describe(
    model: ModelPlacement,
  ): Promise<InstalledModel & { readonly measuredAs: MeasuredModel | null }> {
    if (model.role === 'passages') return describeEmbedder(model)
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

  async function describeEmbedder(model: ModelPlacement) {
    const own = { facts: null, speed: null, measuredAs: null }
    return {
      ...model,
      ...own,
      sizeBytes: await folderSize(model.file),
      problem: embedderProblem(model.name, model.file),
      inUse: model.id === deps.embeddersNeeded()[0],
    }
  }

  function placements(): readonly ModelPlacement[] {
    const { id, directory } = bundled.embedder
    const embedder = { id, role: 'passages', origin: 'bundled', name: id, file: directory } as const
    return [demo(bundled.llm), embedder, ...registry.all()]
  }

  function describeAll() {
    return Promise.all(placements().map(describe))
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
      await registry.put({ id, role: 'answers', origin: 'added', name, file })
      changed()
      return get(id)
    },
    async addDownloaded(model) {
      await registry.put({ ...model, origin: 'downloaded' })
      changed()
    },
    async remove(id) {
      const model = await get(id)
      if (model.origin === 'bundled') {
        throw new AppError('invalid-input', `${model.name} comes with Penknife and stays.`)
      }
      if (deps.embeddersNeeded().includes(id)) {
        throw new AppError(
          'invalid-input',
          `${model.name} finds passages, or is about to. Choose another embedder, then remove it.`,
        )
      }
      if (model.inUse) {
        throw new AppError(
          'invalid-input',
          `${model.name} is in use. Choose another model to answer, then remove it.`,
        )
      }
      await registry.drop(id)
      if (model.origin === 'downloaded') {
        const own = path.join(folder, id)
        if (isBelow(model.file, own)) await rm(own, { recursive: true, force: true })
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

/** The file's name in small letters; with a mark of its folder where that is taken. */
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
