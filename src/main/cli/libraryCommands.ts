import path from 'node:path'
import type { Command } from 'commander'
import { numberedPlace, pagesInWords } from '../../shared/domain/documentPlace.ts'
import { readablePath } from '../../shared/domain/fileNames.ts'
import { readableKinds } from '../../shared/domain/formats.ts'
import {
  languageCodes,
  languagesInWords,
  toLanguageCode,
  type LanguageCode,
} from '../../shared/domain/language/languageNames.ts'
import {
  isPending,
  readingNote,
  type LibraryDocument,
} from '../../shared/domain/libraryDocument.ts'
import { AppError } from '../../shared/errors.ts'
import type { App } from '../app.ts'
import type { CommandContext } from './commandContext.ts'
import type { Output } from './output.ts'
import { pageAsJson } from './pageAsJson.ts'

/** Documents: `import`, `list`, `show`, `language` and `remove`. */
export function addLibraryCommands(program: Command, context: () => CommandContext): void {
  program
    .command('import')
    .description(`import files and folders: ${readableKinds}`)
    .argument('<path...>')
    .action(async (paths: string[]) => {
      const { withApp, output, signal, fail } = context()
      if (!(await withApp((app) => importCommand(app, paths, output, signal)))) fail()
    })
  program
    .command('list')
    .description('list the documents')
    .action(async () => {
      const { withApp, output } = context()
      await withApp((app) => listCommand(app, output))
    })
  program
    .command('show')
    .description('show the stored text that citations point into')
    .argument('<document>', 'id, name or path')
    .action(async (document: string) => {
      const { withApp, output } = context()
      await withApp((app) => showCommand(app, document, output))
    })
  program
    .command('language')
    .description('tell or correct the language of a document')
    .argument('<document>', 'id, name or path')
    .argument('[code]', 'two letters such as de, or auto to find it by the text')
    .action(async (document: string, code: string | undefined) => {
      const { withApp, output } = context()
      await withApp((app) => languageCommand(app, document, code, output))
    })
  program
    .command('remove')
    .description('remove a document from the library; the file itself stays')
    .argument('<document>', 'id, name or path')
    .action(async (document: string) => {
      const { withApp, output } = context()
      await withApp((app) => removeCommand(app, document, output))
    })
}

/** `import PATH…`: prints a line per file as soon as it is done. Exits with 1 if a file failed. */
async function importCommand(
  app: App,
  paths: readonly string[],
  output: Output,
  signal: AbortSignal,
): Promise<boolean> {
  const told = new Set<string>()
  const failed: string[] = []
  const tell = (row: LibraryDocument): void => {
    if (isPending(row.state) || told.has(row.id)) return
    told.add(row.id)
    if (row.state === 'failed') failed.push(row.id)
    const { state: status, pages, chunks } = row
    const note = readingNote(row)
    const line = { path: row.path ?? row.name, status, pages, chunks }
    output.result(
      note === null ? line : { ...line, reason: note },
      `${status.padEnd(11)}  ${readablePath(line.path)}  ${extentOf(row)}`,
    )
  }
  const before = new Set(app.library.list().documents.map((row) => row.id))
  const touched = new Set<string>()
  const stop = app.library.onChanges(({ changed }) => {
    for (const row of changed) {
      touched.add(row.id)
      tell(row)
    }
  })
  const cancel = (): void => void app.library.cancel()
  signal.addEventListener('abort', cancel)
  const { queued, skipped } = await app.library.import(
    paths.map((one) => ({ path: path.resolve(one) })),
    null,
    signal,
  )
  if (skipped === 1) output.message('1 file of another kind was left out.')
  if (skipped > 1) output.message(`${skipped} files of other kinds were left out.`)
  if (queued === 0) output.message('There was nothing to import.')
  await app.library.idle()
  // Changes are announced in batches, the last of which may still be pending: report the rest from
  // the list.
  for (const row of app.library.list().documents) {
    if (touched.has(row.id) || !before.has(row.id)) tell(row)
  }
  stop()
  signal.removeEventListener('abort', cancel)
  return failed.length === 0 && !signal.aborted
}

function listCommand(app: App, output: Output): void {
  for (const row of app.library.list().documents) {
    const name = app.library.nameToldApart(row)
    output.result(row, `${row.id}  ${row.state.padEnd(11)}  ${name}  ${extentOf(row)}`)
  }
}

/** `3 pages, 12 passages`, and what was not read and why. */
function extentOf(row: LibraryDocument): string {
  const { format, pages, chunks } = row
  const passages = `${chunks} ${chunks === 1 ? 'passage' : 'passages'}`
  const counted = [pagesInWords(format, pages), passages].filter((words) => words !== '').join(', ')
  const note = readingNote(row)
  return note === null ? counted : `${counted}  ${note}`
}

/** `show DOCUMENT`: prints the stored text that citations refer to. */
async function showCommand(app: App, document: string, output: Output): Promise<void> {
  const row = resolve(app, document)
  const pages = await app.library.wholeText(row.id)
  output.result(
    {
      document: row.id,
      pages: pages.map(({ page, text }) => ({ ...pageAsJson(row, page), text })),
    },
    pages.map(({ page, text }) => headed(numberedPlace(row, page), text)).join('\n\n'),
  )
}

function headed(place: string, text: string): string {
  return place === '' ? text : `── ${place} ──\n${text}`
}

async function languageCommand(
  app: App,
  document: string,
  code: string | undefined,
  output: Output,
): Promise<void> {
  const { id } = resolve(app, document)
  if (code !== undefined) {
    await app.library.nameLanguage([id], code === 'auto' ? null : readLanguage(code))
    await app.library.idle()
  }
  const { name, languages = [] } = resolve(app, id)
  const words = languages.length === 0 ? 'not known' : languagesInWords(languages)
  output.result({ document: id, languages }, `${name}: ${words}`)
}

function readLanguage(code: string): LanguageCode {
  const known = toLanguageCode(code)
  if (known !== null) return known
  throw new AppError(
    'invalid-input',
    `“${code}” is none of the languages: ${languageCodes.join(', ')}.`,
  )
}

async function removeCommand(app: App, document: string, output: Output): Promise<void> {
  const row = resolve(app, document)
  await app.library.remove([row.id])
  output.result({ document: row.id, removed: true }, `Removed ${row.name}.`)
}

function resolve(app: App, document: string): LibraryDocument {
  const row = app.library.resolve(document)
  if (row === undefined) {
    throw new AppError(
      'not-found',
      `There is no document “${document}” in the library. “list” shows what there is.`,
    )
  }
  return row
}
