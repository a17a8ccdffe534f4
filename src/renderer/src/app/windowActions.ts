import type { DocumentHit } from '../../../shared/contract/documents.ts'
import type { Scope } from '../../../shared/domain/conversation.ts'
import { readableExtensions } from '../../../shared/domain/formats.ts'
import type { Collection } from '../../../shared/domain/libraryDocument.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import type { JobActions } from '../features/jobs/JobCard.tsx'
import { newTemplate } from '../features/templates/newTemplate.ts'
import type { TemplateTab } from '../features/templates/templatesStore.ts'
import { showError, showToast } from '../ui/toasts.ts'
import { chooseFiles } from './chooseFiles.ts'
import type { Navigation, PlaceName } from './navigation.ts'
import type { PaletteModelActions } from './paletteModels.tsx'
import type { WindowParts } from './windowParts.ts'
import { upTo } from '../ui/windowWidths.ts'

const beginning = { page: 1, start: 0, end: 0, quote: '' } as const

export interface WindowActions extends PaletteModelActions {
  readonly goTo: (place: PlaceName) => void
  /** Opens Settings at the part on the data folder. */
  readonly showData: () => void
  readonly togglePalette: () => void
  readonly closeOverlay: () => void
  readonly showShortcuts: () => void
  readonly showJobs: () => void
  readonly toggleRail: () => void
  readonly toggleInspector: () => void
  readonly newConversation: () => void
  /** Opens a new conversation with a scope. */
  readonly askAbout: (scope: Scope) => void
  readonly openConversation: (id: string) => void
  readonly openTemplate: (id: string) => void
  readonly newTemplate: () => void
  readonly showTemplateTab: (tab: TemplateTab) => void
  /** @param at the range to show; default: the start */
  readonly openDocument: (id: string, at?: Omit<DocumentHit, 'document'>) => void
  readonly closeDocument: () => void
  readonly choose: (choice: 'files' | 'folder') => void
  readonly importFiles: () => void
  readonly importDrop: (data: DataTransfer) => void
  /** Where imported files will be added, in words. */
  readonly importTargetName: (
    place: PlaceName,
    scope: Scope,
    collections: readonly Collection[],
  ) => string
  readonly setTheme: (theme: Settings['theme']) => void
  /** Turns "passages only" off. */
  readonly endPassagesOnly: () => void
  readonly jobs: JobActions
}

/** Creates the actions of the whole window. */
export function createWindowActions(parts: WindowParts): WindowActions {
  const { api, ask, inspector, importer, files, mirror, navigation, templates, models } = parts
  const go = (change: Partial<Navigation>): void => navigation.setState(change)
  const attempt = (work: Promise<unknown>, fallback: string): void => {
    work.catch((error: unknown) => showError(error, fallback))
  }

  /** If the current scope is a single collection, imported files are added to it. */
  function targetCollection(place: PlaceName, scope: Scope): string | null {
    const [only] = scope.kind === 'collections' && scope.ids.length === 1 ? scope.ids : []
    return place === 'ask' ? (only ?? null) : null
  }

  function currentTarget(): string | null {
    return targetCollection(navigation.getState().place, ask.store.getState().open.scope)
  }

  async function chooseAndImport(choice: 'files' | 'folder'): Promise<void> {
    const chosen = await chooseFiles(choice, readableExtensions)
    if (chosen.length > 0) await importer.importFiles(files.takeFiles(chosen), currentTarget())
  }

  const choose = (choice: 'files' | 'folder'): void =>
    attempt(chooseAndImport(choice), 'The files could not be imported.')

  function takeDrop(data: DataTransfer): void {
    const dropped = [...data.files]
    const [model] = dropped.filter(isModelFile)
    if (model === undefined) {
      void importer.importFiles(files.takeDrop(data), currentTarget())
      return
    }
    const path = files.pathOf(model)
    models.show({ kind: 'add', file: path ?? '', lost: path === null ? model.name : null })
    go({ place: 'models', overlay: null })
    const documents = dropped.filter((file) => !isModelFile(file))
    if (documents.length > 0) {
      void importer.importFiles(files.takeFiles(documents), currentTarget())
    }
    const others = dropped.length - documents.length - 1
    if (others > 0)
      showToast(`One model at a time: drop the other ${others === 1 ? 'one' : 'ones'} next.`)
  }

  function begin(scope?: Scope): void {
    ask.newConversation(scope)
    go({ place: 'ask', overlay: null, reading: null })
  }

  return {
    goTo: (place) => go({ place, overlay: null }),
    showData() {
      parts.dataCheck.show()
      go({ place: 'settings', overlay: null })
    },
    togglePalette: () =>
      navigation.setState(({ overlay }) => ({ overlay: overlay === 'palette' ? null : 'palette' })),
    closeOverlay: () => go({ overlay: null }),
    showShortcuts: () => go({ overlay: 'shortcuts' }),
    showJobs: () => go({ overlay: 'jobs' }),
    toggleRail() {
      if (!window.matchMedia(upTo('rail')).matches) parts.layout.toggleRail()
      else navigation.setState(({ railWidened }) => ({ railWidened: !railWidened }))
    },
    toggleInspector() {
      if (navigation.getState().place === 'templates') templates.togglePrompt(isNarrow())
      else inspector.toggle()
    },
    newConversation: () => begin(),
    askAbout: (scope) => begin(scope),
    openConversation(id) {
      attempt(ask.openConversation(id), 'The conversation could not be opened.')
      go({ place: 'ask', overlay: null })
    },
    openTemplate(id) {
      attempt(templates.open(id), 'The template could not be opened.')
      go({ place: 'templates', overlay: null })
    },
    newTemplate() {
      attempt(templates.create(newTemplate()), 'The template could not be made. Try again.')
      go({ place: 'templates', overlay: null })
    },
    showTemplateTab(tab) {
      templates.show(tab)
      go({ place: 'templates', overlay: null })
    },
    openDocument(id, at = beginning) {
      const contentId = mirror.library.getState().value.documents.get(id)?.contentId ?? ''
      const { page, start, end, quote } = at
      go({ reading: { documentId: id, contentId, page, start, end, quote } })
    },
    closeDocument: () => go({ reading: null }),
    choose,
    importFiles: () => choose('files'),
    importDrop: takeDrop,
    importTargetName(place, scope, collections) {
      const target = targetCollection(place, scope)
      return collections.find(({ id }) => id === target)?.name ?? 'your library'
    },
    setTheme: (theme) => mirror.settings.update({ theme }, 'The theme could not be changed.'),
    addModel: () => models.show({ kind: 'add', file: '', lost: null }),
    downloadModel: () => models.show({ kind: 'address' }),
    getModel: (id) => models.show({ kind: 'get', id }),
    useModel(id) {
      void models.use({ id })
      go({ place: 'models', overlay: null })
    },
    useEmbedder(id) {
      models.show({ kind: 'embedder', id })
      go({ place: 'models', overlay: null })
    },
    findModels() {
      void models.scan(null)
      go({ place: 'models', overlay: null })
    },
    unloadModel: () => models.unload(),
    endPassagesOnly: () => mirror.settings.update({ passagesOnly: false }),
    jobs: {
      pause: () => attempt(api.documents.pause(), 'The import could not be paused.'),
      resume: () => attempt(api.documents.resume(), 'The import could not go on.'),
      cancelImport: () => attempt(api.documents.cancel(), 'The import could not be cancelled.'),
      cancelUpload: () => importer.cancelUpload(),
    },
  }
}

function isModelFile({ name }: File): boolean {
  return /\.gguf$/iu.test(name)
}

/** Whether an inspector would overlay the main area. */
function isNarrow(): boolean {
  return window.matchMedia(upTo('inspector')).matches
}
