import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Template } from '../../shared/domain/template/template.ts'
import { AppError, isCancelled } from '../../shared/errors.ts'
import type { App } from '../app.ts'
import { systemErrorCode } from '../disk/systemError.ts'
import { decodeText } from '../files/decodeText.ts'
import { defaultTableLimits } from '../parsing/parseLimits.ts'
import { importTemplate } from '../templates/store/importTemplate.ts'

export interface FoundTemplate {
  /** Id, or the path of the file. */
  readonly id: string
  /** null for a file or a template that ships with the app: they have no versions. */
  readonly version: number | null
  readonly template: Template
}

/**
 * Finds a template by the id of a stored or bundled one, or by its file.
 *
 * @param onNotice receives what of a file of another program isn't taken over.
 * @throws AppError `not-found`, `invalid-input`.
 */
export async function findTemplate(
  app: App,
  name: string,
  onNotice: (sentence: string) => void,
): Promise<FoundTemplate> {
  const { store, starters } = app.templates
  if (store.list().some(({ id }) => id === name)) {
    const { template, version, draft } = await store.get(name)
    return { id: name, version: draft ? null : version, template }
  }
  const starter = starters.find(({ id }) => id === name)
  if (starter !== undefined) return { id: name, version: null, template: starter.template }
  const { template, notes } = importTemplate(await readTemplateFile(name))
  for (const note of notes) onNotice(note)
  return { id: name, version: null, template }
}

/**
 * Reads a template file in any encoding, as tables are read: PowerShell 5 writes UTF-16.
 *
 * @throws AppError `not-found`, `document-too-large`.
 */
export async function readTemplateFile(file: string): Promise<{ name: string; text: string }> {
  try {
    return {
      name: path.basename(file),
      text: await decodeText(await readFile(file), defaultTableLimits),
    }
  } catch (error) {
    if (isCancelled(error) || !['ENOENT', 'EISDIR'].includes(systemErrorCode(error) ?? '')) {
      throw error
    }
    throw new AppError(
      'not-found',
      `There is no template “${file}”, and no such file. “template list” shows what there is.`,
      { cause: error },
    )
  }
}
