import { readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { TemplateSummary, TemplateVersion } from '../../../shared/contract/templates.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import { AppError } from '../../../shared/errors.ts'
import { makeFolder } from '../../disk/durableFile.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import { createLruCache } from '../../flow/lruCache.ts'
import { createMutex, type Mutex } from '../../flow/mutex.ts'
import { createUndoableRemovals } from '../../disk/undoableRemovals.ts'
import { openTemplateFolder, type TemplateFolder, type TemplateState } from './templateFolder.ts'
import { isReadableId, newReadableId } from './readableId.ts'

export interface OpenTemplate {
  readonly id: string
  /** The draft where there is one, else the latest version. */
  readonly template: Template
  /** Number of the latest version; 0 before the first save. */
  readonly version: number
  readonly draft: boolean
  /** Oldest first. */
  readonly versions: readonly TemplateVersion[]
}

/** All calls that name a template throw AppError `not-found` if it is not there. */
export interface TemplateStore {
  /** Latest first. */
  list(): readonly TemplateSummary[]
  onChanged(listener: (list: readonly TemplateSummary[]) => void): () => void
  get(id: string): Promise<OpenTemplate>
  /** @throws AppError `not-found`. */
  getVersion(id: string, version: number): Promise<Template>
  /** Keeps a new template as a draft. @returns its id. */
  create(template: Template): Promise<string>
  /** Keeps a new template as its first version. @returns its id. */
  createSaved(template: Template): Promise<string>
  keepDraft(id: string, template: Template): Promise<void>
  discardDraft(id: string): Promise<void>
  /** Makes a version; the same text as the latest makes none. */
  save(id: string, template: Template, name: string | null): Promise<TemplateVersion>
  nameVersion(id: string, version: number, name: string | null): Promise<void>
  /** @returns the id of the copy, whose first version is what stands in the template now. */
  duplicate(id: string): Promise<string>
  /** Hides a template; its folder goes ten seconds later, or when the store closes. */
  remove(id: string): void
  restore(id: string): void
  /** Folder of a template, for what belongs to it: test sets and runs. */
  folderOf(id: string): string
  close(): Promise<void>
}

/** Whole templates kept in memory: the open one and a few that one goes back to. */
const cached = 4
/** Begins the name of a folder that is being deleted. */
const goingPrefix = '.removed-'

interface Entry {
  readonly folder: TemplateFolder
  /** Calls of one template follow one another, so that memory and files tell the same story. */
  readonly exclusive: Mutex
  summary: TemplateSummary
}

/** Templates on disk, one folder each. What cannot be read is set aside or left, and reported. */
export async function openTemplateStore(directory: string, notice: Notice): Promise<TemplateStore> {
  await makeFolder(directory)
  const entries = new Map<string, Entry>()
  const states = createLruCache<{ readonly state: TemplateState; readonly stamp: string }>(cached)
  const removals = createUndoableRemovals<Entry>(discard, () =>
    notice('A removed template could not be deleted from disk.'),
  )
  const changed = createEmitter<readonly TemplateSummary[]>()

  const pathOf = (id: string): string => path.join(directory, id)

  for (const found of await readdir(directory, { withFileTypes: true })) {
    if (!found.isDirectory()) continue
    if (found.name.startsWith(goingPrefix)) {
      await rm(pathOf(found.name), { recursive: true, force: true })
    } else if (isReadableId(found.name)) {
      const folder = openTemplateFolder(pathOf(found.name), notice)
      const state = await folder.load()
      if (state !== null) add(found.name, folder, state)
    }
  }

  function add(id: string, folder: TemplateFolder, state: TemplateState): Entry {
    const entry = { folder, exclusive: createMutex(), summary: summarise(id, state) }
    entries.set(id, entry)
    return entry
  }

  const list = (): readonly TemplateSummary[] =>
    [...entries.values()]
      .map(({ summary }) => summary)
      .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))

  function announce(): void {
    changed.emit(list())
  }

  function find(id: string): Entry {
    const entry = entries.get(id)
    if (entry === undefined) throw notThere()
    return entry
  }

  /** Reads a template, unless it is still as it was read or written last. */
  async function look(id: string, entry: Entry): Promise<TemplateState> {
    const known = states.get(id)
    if (known?.stamp === (await entry.folder.stamp())) return known.state
    const state = await entry.folder.load()
    if (state === null) {
      entries.delete(id)
      states.delete(id)
      announce()
      throw notThere()
    }
    await remember(id, entry, state)
    return state
  }

  async function remember(id: string, entry: Entry, state: TemplateState): Promise<void> {
    states.set(id, { state, stamp: await entry.folder.stamp() })
    const before = JSON.stringify(entry.summary)
    entry.summary = summarise(id, state)
    if (JSON.stringify(entry.summary) !== before) announce()
  }

  /** Changes a template and answers once that is on the disk. */
  async function change(
    id: string,
    apply: (folder: TemplateFolder, state: TemplateState) => Promise<TemplateState>,
  ): Promise<TemplateState> {
    const entry = find(id)
    return entry.exclusive(async () => {
      const before = await look(id, entry)
      try {
        const after = await apply(entry.folder, before)
        await remember(id, entry, after)
        return after
      } catch (error) {
        // What was written before it failed is seen by looking again.
        states.delete(id)
        throw error
      }
    })
  }

  async function createWith(
    template: Template,
    write: (folder: TemplateFolder, state: TemplateState) => Promise<TemplateState>,
  ): Promise<string> {
    const id = newReadableId(template.name, 'template')
    const folder = openTemplateFolder(pathOf(id), notice)
    const state = await write(folder, { versions: [], latest: null, draft: null })
    await remember(id, add(id, folder, state), state)
    announce()
    return id
  }

  function createSaved(template: Template): Promise<string> {
    return createWith(template, (folder, state) => folder.save(state, template, null))
  }

  async function get(id: string): Promise<OpenTemplate> {
    const entry = find(id)
    const state = await entry.exclusive(() => look(id, entry))
    const { versions, draft } = state
    const version = versions.at(-1)?.version ?? 0
    return { id, template: current(state), version, draft: draft !== null, versions }
  }

  async function discard(removed: ReadonlyMap<string, Entry>): Promise<void> {
    for (const [id, { exclusive }] of removed) {
      states.delete(id)
      await exclusive(async () => {
        // Renamed first: a kill amid deletion must not leave half a template.
        const going = pathOf(goingPrefix + id)
        await rename(pathOf(id), going)
        await rm(going, { recursive: true, force: true })
      })
    }
  }

  return {
    list,
    onChanged: changed.on,
    get,
    async getVersion(id, version) {
      const entry = find(id)
      const found = await entry.exclusive(() => entry.folder.readVersion(version))
      if (found === null) throw versionNotThere(version)
      return found
    },
    create: (template) =>
      createWith(template, (folder, state) => folder.keepDraft(state, template)),
    createSaved,
    async keepDraft(id, template) {
      await change(id, (folder, state) => folder.keepDraft(state, template))
    },
    async discardDraft(id) {
      await change(id, (folder, state) => {
        if (state.latest === null) throw neverSaved()
        return folder.discardDraft(state)
      })
    },
    async save(id, template, name) {
      const { versions } = await change(id, (folder, state) => folder.save(state, template, name))
      const saved = versions.at(-1)
      if (saved === undefined) throw new Error('a save left no version')
      return saved
    },
    async nameVersion(id, version, name) {
      await change(id, (folder, state) => {
        if (!state.versions.some((one) => one.version === version)) throw versionNotThere(version)
        return folder.nameVersion(state, version, name)
      })
    },
    async duplicate(id) {
      const { template } = await get(id)
      return createSaved({ ...template, name: `${template.name.slice(0, 190)} (copy)` })
    },
    remove(id) {
      const entry = entries.get(id)
      if (entry === undefined) return
      entries.delete(id)
      removals.hold([[id, entry]])
      announce()
    },
    restore(id) {
      const [entry] = removals.restore([id])
      if (entry === undefined) return
      entries.set(id, entry)
      announce()
    },
    folderOf(id) {
      find(id)
      return pathOf(id)
    },
    async close() {
      for (const { exclusive } of entries.values()) await exclusive(() => Promise.resolve())
      await removals.close()
    },
  }
}

function current({ draft, latest }: TemplateState): Template {
  const template = draft?.template ?? latest
  if (template === null) throw new Error('a template without text was kept')
  return template
}

function summarise(id: string, state: TemplateState): TemplateSummary {
  const { name, description, examples, format, sources } = current(state)
  const newest = state.versions.at(-1)
  return {
    id,
    name,
    description,
    version: newest?.version ?? 0,
    draft: state.draft !== null,
    examples: examples.length,
    formatKind: format.kind,
    retrieves: sources.retrieve,
    updatedAt: state.draft?.keptAt ?? newest?.savedAt ?? '',
  }
}

function notThere(): AppError {
  return new AppError('not-found', 'This template is not there any more.')
}

function versionNotThere(version: number): AppError {
  return new AppError('not-found', `Version ${version} of this template is not there.`)
}

function neverSaved(): AppError {
  return new AppError(
    'invalid-input',
    'This template has never been saved, so there is nothing to go back to. Remove it instead.',
  )
}
