import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { TemplateVersion } from '../../../shared/contract/templates.ts'
import { labelWords } from '../../../shared/domain/template/labels.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import { move, remove, replaceFile } from '../../disk/durableFile.ts'
import { brokenName, type Notice } from '../../disk/jsonFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { folderInPlace } from '../../disk/wrongKind.ts'
import { readTemplate, writeTemplate } from './templateText.ts'
import type { VersionFiles } from './versionFiles.ts'

/** What the folder of one template contains. */
export interface TemplateState {
  /** Oldest first. */
  readonly versions: readonly TemplateVersion[]
  /** The newest version; null before the first save. */
  readonly latest: Template | null
  /** Changes that are in no version. */
  readonly draft: { readonly template: Template; readonly keptAt: string } | null
}

/** The files of one template. */
export interface TemplateFiles {
  readonly directory: string
  readonly saved: string
  readonly draft: string
  readonly versions: VersionFiles
  readonly notice: Notice
}

/**
 * Reads the folder, completes what a kill interrupted, and makes a version of what was changed by
 * hand. A file that cannot be read is set aside and reported.
 *
 * @returns null where there is no template, or one that only a newer Penknife can read.
 */
export async function loadTemplate(files: TemplateFiles): Promise<TemplateState | null> {
  const saved = await read(files, files.saved, 'the latest saved version is used')
  if (saved === 'newer') return null
  const known = await files.versions.load()
  const draft = await read(files, files.draft, 'the saved version is used')
  if (draft === 'newer') return null
  const state = await agree(files, saved, {
    versions: known.versions,
    latest: known.latest,
    draft: draft === undefined ? null : { template: draft, keptAt: await changedAt(files.draft) },
  })
  if (state.latest === null && state.draft === null) return null
  const isForgotten = state.draft !== null && isDeepStrictEqual(state.draft.template, state.latest)
  return isForgotten ? discardDraft(files, state) : state
}

export async function discardDraft(
  { draft }: TemplateFiles,
  state: TemplateState,
): Promise<TemplateState> {
  await remove(draft)
  return { ...state, draft: null }
}

/** Brings the saved template and the versions into agreement. */
async function agree(
  files: TemplateFiles,
  saved: Template | undefined,
  state: TemplateState,
): Promise<TemplateState> {
  if (saved === undefined) {
    if (state.latest !== null) await replaceFile(files.saved, writeTemplate(state.latest))
    return state
  }
  if (isDeepStrictEqual(saved, state.latest)) return state
  // Written by hand, or by a save that was killed before its version was there.
  const added = await files.versions.add(saved, null)
  return { ...state, versions: [...state.versions, added], latest: saved }
}

/** @returns undefined where there is no such file, or none that can be used. */
async function read(
  { directory, notice }: TemplateFiles,
  file: string,
  instead: string,
): Promise<Template | 'newer' | undefined> {
  const text = await readFile(file, 'utf8').catch(folderInPlace(file)).catch(whenMissing(undefined))
  if (text === undefined) return undefined
  const found = readTemplate(text)
  switch (found.kind) {
    case 'template':
      if (found.unknown.length > 0) {
        notice(
          `The template file ${file} names what Penknife does not know: ${labelWords(found.unknown)}. It is not used, and saving the template leaves it out. Correct it there to keep it.`,
        )
      }
      return found.template
    case 'newer':
      notice(
        `The template in ${directory} was written by a newer version of Penknife and was left as it is. Open it with that version.`,
      )
      return 'newer'
    case 'broken': {
      const aside = brokenName(file)
      await move(file, aside)
      notice(
        `The template file ${file} could not be read: ${found.problem}. It was kept as ${path.basename(aside)}, and ${instead}.`,
      )
      return undefined
    }
  }
}

async function changedAt(file: string): Promise<string> {
  return (await stat(file)).mtime.toISOString()
}
