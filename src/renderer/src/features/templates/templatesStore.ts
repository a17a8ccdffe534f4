import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TemplateSummary, TemplateVersion } from '../../../../shared/contract/templates.ts'
import type { Example, Template } from '../../../../shared/domain/template/template.ts'
import { toWire, type WireError } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'
import type { Mirrored } from '../../mirror/mirrored.ts'
import type { TemplateLists } from '../../mirror/templates.ts'
import { createDraftKeeper } from './draftKeeper.ts'
import {
  beginHistory,
  withEdit,
  withRedo,
  withUndo,
  type OutsideEdit,
  type EditHistory,
} from './editHistory.ts'

export const templateTabs = ['write', 'try', 'test', 'ladder', 'history'] as const
export type TemplateTab = (typeof templateTabs)[number]

/** The open template. */
export interface OpenTemplate {
  readonly id: string
  readonly history: EditHistory
  /** Number and text of the latest version; 0 and null before the first save. */
  readonly version: number
  readonly saved: Template | null
  readonly versions: readonly TemplateVersion[]
}

export interface TemplatesState {
  readonly open: OpenTemplate | null
  /** Id of the template being opened. */
  readonly opening: string | null
  readonly loadError: WireError | null
  readonly saving: boolean
  readonly tab: TemplateTab
  /**
   * Whether the prompt is shown beside the fields, separately for narrow windows, where it covers
   * them.
   */
  readonly prompt: { readonly narrow: boolean; readonly wide: boolean }
}

export interface TemplatesStore {
  readonly store: StoreApi<TemplatesState>
  /** The lists of templates. */
  readonly lists: Mirrored<TemplateLists>
  open(id: string): Promise<void>
  /** Returns to the list. */
  close(): Promise<void>
  show(tab: TemplateTab): void
  /** @param narrow whether the window is */
  showPrompt(narrow: boolean, shown: boolean): void
  togglePrompt(narrow: boolean): void
  /** Creates a template and opens it; resolves with its id. */
  create(template: Template): Promise<string>
  /**
   * @param about the subject of the edit: consecutive edits of the same subject are one undo step
   * @param beside a change outside of the template, to undo and redo with it
   */
  edit(change: (template: Template) => Template, about: string, beside?: OutsideEdit): void
  undo(): void
  redo(): void
  /**
   * Saves the open template as a version; resolves with it, or with null if nothing has changed.
   */
  save(name?: string | null): Promise<TemplateVersion | null>
  nameVersion(version: number, name: string | null): Promise<void>
  /** Adds an example to a template, open or not. */
  addExample(id: string, example: Omit<Example, 'id'>): Promise<void>
  dispose(): void
}

export interface TemplatesStoreDeps {
  readonly api: Pick<Api, 'templates'>
  readonly lists: Mirrored<TemplateLists>
  readonly onError: (error: unknown, fallback: string) => void
  readonly draftPauseMs?: number
}

/** The store of the open template, with its undo history and draft. */
export function createTemplatesStore(deps: TemplatesStoreDeps): TemplatesStore {
  const { api, lists, onError, draftPauseMs } = deps
  const { templates } = api
  const store = createStore<TemplatesState>(() => ({
    open: null,
    opening: null,
    loadError: null,
    saving: false,
    tab: 'write',
    prompt: { narrow: false, wide: true },
  }))
  const drafts = createDraftKeeper({
    keep: (id, template) => templates.keepDraft({ id, template }),
    onError: (error) =>
      onError(error, 'Your changes could not be kept. They are still here: save them again.'),
    ...(draftPauseMs !== undefined && { pauseMs: draftPauseMs }),
  })

  function setOpen(change: Partial<OpenTemplate>): void {
    store.setState(({ open }) => (open === null ? {} : { open: { ...open, ...change } }))
  }

  function setHistory(history: EditHistory): void {
    const { open } = store.getState()
    if (open === null || history === open.history) return
    setOpen({ history })
    const { present } = history
    if (open.saved === null || !sameText(present, open.saved)) {
      drafts.touch(open.id, present)
      return
    }
    drafts.forget()
    templates
      .discardDraft({ id: open.id })
      .catch((error: unknown) => onError(error, 'The draft could not be removed.'))
  }

  async function read(id: string): Promise<OpenTemplate> {
    const { template, version, versions, draft } = await templates.get({ id })
    const saved =
      version === 0 ? null : draft ? await templates.getVersion({ id, version }) : template
    return { id, history: beginHistory(template), version, saved, versions }
  }

  async function open(id: string): Promise<void> {
    await drafts.flush()
    store.setState({ opening: id, loadError: null })
    try {
      const found = await read(id)
      if (store.getState().opening !== id) return
      store.setState({ open: found, opening: null, tab: 'write' })
    } catch (error) {
      if (store.getState().opening !== id) return
      store.setState({ open: null, opening: null, loadError: toWire(error) })
    }
  }

  async function close(): Promise<void> {
    store.setState({ open: null, opening: null, loadError: null })
    await drafts.flush()
  }

  async function save(name: string | null = null): Promise<TemplateVersion | null> {
    const { open: now, saving } = store.getState()
    if (now === null || saving) return null
    const text = now.history.present
    const changed = now.saved === null || !sameText(text, now.saved)
    if (!changed && name === null) return null
    drafts.forget()
    store.setState({ saving: true })
    try {
      const made = await templates.save({ id: now.id, template: text, name })
      const { open: later } = store.getState()
      if (later?.id === now.id) {
        const versions = [...later.versions.filter((one) => one.version !== made.version), made]
        setOpen({ saved: text, version: made.version, versions })
        // Changes typed while saving become a draft.
        if (later.history.present !== text) drafts.touch(now.id, later.history.present)
      }
      return changed ? made : null
    } catch (error) {
      drafts.touch(now.id, text)
      throw error
    } finally {
      store.setState({ saving: false })
    }
  }

  /** Closes the open template if it was removed, here or in another window. */
  function closeRemoved(
    before: readonly TemplateSummary[],
    list: readonly TemplateSummary[],
  ): void {
    const { open: now } = store.getState()
    const has = (all: readonly TemplateSummary[]): boolean => all.some(({ id }) => id === now?.id)
    if (now === null || !has(before) || has(list)) return
    drafts.forget()
    store.setState({ open: null })
  }

  const stop = lists.subscribe((now, before) => closeRemoved(before.value.list, now.value.list))

  return {
    store,
    lists,
    open,
    close,
    show: (tab) => store.setState({ tab }),
    showPrompt: (narrow, shown) =>
      store.setState(({ prompt }) => ({
        prompt: narrow ? { ...prompt, narrow: shown } : { ...prompt, wide: shown },
      })),
    togglePrompt: (narrow) =>
      store.setState(({ prompt }) => ({
        prompt: narrow ? { ...prompt, narrow: !prompt.narrow } : { ...prompt, wide: !prompt.wide },
      })),
    async create(template) {
      const { id } = await templates.create({ template })
      await open(id)
      return id
    },
    edit(change, about, beside) {
      const { open: now } = store.getState()
      if (now === null) return
      setHistory(withEdit(now.history, change(now.history.present), about, Date.now(), beside))
    },
    undo() {
      const { open: now } = store.getState()
      if (now === null) return
      setHistory(withUndo(now.history))
      now.history.past.at(-1)?.beside?.undo()
    },
    redo() {
      const { open: now } = store.getState()
      if (now === null) return
      setHistory(withRedo(now.history))
      now.history.future[0]?.beside?.redo()
    },
    save,
    async nameVersion(version, name) {
      const { open: now } = store.getState()
      if (now === null) return
      await templates.nameVersion({ id: now.id, version, name })
      const versions = now.versions.map((one) => (one.version === version ? { ...one, name } : one))
      if (store.getState().open?.id === now.id) setOpen({ versions })
    },
    async addExample(id, example) {
      const add = (template: Template): Template => ({
        ...template,
        examples: [...template.examples, { ...example, id: crypto.randomUUID() }],
      })
      const { open: now } = store.getState()
      if (now?.id === id) {
        setHistory(withEdit(now.history, add(now.history.present), 'add-example', Date.now()))
        return
      }
      const { template } = await templates.get({ id })
      await templates.keepDraft({ id, template: add(template) })
    },
    dispose() {
      stop()
      void drafts.flush()
    },
  }
}

/** Whether a template has unsaved changes. */
export function isChanged({ history, saved }: OpenTemplate): boolean {
  return saved === null || !sameText(history.present, saved)
}

function sameText(left: Template, right: Template): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right)
}
