import type { TemplateSummary } from '../../../shared/contract/templates.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import { AppError } from '../../../shared/errors.ts'
import { createLruCache } from '../../flow/lruCache.ts'
import { createMutex, type Mutex } from '../../flow/mutex.ts'
import type { TemplateState } from './loadTemplate.ts'
import type { TemplateFolder } from './templateFolder.ts'

/** A template that is listed. */
export interface TemplateEntry {
  readonly folder: TemplateFolder
  /** One call of a template at a time, so that memory and files agree. */
  readonly exclusive: Mutex
  summary: TemplateSummary
}

/** The templates that are listed, and the whole text of a few. */
export interface TemplateEntries {
  /** Latest first. */
  readonly list: () => readonly TemplateSummary[]
  readonly onChanged: (listener: (list: readonly TemplateSummary[]) => void) => () => void
  readonly announce: () => void
  all(): Iterable<TemplateEntry>
  /** @throws AppError `not-found`. */
  readonly find: (id: string) => TemplateEntry
  add(id: string, folder: TemplateFolder, state: TemplateState): TemplateEntry
  /** Leaves a template out. @returns what it takes to list it again. */
  hide(id: string): TemplateEntry | undefined
  show(id: string, entry: TemplateEntry): void
  /** Reads a template, unless it is still as it was read or written last. @throws AppError `not-found`. */
  look(id: string, entry: TemplateEntry): Promise<TemplateState>
  /** A template that is in memory; undefined for others. */
  inMemory(id: string): TemplateState | undefined
  /** Takes note of what was read or written. */
  remember(id: string, entry: TemplateEntry, state: TemplateState): Promise<void>
  /** The next look reads the template again. */
  forget(id: string): void
}

/** Whole templates kept in memory: the open one and a few more. */
const cached = 4

export function createTemplateEntries(): TemplateEntries {
  const entries = new Map<string, TemplateEntry>()
  const states = createLruCache<{ readonly state: TemplateState; readonly stamp: string }>(cached)
  const changed = createEmitter<readonly TemplateSummary[]>()

  const list = (): readonly TemplateSummary[] =>
    [...entries.values()]
      .map(({ summary }) => summary)
      .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))
  const announce = (): void => changed.emit(list())

  async function remember(id: string, entry: TemplateEntry, state: TemplateState): Promise<void> {
    states.set(id, { state, stamp: await entry.folder.stamp() })
    const before = JSON.stringify(entry.summary)
    entry.summary = summarise(id, state)
    if (JSON.stringify(entry.summary) !== before) announce()
  }

  return {
    list,
    onChanged: changed.on,
    announce,
    all: () => entries.values(),
    find(id) {
      const entry = entries.get(id)
      if (entry === undefined) throw notThere()
      return entry
    },
    add(id, folder, state) {
      const entry = { folder, exclusive: createMutex(), summary: summarise(id, state) }
      entries.set(id, entry)
      return entry
    },
    hide(id) {
      const entry = entries.get(id)
      if (entry === undefined) return undefined
      entries.delete(id)
      announce()
      return entry
    },
    show(id, entry) {
      entries.set(id, entry)
      announce()
    },
    async look(id, entry) {
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
    },
    inMemory: (id) => states.get(id)?.state,
    remember,
    forget: (id) => states.delete(id),
  }
}

/** The draft of a template, or else its latest version. */
export function current({ draft, latest }: TemplateState): Template {
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
