import { stat } from 'node:fs/promises'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { TemplateVersion } from '../../../shared/contract/templates.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import { makeFolder, replaceFile } from '../../disk/durableFile.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import {
  discardDraft,
  loadTemplate,
  type TemplateFiles,
  type TemplateState,
} from './loadTemplate.ts'
import { writeTemplate } from './templateText.ts'
import { createVersionFiles, describedName } from './versionFiles.ts'

/** The folder of one template. Its calls must not overlap. */
export interface TemplateFolder {
  /** See `loadTemplate`. */
  load(): Promise<TemplateState | null>
  /** Changes when somebody else writes the template. */
  stamp(): Promise<string>
  keepDraft(state: TemplateState, template: Template): Promise<TemplateState>
  discardDraft(state: TemplateState): Promise<TemplateState>
  /** Makes a version unless the latest says the same; in either case the draft is deleted. */
  save(state: TemplateState, template: Template, name: string | null): Promise<TemplateState>
  nameVersion(state: TemplateState, version: number, name: string | null): Promise<TemplateState>
  /** @returns null where there is no such version. */
  readVersion(version: number): Promise<Template | null>
  /** Writes names and times of versions; default: of all that are there, as far as known. */
  describeVersions(versions?: readonly TemplateVersion[]): Promise<void>
}

/** Paths of the files of a template. */
export function templateFiles(directory: string) {
  const versions = path.join(directory, 'versions')
  return {
    saved: path.join(directory, 'template.json'),
    draft: path.join(directory, 'draft.json'),
    versions,
    described: path.join(versions, describedName),
  } as const
}

export function openTemplateFolder(directory: string, notice: Notice): TemplateFolder {
  const { saved, draft, versions } = templateFiles(directory)
  const files: TemplateFiles = {
    directory,
    saved,
    draft,
    versions: createVersionFiles(versions, notice),
    notice,
  }
  return {
    load: () => loadTemplate(files),
    async stamp() {
      const stats = await stat(files.saved).catch(whenMissing(null))
      return stats === null ? '' : `${stats.mtimeMs} ${stats.size} ${stats.ino}`
    },
    async keepDraft(state, template) {
      if (isDeepStrictEqual(template, state.latest)) return discardDraft(files, state)
      await makeFolder(directory)
      await replaceFile(files.draft, writeTemplate(template))
      return { ...state, draft: { template, keptAt: new Date().toISOString() } }
    },
    discardDraft: (state) => discardDraft(files, state),
    save: (state, template, name) => save(files, state, template, name),
    nameVersion: (state, version, name) => nameVersion(files, state, version, name),
    readVersion: (version) => files.versions.read(version),
    describeVersions: (known) =>
      known === undefined ? files.versions.describeAll() : files.versions.describe(known),
  }
}

async function save(
  files: TemplateFiles,
  state: TemplateState,
  template: Template,
  name: string | null,
): Promise<TemplateState> {
  const newest = state.versions.at(-1)
  if (newest !== undefined && isDeepStrictEqual(template, state.latest)) {
    const named = name === null ? state : await nameVersion(files, state, newest.version, name)
    return discardDraft(files, named)
  }
  await makeFolder(files.directory)
  // In this order: after a kill in between, the next start makes a version of the saved file.
  await replaceFile(files.saved, writeTemplate(template))
  const added = await files.versions.add(template, name)
  const saved = { ...state, versions: [...state.versions, added], latest: template }
  return discardDraft(files, saved)
}

async function nameVersion(
  { versions }: TemplateFiles,
  state: TemplateState,
  version: number,
  name: string | null,
): Promise<TemplateState> {
  const named = state.versions.map((one) => (one.version === version ? { ...one, name } : one))
  await versions.describe(named)
  return { ...state, versions: named }
}
