import { readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { TemplateVersion } from '../../../shared/contract/templates.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import { makeFolder, renamePatiently, replaceFile } from '../../disk/durableFile.ts'
import { brokenName, type Notice } from '../../disk/jsonFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { readTemplate, writeTemplate } from './templateText.ts'
import { createVersionFiles } from './versionFiles.ts'

/** What the folder of one template holds. */
export interface TemplateState {
  /** Oldest first. */
  readonly versions: readonly TemplateVersion[]
  /** The newest version; null before the first save. */
  readonly latest: Template | null
  /** Changes that no version holds. */
  readonly draft: { readonly template: Template; readonly keptAt: string } | null
}

/** The folder of one template. Its callers see to it that calls follow one another. */
export interface TemplateFolder {
  /**
   * Reads the folder, puts right what a kill left, and makes a version of what was changed by hand.
   * A file that cannot be read is set aside and reported.
   *
   * @returns null where no template lies in it, or one that only a newer Penknife can read.
   */
  load(): Promise<TemplateState | null>
  /** Tells whether somebody else wrote the template since it was loaded. */
  stamp(): Promise<string>
  keepDraft(state: TemplateState, template: Template): Promise<TemplateState>
  discardDraft(state: TemplateState): Promise<TemplateState>
  /** Makes a version unless the latest says the same; in any case the draft is gone afterwards. */
  save(state: TemplateState, template: Template, name: string | null): Promise<TemplateState>
  nameVersion(state: TemplateState, version: number, name: string | null): Promise<TemplateState>
  /** @returns null where there is no such version. */
  readVersion(version: number): Promise<Template | null>
}

export function openTemplateFolder(directory: string, notice: Notice): TemplateFolder {
  const savedFile = path.join(directory, 'template.json')
  const draftFile = path.join(directory, 'draft.json')
  const versions = createVersionFiles(path.join(directory, 'versions'), notice)

  /** @returns undefined where there is no such file, or none that can be used. */
  async function read(file: string, instead: string): Promise<Template | 'newer' | undefined> {
    const text = await readFile(file, 'utf8').catch(whenMissing(undefined))
    if (text === undefined) return undefined
    const found = readTemplate(text)
    switch (found.kind) {
      case 'template':
        return found.template
      case 'newer':
        notice(
          `The template in ${directory} was written by a newer version of Penknife and was left as it is. Open it with that version.`,
        )
        return 'newer'
      case 'broken': {
        const aside = brokenName(file)
        await renamePatiently(file, aside)
        notice(
          `The template file ${file} could not be read: ${found.problem}. It was kept as ${path.basename(aside)}, and ${instead}.`,
        )
        return undefined
      }
    }
  }

  async function load(): Promise<TemplateState | null> {
    const saved = await read(savedFile, 'the latest saved version is used')
    if (saved === 'newer') return null
    const known = await versions.load()
    const draft = await read(draftFile, 'the saved version is used')
    if (draft === 'newer') return null
    let state: TemplateState = {
      versions: known.versions,
      latest: known.latest,
      draft: draft === undefined ? null : { template: draft, keptAt: await changedAt(draftFile) },
    }
    if (saved === undefined) {
      if (known.latest !== null) await replaceFile(savedFile, writeTemplate(known.latest))
    } else if (!isDeepStrictEqual(saved, known.latest)) {
      // Written by hand, or by a save that was killed before its version was there.
      const added = await versions.add(saved, null)
      state = { ...state, versions: [...state.versions, added], latest: saved }
    }
    if (state.latest === null && state.draft === null) return null
    const forgotten = state.draft !== null && isDeepStrictEqual(state.draft.template, state.latest)
    return forgotten ? discardDraft(state) : state
  }

  async function discardDraft(state: TemplateState): Promise<TemplateState> {
    await rm(draftFile, { force: true })
    return { ...state, draft: null }
  }

  async function nameVersion(
    state: TemplateState,
    version: number,
    name: string | null,
  ): Promise<TemplateState> {
    const named = state.versions.map((one) => (one.version === version ? { ...one, name } : one))
    await versions.describe(named)
    return { ...state, versions: named }
  }

  return {
    load,
    async stamp() {
      const stats = await stat(savedFile).catch(whenMissing(null))
      return stats === null ? '' : `${stats.mtimeMs} ${stats.size} ${stats.ino}`
    },
    async keepDraft(state, template) {
      if (isDeepStrictEqual(template, state.latest)) return discardDraft(state)
      await makeFolder(directory)
      await replaceFile(draftFile, writeTemplate(template))
      return { ...state, draft: { template, keptAt: new Date().toISOString() } }
    },
    discardDraft,
    async save(state, template, name) {
      const newest = state.versions.at(-1)
      if (newest !== undefined && isDeepStrictEqual(template, state.latest)) {
        const named = name === null ? state : await nameVersion(state, newest.version, name)
        return discardDraft(named)
      }
      await makeFolder(directory)
      // In this order: killed in between, the next start makes a version of what lies there.
      await replaceFile(savedFile, writeTemplate(template))
      const added = await versions.add(template, name)
      const saved = { ...state, versions: [...state.versions, added], latest: template }
      return discardDraft(saved)
    },
    nameVersion,
    readVersion: (version) => versions.read(version),
  }
}

async function changedAt(file: string): Promise<string> {
  return (await stat(file)).mtime.toISOString()
}
