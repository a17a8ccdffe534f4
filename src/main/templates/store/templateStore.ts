import { longest } from '../../../shared/domain/limits.ts'
import { cutAt } from '../../../shared/domain/shortened.ts'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { TemplateSummary, TemplateVersion } from '../../../shared/contract/templates.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import type { CheckTask } from '../../disk/checkTask.ts'
import {
  goingPrefix,
  makeFolder,
  move,
  remove,
  removeWhole,
  syncNewName,
} from '../../disk/durableFile.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import { createUndoableRemovals } from '../../disk/undoableRemovals.ts'
import { templateChecks } from './checkTemplates.ts'
import type { TemplateState } from './loadTemplate.ts'
import { isReadableId, newReadableId } from './readableId.ts'
import {
  createTemplateEntries,
  current,
  type TemplateEntries,
  type TemplateEntry,
} from './templateEntries.ts'
import { openTemplateFolder, type TemplateFolder } from './templateFolder.ts'
import { createTemplateChanges, versionNotThere, type TemplateChanges } from './templateChanges.ts'

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
export interface TemplateStore extends TemplateChanges {
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
  /** @returns the id of the copy, whose first version is the template's current text. */
  duplicate(id: string): Promise<string>
  /** Hides a template; its folder is deleted ten seconds later, or when the store closes. */
  remove(id: string): void
  restore(id: string): void
  /** Folder of a template, for what belongs to it: test sets and runs. */
  folderOf(id: string): string
  /** The check of each template's files. */
  checks(): Promise<readonly CheckTask[]>
  close(): Promise<void>
}

/** Begins the name of a folder whose template is not complete yet. */
const comingPrefix = '.new-'

/** Templates on disk, one folder each. What cannot be read is set aside or left, and reported. */
export async function openTemplateStore(directory: string, notice: Notice): Promise<TemplateStore> {
  const entries = createTemplateEntries()
  await readFolders(directory, entries, notice)
  const removals = createUndoableRemovals<TemplateEntry>(
    (removed) => discard(directory, entries, removed),
    () => notice('A removed template could not be deleted from disk.'),
  )

  return {
    list: entries.list,
    onChanged: entries.onChanged,
    get: (id) => open(entries, id),
    async getVersion(id, version) {
      const { exclusive, folder } = entries.find(id)
      const found = await exclusive(() => folder.readVersion(version))
      if (found === null) throw versionNotThere(version)
      return found
    },
    ...createNewTemplates(directory, entries, notice),
    ...createTemplateChanges(entries),
    remove(id) {
      const entry = entries.hide(id)
      if (entry !== undefined) removals.hold([[id, entry]])
    },
    restore(id) {
      const [entry] = removals.restore([id])
      if (entry !== undefined) entries.show(id, entry)
    },
    folderOf(id) {
      entries.find(id)
      return path.join(directory, id)
    },
    checks: () => templateChecks(directory, entries),
    async close() {
      for (const { exclusive } of entries.all()) await exclusive(() => Promise.resolve())
      await removals.close()
    },
  }
}

async function readFolders(
  directory: string,
  entries: TemplateEntries,
  notice: Notice,
): Promise<void> {
  await makeFolder(directory)
  for (const found of await readdir(directory, { withFileTypes: true })) {
    if (!found.isDirectory()) continue
    const place = path.join(directory, found.name)
    if (found.name.startsWith(goingPrefix) || found.name.startsWith(comingPrefix)) {
      await remove(place)
    } else if (isReadableId(found.name)) {
      const folder = openTemplateFolder(place, notice)
      const state = await folder.load()
      if (state !== null) entries.add(found.name, folder, state)
    }
  }
}

async function open(entries: TemplateEntries, id: string): Promise<OpenTemplate> {
  const entry = entries.find(id)
  const state = await entry.exclusive(() => entries.look(id, entry))
  const { versions, draft } = state
  const version = versions.at(-1)?.version ?? 0
  return { id, template: current(state), version, draft: draft !== null, versions }
}

type NewTemplates = Pick<TemplateStore, 'create' | 'createSaved' | 'duplicate'>

function createNewTemplates(
  directory: string,
  entries: TemplateEntries,
  notice: Notice,
): NewTemplates {
  async function createWith(
    template: Template,
    write: (folder: TemplateFolder, state: TemplateState) => Promise<TemplateState>,
  ): Promise<string> {
    const id = newReadableId(template.name, 'template')
    const place = path.join(directory, id)
    const state = await writeNew(path.join(directory, comingPrefix + id), place, (coming) =>
      write(openTemplateFolder(coming, notice), { versions: [], latest: null, draft: null }),
    )
    const folder = openTemplateFolder(place, notice)
    await entries.remember(id, entries.add(id, folder, state), state)
    entries.announce()
    return id
  }

  const createSaved = (template: Template): Promise<string> =>
    createWith(template, (folder, state) => folder.save(state, template, null))

  return {
    create: (template) =>
      createWith(template, (folder, state) => folder.keepDraft(state, template)),
    createSaved,
    async duplicate(id) {
      const { template } = await open(entries, id)
      return createSaved({ ...template, name: `${cutAt(template.name, longest.name - 10)} (copy)` })
    },
  }
}

/** Fills a folder that takes its place in one step: a failure must not leave half a template. */
async function writeNew<T>(
  coming: string,
  place: string,
  fill: (coming: string) => Promise<T>,
): Promise<T> {
  try {
    const filled = await fill(coming)
    await move(coming, place)
    await syncNewName(place)
    return filled
  } catch (error) {
    // Where this fails too, the next start removes it.
    await remove(coming).catch(() => undefined)
    throw error
  }
}

async function discard(
  directory: string,
  entries: TemplateEntries,
  removed: ReadonlyMap<string, TemplateEntry>,
): Promise<void> {
  for (const [id, { exclusive }] of removed) {
    entries.forget(id)
    await exclusive(() => removeWhole(path.join(directory, id)))
  }
}
