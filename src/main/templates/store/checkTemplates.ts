import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { fileTask, unreadable, type CheckTask, type FoundFault } from '../../disk/checkTask.ts'
import { findJsonFault } from '../../disk/jsonFault.ts'
import { whenMissing } from '../../disk/systemError.ts'
import type { TemplateEntries, TemplateEntry } from './templateEntries.ts'
import { templateFiles } from './templateFolder.ts'
import { readTemplate } from './templateText.ts'
import { versionDescriptions, versionFileName } from './versionFiles.ts'

/** The check of the files of each template. */
export async function templateChecks(
  directory: string,
  entries: TemplateEntries,
): Promise<readonly CheckTask[]> {
  const tasks: CheckTask[] = []
  for (const { id, name } of entries.list()) {
    const files = templateFiles(path.join(directory, id))
    const check = { id, entries }
    const versions = await numbersIn(files.versions)
    tasks.push(
      ...(versions.length > 0 ? [templateTask(name, files.saved, check)] : []),
      templateTask(`${name}: draft`, files.draft, check),
      descriptionsTask(`${name}: names of versions`, files.described, check),
      ...versions.map((version) =>
        templateTask(
          `${name}: version ${String(version)}`,
          path.join(files.versions, versionFileName(version)),
          check,
        ),
      ),
    )
  }
  return tasks
}

interface TemplateCheck {
  readonly id: string
  readonly entries: TemplateEntries
}

async function numbersIn(versions: string): Promise<readonly number[]> {
  const names = await readdir(versions).catch(whenMissing([]))
  return names.flatMap((name) => {
    const number = Number(path.parse(name).name)
    return name === versionFileName(number) ? [number] : []
  })
}

function templateTask(name: string, file: string, { id, entries }: TemplateCheck): CheckTask {
  // It is the same as the latest version; a draft or another version is in no other file.
  const isSaved = path.basename(file) === path.basename(templateFiles('').saved)
  return fileTask(name, file, async () => {
    const entry = entryOf(id, entries)
    const kind = await entry?.exclusive(() => findTemplateFault(file))
    // Nothing is wrong with what is removed meanwhile.
    if (entry === undefined || kind == null || (kind === 'missing' && !isSaved)) return null
    const runRepair: FoundFault['runRepair'] = (aside) =>
      entry.exclusive(async () => {
        await entry.folder.describeVersions()
        await aside.move(file)
        await readAgain(id, entry, entries)
      })
    return { kind, lines: null, repair: isSaved ? 'write-again' : 'set-aside', runRepair }
  })
}

function descriptionsTask(name: string, file: string, { id, entries }: TemplateCheck): CheckTask {
  return fileTask(name, file, async () => {
    const entry = entryOf(id, entries)
    const kind = await entry?.exclusive(() => findJsonFault(file, versionDescriptions))
    // Versions can be used without names.
    if (entry === undefined || kind !== 'unreadable') return null
    const runRepair: FoundFault['runRepair'] = (aside) =>
      entry.exclusive(async () => {
        const known = entries.inMemory(id)
        await aside.move(file)
        await entry.folder.describeVersions(known?.versions)
        await readAgain(id, entry, entries)
      })
    return { kind, lines: null, repair: 'write-again', runRepair }
  })
}

function entryOf(id: string, entries: TemplateEntries): TemplateEntry | undefined {
  return entries.list().some((one) => one.id === id) ? entries.find(id) : undefined
}

async function findTemplateFault(file: string): Promise<'unreadable' | 'missing' | null> {
  try {
    const text = await readFile(file, 'utf8').catch(whenMissing(null))
    if (text === null) return 'missing'
    return readTemplate(text).kind === 'broken' ? 'unreadable' : null
  } catch (error) {
    return unreadable(error)
  }
}

/** Reading it completes what is missing. It is not listed any more where nothing is left. */
async function readAgain(
  id: string,
  entry: TemplateEntry,
  entries: TemplateEntries,
): Promise<void> {
  entries.forget(id)
  try {
    await entries.look(id, entry)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-found') throw error
  }
}
