import { readFile } from 'node:fs/promises'
import { homedir, availableParallelism, cpus, freemem } from 'node:os'
import path from 'node:path'
import type { AvailableModel, CalibrateItem, Download } from '../../shared/contract/models.ts'
import type { FoundModel, MachineFacts, ModelFit } from '../../shared/domain/languageModel.ts'
import { modelCatalogue, type CatalogueEntry } from '../../shared/domain/modelCatalogue.ts'
import { AppError } from '../../shared/errors.ts'
import type { CheckTask } from '../disk/checkTask.ts'
import type { Notice } from '../disk/jsonFile.ts'
import type { Logger } from '../disk/logger.ts'
import type { SettingsStore } from '../config/settingsStore.ts'
import type { InstalledEmbedder } from '../embedding/installedEmbedder.ts'
import { createCalibration, type ChoiceWeights } from '../llm/calibration.ts'
import type { LlmInfo } from '../llm/llm.ts'
import { fitModel, totalMemory } from '../llm/gguf/modelFit.ts'
import { modelChecks } from './checkModels.ts'
import { freeOnDisk } from './downloads/diskRoom.ts'
import { mirrored, planAddress, planEntry } from './downloads/downloadPlan.ts'
import { openDownloads, type Downloads } from './downloads/downloads.ts'
import { installedEmbedder } from './installedEmbedders.ts'
import { createInstalledModels, type InstalledModels } from './installedModels.ts'
import { languageModel, measureModel, type WeighChoice } from './measureModel.ts'
import { modelPlaces } from './modelPlaces.ts'
import { openModelsFile } from './modelsFile.ts'
import type { ModelLoader } from './modelLoader.ts'
import { estimateSpeed, type MeasuredModel } from './modelSpeed.ts'
import { scanModels } from './scanModels.ts'
import { estimateBytes } from './sizeEstimate.ts'

export interface ModelActionsDeps {
  readonly loader: ModelLoader
  readonly settings: SettingsStore
  /** Folder for the list and for downloads. */
  readonly folder: string
  readonly catalogueFile: string
  readonly calibrationFile: string
  readonly bundled: { readonly llm: string; readonly embedder: { id: string; directory: string } }
  /** Embedders that must not be removed; the first is that of the index in use. */
  readonly embeddersNeeded: () => readonly string[]
  /** Measures how well the model that is loaded chooses quotes. */
  readonly weighChoice: WeighChoice
  readonly notice: Notice
  readonly logger: Pick<Logger, 'error'>
}

/** Downloads, adds, chooses and measures models. */
export interface ModelActions {
  readonly installed: InstalledModels
  readonly downloads: Downloads
  machine(): Promise<MachineFacts>
  catalogue(): Promise<readonly AvailableModel[]>
  scan(folder: string | null, signal: AbortSignal): Promise<readonly FoundModel[]>
  /** @throws AppError `not-found`, and errors of loading it. */
  use(id: string): Promise<void>
  /**
   * What is needed to run an installed embedder.
   *
   * @throws AppError `not-found`, `invalid-input` for a language model, `model-missing` if files
   * are gone.
   */
  embedder(id: string): Promise<InstalledEmbedder>
  /** Starts the download of an entry of the catalogue, or of a GGUF file at an address. */
  download(what: { readonly id: string } | { readonly url: string }): Promise<Download>
  /** Measures an installed model (null: the one in use). */
  calibrate(id: string | null, signal: AbortSignal): AsyncIterable<CalibrateItem>
  /** How much a model's choice of a quote counts; null: not measured. */
  choiceWeights(model: Pick<LlmInfo, 'file' | 'gpu'>): Promise<ChoiceWeights | null>
  /** The check of installed models, downloads and measurements; see `modelChecks`. */
  checks(isWhole: boolean): readonly CheckTask[]
  dispose(): Promise<void>
}

export async function createModelActions(deps: ModelActionsDeps): Promise<ModelActions> {
  const { loader, settings, folder, bundled, notice, logger } = deps
  const calibration = createCalibration(deps.calibrationFile, notice)
  const entries = await readCatalogue(deps.catalogueFile)
  const modelsFile = await openModelsFile(path.join(folder, 'models.json'), notice)
  const models = createInstalledModels({
    modelsFile,
    bundled,
    folder,
    inUse: () => loader.state().file,
    embeddersNeeded: deps.embeddersNeeded,
    measured: (file) => calibration.find(file, settings.get().gpu),
  })
  const downloads = await openDownloads({
    folder,
    notice,
    logger,
    proxy: () => settings.get().downloads.proxy,
    onDone: ({ id, role, name }, file, files) =>
      models.addDownloaded({ id, role, name, file, files }),
  })
  let inUse = loader.state().file
  const stopState = loader.onState(({ file }) => {
    if (file === inUse) return
    inUse = file
    models.changed()
  })

  return {
    installed: models,
    downloads,
    machine: () => machineFacts(folder),
    async catalogue() {
      const installed = new Set((await models.list()).map(({ id }) => id))
      const { mirror } = settings.get().downloads
      const known = await models.measured()
      return entries.map((entry) => available(entry, mirror, installed, known))
    },
    async scan(given, signal) {
      const own = given === null ? [] : [{ place: 'folder', folder: path.resolve(given) } as const]
      const { platform, env } = process
      const places = [...own, ...modelPlaces({ platform, env, home: homedir() })]
      const installed = new Set((await models.list()).map(({ file }) => file))
      return scanModels(places, installed, signal)
    },
    async use(id) {
      const { file, origin } = await languageModel(id, models)
      await loader.use(origin === 'bundled' ? null : file)
    },
    embedder: async (id) => installedEmbedder(models.place(id), entries),
    async download(what) {
      if ('url' in what) return downloads.start(planAddress(what.url))
      const entry = entries.find(({ id }) => id === what.id)
      if (entry === undefined) {
        throw new AppError('not-found', `The catalogue has no model “${what.id}”.`)
      }
      return downloads.start(planEntry(entry, settings.get().downloads.mirror))
    },
    calibrate: (id, signal) =>
      measureModel(id, { loader, models, calibration, weighChoice: deps.weighChoice }, signal),
    choiceWeights: async ({ file, gpu }) =>
      (await calibration.find(file, gpu === true))?.choice ?? null,
    checks: (isWhole) => [
      modelsFile.check('List of models'),
      calibration.check('Measured speeds'),
      ...downloads.checks(),
      ...modelChecks(modelsFile.all(), isWhole),
    ],
    async dispose() {
      stopState()
      await downloads.dispose()
      await modelsFile.settled()
    },
  }
}

async function machineFacts(folder: string): Promise<MachineFacts> {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalMemory(),
    freeMemoryBytes: Math.min(freemem(), totalMemory()),
    modelsFolder: folder,
    freeDiskBytes: await freeOnDisk(folder),
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
