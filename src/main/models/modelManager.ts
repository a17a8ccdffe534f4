import { readFile } from 'node:fs/promises'
import { homedir, availableParallelism, cpus, freemem } from 'node:os'
import path from 'node:path'
import type { AvailableModel, CalibrateItem, Download } from '../../shared/contract/models.ts'
import type {
  FoundModel,
  InstalledModel,
  MachineFacts,
  ModelFit,
} from '../../shared/domain/languageModel.ts'
import { modelCatalogue, type CatalogueEntry } from '../../shared/domain/modelCatalogue.ts'
import { AppError } from '../../shared/errors.ts'
import { createAsyncQueue } from '../../shared/rpc/asyncQueue.ts'
import type { Notice } from '../disk/jsonFile.ts'
import type { Logger } from '../disk/logger.ts'
import type { SettingsStore } from '../config/settingsStore.ts'
import type { InstalledEmbedder } from '../embedding/installedEmbedder.ts'
import { createCalibration } from '../llm/calibration.ts'
import type { LoadProgress } from '../llm/llm.ts'
import { fitModel, totalMemory } from '../llm/gguf/modelFit.ts'
import { freeOnDisk } from './downloads/diskRoom.ts'
import { mirrored, planAddress, planEntry } from './downloads/downloadPlan.ts'
import { openDownloads, type Downloads } from './downloads/downloads.ts'
import { installedEmbedder } from './installedEmbedders.ts'
import { createModelLibrary, type ModelLibrary } from './modelLibrary.ts'
import { modelPlaces } from './modelPlaces.ts'
import { openModelRegistry } from './modelRegistry.ts'
import type { ModelService } from './modelService.ts'
import { estimateSpeed, type MeasuredModel } from './modelSpeed.ts'
import { scanModels } from './scanModels.ts'
import { estimateBytes } from './sizeEstimate.ts'

export interface ModelManagerDeps {
  readonly service: ModelService
  readonly settings: SettingsStore
  /** Folder for the list and for downloads. */
  readonly folder: string
  readonly catalogueFile: string
  readonly calibrationFile: string
  readonly bundled: { readonly llm: string; readonly embedder: { id: string; directory: string } }
  /** Embedders that cannot be missed: first the one whose index is in use. */
  readonly embeddersNeeded: () => readonly string[]
  readonly notice: Notice
  readonly logger: Pick<Logger, 'error'>
}

/** Getting models, choosing among them, and taking their measure. */
export interface ModelManager {
  readonly library: ModelLibrary
  readonly downloads: Downloads
  machine(): Promise<MachineFacts>
  catalogue(): Promise<readonly AvailableModel[]>
  scan(folder: string | null, signal: AbortSignal): Promise<readonly FoundModel[]>
  /** @throws AppError `not-found`, and what loading it fails with. */
  use(id: string): Promise<void>
  /**
   * What is to be known to run an installed embedder.
   *
   * @throws AppError `not-found`, `invalid-input` for a model that writes answers, `model-missing`
   * where files are gone.
   */
  embedder(id: string): Promise<InstalledEmbedder>
  /** Starts to fetch an entry of the catalogue or a GGUF file from an address. */
  download(what: { readonly id: string } | { readonly url: string }): Promise<Download>
  /** Measures an installed model (null: the one in use). */
  calibrate(id: string | null, signal: AbortSignal): AsyncIterable<CalibrateItem>
  dispose(): Promise<void>
}

export async function createModelManager(deps: ModelManagerDeps): Promise<ModelManager> {
  const { service, settings, folder, bundled, notice, logger } = deps
  const calibration = createCalibration(deps.calibrationFile, notice)
  const entries = await readCatalogue(deps.catalogueFile)
  const library = createModelLibrary({
    registry: await openModelRegistry(path.join(folder, 'models.json'), notice),
    bundled,
    folder,
    inUse: () => service.state().file,
    embeddersNeeded: deps.embeddersNeeded,
    measured: (file) => calibration.find(file, settings.get().gpu),
  })
  const downloads = await openDownloads({
    folder,
    notice,
    logger,
    proxy: () => settings.get().downloads.proxy,
    onDone: ({ id, role, name }, file) => library.addDownloaded({ id, role, name, file }),
  })
  let inUse = service.state().file
  const stopState = service.onState(({ file }) => {
    if (file === inUse) return
    inUse = file
    library.changed()
  })

  async function measure(
    id: string | null,
    push: (item: CalibrateItem) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const file = id === null ? service.state().file : (await languageModel(id)).file
    if (file === null) throw new AppError('not-found', 'No model is in use. Name one to measure.')
    const told = ({ stage, fraction }: LoadProgress): void => push({ type: stage, fraction })
    const { gpu } = await service.calibrate(file, told, signal)
    const entry = await calibration.find(file, gpu === true)
    if (entry === null) throw new Error('Nothing was measured')
    push({ type: 'done', threads: entry.threads, measured: entry.measured })
    library.changed()
  }

  async function languageModel(id: string): Promise<InstalledModel> {
    const model = await library.get(id)
    if (model.role === 'answers') return model
    throw new AppError('invalid-input', `${model.name} finds passages; it does not write answers.`)
  }

  return {
    library,
    downloads,
    machine: async () => ({
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryBytes: totalMemory(),
      freeMemoryBytes: Math.min(freemem(), totalMemory()),
      modelsFolder: folder,
      freeDiskBytes: await freeOnDisk(folder),
    }),
    async catalogue() {
      const installed = new Set((await library.list()).map(({ id }) => id))
      const { mirror } = settings.get().downloads
      const known = await library.measured()
      return entries.map((entry) => available(entry, mirror, installed, known))
    },
    async scan(given, signal) {
      const own = given === null ? [] : [{ place: 'folder', folder: path.resolve(given) } as const]
      const { platform, env } = process
      const places = [...own, ...modelPlaces({ platform, env, home: homedir() })]
      const installed = new Set((await library.list()).map(({ file }) => file))
      return scanModels(places, installed, signal)
    },
    async use(id) {
      const { file, origin } = await languageModel(id)
      await service.use(origin === 'bundled' ? null : file)
    },
    embedder: async (id) => installedEmbedder(library.place(id), entries),
    async download(what) {
      if ('url' in what) return downloads.start(planAddress(what.url))
      const entry = entries.find(({ id }) => id === what.id)
      if (entry === undefined) {
        throw new AppError('not-found', `The catalogue has no model “${what.id}”.`)
      }
      return downloads.start(planEntry(entry, settings.get().downloads.mirror))
    },
    calibrate(id, signal) {
      const stopped = new AbortController()
      const queue = createAsyncQueue<CalibrateItem>(() => stopped.abort())
      measure(id, queue.push, AbortSignal.any([signal, stopped.signal])).then(
        () => queue.end(),
        (error: unknown) => queue.fail(error),
      )
      return { [Symbol.asyncIterator]: () => queue.iterator }
    },
    async dispose() {
      stopState()
      await downloads.dispose()
    },
  }
}

async function readCatalogue(file: string): Promise<readonly CatalogueEntry[]> {
  return modelCatalogue.parse(JSON.parse(await readFile(file, 'utf8'))).models
}

function available(
  entry: CatalogueEntry,
  mirror: string | null,
  installed: ReadonlySet<string>,
  known: readonly MeasuredModel[],
): AvailableModel {
  const sizes = entry.files.map(({ sizeBytes }) => sizeBytes)
  const sizeBytes = sizes.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0)
  const aboutBytes = sizeBytes ?? estimateBytes(entry)
  return {
    ...entry,
    host: new URL(mirrored(entry.files[0]?.url ?? '', mirror)).host,
    sizeBytes,
    aboutBytes,
    fits: fitOf(entry, aboutBytes),
    speed: aboutBytes === null ? null : estimateSpeed({ ...entry, sizeBytes: aboutBytes }, known),
    installed: installed.has(entry.id),
  }
}

function fitOf(
  { vocabulary, contextTokenBytes, contextLength }: CatalogueEntry,
  sizeBytes: number | null,
): ModelFit | null {
  if (sizeBytes === null || vocabulary === null || contextTokenBytes === null) return null
  return fitModel({ sizeBytes, vocabulary, contextTokenBytes, contextLength })
}
