import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ExportKind } from '../../shared/contract/templates.ts'
import type { Template } from '../../shared/domain/template/template.ts'
import type { TestRow } from '../../shared/domain/testRun/testSet.ts'
import { invalidInput } from '../../shared/errors.ts'
import { systemErrorCode } from '../disk/systemError.ts'
import { exportTemplate, type TextFile } from '../templates/store/exportTemplate.ts'
import type { ChosenColumn } from '../templates/tables/chosenColumns.ts'
import type { CommandContext } from './commandContext.ts'
import { findTemplate } from './findTemplate.ts'
import { readTestRows } from './rowsFile.ts'

export interface ExportOptions {
  readonly as: ExportKind
  readonly rows?: string
  readonly map: readonly ChosenColumn[]
  readonly to?: string
}

/** Prints what is exported, or writes it into a folder. */
export async function exportCommand(
  context: CommandContext,
  name: string,
  options: ExportOptions,
): Promise<void> {
  const { withApp, output } = context
  await withApp(async (app) => {
    const { template } = await findTemplate(app, name, (note) => output.message(note))
    const files = exportTemplate(template, options.as, await rowsOf(context, template, options))
    for (const note of files.flatMap(({ notes = [] }) => notes)) output.message(note)
    if (options.to !== undefined) {
      const written = await writeInto(options.to, files)
      output.result({ files: written }, written.join('\n'))
      return
    }
    const [only, another] = files
    if (only === undefined || another !== undefined) {
      const names = files.map((file) => file.name).join(' and ')
      throw invalidInput(`These are ${names}. Name a folder for them with --to.`)
    }
    output.result(options.as === 'penknife' ? JSON.parse(only.text) : only, only.text.trimEnd())
  })
}

async function rowsOf(
  { output, readInput, signal }: CommandContext,
  template: Template,
  { as, rows: file, map: columns }: ExportOptions,
): Promise<readonly TestRow[]> {
  if (file === undefined) return []
  if (as === 'penknife') throw invalidInput('A template file has no rows. Leave out --rows.')
  return readTestRows(
    { file, columns, readInput },
    template,
    (sentence) => output.message(sentence),
    signal,
  )
}

/** @throws AppError `invalid-input` if a file is there already: nothing is replaced. */
async function writeInto(folder: string, files: readonly TextFile[]): Promise<readonly string[]> {
  const written: string[] = []
  for (const { name, text } of files) {
    const file = path.join(folder, name)
    try {
      await writeFile(file, text, { flag: 'wx' })
    } catch (error) {
      const why = reasons[systemErrorCode(error) ?? '']
      if (why === undefined) throw error
      throw invalidInput(`${file} can't be written: ${why}.`, error)
    }
    written.push(file)
  }
  return written
}

/** By the system's code of the error. */
const reasons: Readonly<Partial<Record<string, string>>> = {
  EEXIST: 'it is there already. Choose another folder',
  ENOENT: 'its folder does not exist. Make it first',
  ENOTDIR: 'its folder is a file. Choose another folder',
}
