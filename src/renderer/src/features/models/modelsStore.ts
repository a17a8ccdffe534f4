import { createStore, type StoreApi } from 'zustand/vanilla'
import type { FoundModel, InstalledModel } from '../../../../shared/domain/languageModel.ts'
import { toWire } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'
import type { ModelsMirror } from '../../mirror/models.ts'

/** The open dialog. */
export type ModelsSheet =
  /** `lost`: name of a dropped file without a path (in a browser). */
  | { readonly kind: 'add'; readonly file: string; readonly lost: string | null }
  | { readonly kind: 'address' }
  | { readonly kind: 'get'; readonly id: string }
  | { readonly kind: 'about'; readonly id: string }
  | { readonly kind: 'licence'; readonly id: string }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'cancel'; readonly id: string }
  | { readonly kind: 'measure'; readonly id: string }
  | { readonly kind: 'embedder'; readonly id: string }
  | { readonly kind: 'cancel-rebuild' }

export type Scan =
  | { readonly status: 'none' }
  | { readonly status: 'running'; readonly folder: string | null }
  | {
      readonly status: 'done'
      readonly folder: string | null
      readonly found: readonly FoundModel[]
    }
  | { readonly status: 'failed'; readonly message: string }

export interface ModelsState {
  readonly scan: Scan
  readonly sheet: ModelsSheet | null
  /** Id or path of the model being loaded. */
  readonly switching: string | null
  /** Why the last chosen model couldn't be loaded. */
  readonly switchProblem: string | null
}

export type Which = { readonly id: string } | { readonly file: string | null }

export interface ModelsStore {
  readonly store: StoreApi<ModelsState>
  /** Installed and downloadable models. */
  readonly mirror: ModelsMirror
  /** Loads a model and uses it; an error is in `switchProblem`. */
  use(which: Which): Promise<void>
  dismissProblem(): void
  unload(): void
  show(sheet: ModelsSheet): void
  closeSheet(): void
  /** Scans for models of other programs, and in `folder`. */
  scan(folder: string | null): Promise<void>
  /** Adds a file to the list without copying it. */
  add(file: string): Promise<InstalledModel>
  remove(id: string): void
  /** @throws AppError with the reason. */
  startDownload(what: { readonly id: string } | { readonly url: string }): Promise<void>
  pause(id: string): void
  resume(id: string): void
  /** Stops a download and removes it. */
  cancel(id: string): void
  /** Starts building the index for another embedder. */
  useEmbedder(id: string): void
  pauseRebuild(): void
  resumeRebuild(): void
  cancelRebuild(): void
  dispose(): void
}

export interface ModelsStoreDeps {
  readonly api: Pick<Api, 'models'>
  readonly mirror: ModelsMirror
  readonly onError: (error: unknown, fallback: string) => void
}

/** The actions on models, and the open dialog. */
export function createModelsStore({ api, mirror, onError }: ModelsStoreDeps): ModelsStore {
  const { models } = api
  const store = createStore<ModelsState>(() => ({
    scan: { status: 'none' },
    sheet: null,
    switching: null,
    switchProblem: null,
  }))
  let scanning = new AbortController()

  function attempt(work: Promise<unknown>, fallback: string): void {
    work.catch((error: unknown) => onError(error, fallback))
  }

  return {
    store,
    mirror,
    async use(which) {
      const name = 'id' in which ? which.id : (which.file ?? 'demo')
      store.setState({ switching: name, switchProblem: null })
      try {
        await models.use('id' in which ? { id: which.id } : { file: which.file })
      } catch (error) {
        if (store.getState().switching === name) {
          store.setState({ switchProblem: toWire(error).message })
        }
      } finally {
        if (store.getState().switching === name) store.setState({ switching: null })
      }
    },
    dismissProblem: () => store.setState({ switchProblem: null }),
    unload: () => attempt(models.unload(), 'The model could not be unloaded.'),
    show: (sheet) => store.setState({ sheet }),
    closeSheet: () => store.setState({ sheet: null }),
    async scan(folder) {
      scanning.abort()
      scanning = new AbortController()
      const { signal } = scanning
      store.setState({ scan: { status: 'running', folder } })
      try {
        const found = await models.scan({ folder }, { signal })
        if (!signal.aborted) store.setState({ scan: { status: 'done', folder, found } })
      } catch (error) {
        if (signal.aborted) return
        store.setState({ scan: { status: 'failed', message: toWire(error).message } })
      }
    },
    async add(file) {
      const model = await models.add({ file })
      store.setState(({ scan }) => ({ scan: withInstalled(scan, model.file) }))
      return model
    },
    remove: (id) => attempt(models.remove({ id }), 'The model could not be removed. Try again.'),
    async startDownload(what) {
      const started = await models.startDownload(what)
      mirror.downloads.change((downloads) =>
        downloads.some(({ id }) => id === started.id) ? downloads : [...downloads, started],
      )
    },
    pause: (id) => attempt(models.pauseDownload({ id }), 'The download could not be paused.'),
    resume: (id) => attempt(models.resumeDownload({ id }), 'The download could not go on.'),
    cancel: (id) => attempt(models.cancelDownload({ id }), 'The download could not be ended.'),
    useEmbedder: (id) =>
      attempt(models.useEmbedder({ id }), 'The embedder could not be changed. Try again.'),
    pauseRebuild: () => attempt(models.pauseRebuild(), 'The new index could not be paused.'),
    resumeRebuild: () => attempt(models.resumeRebuild(), 'The new index could not go on.'),
    cancelRebuild: () => attempt(models.cancelRebuild(), 'The new index could not be ended.'),
    dispose: () => scanning.abort(),
  }
}

function withInstalled(scan: Scan, file: string): Scan {
  if (scan.status !== 'done') return scan
  const found = scan.found.map((one) => (one.file === file ? { ...one, installed: true } : one))
  return { ...scan, found }
}
