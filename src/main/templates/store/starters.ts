import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Starter } from '../../../shared/contract/templates.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { readTemplate } from './templateText.ts'

/** Reads the templates that ship with the app, one per file, sorted by name. */
export async function readStarters(directory: string, notice: Notice): Promise<readonly Starter[]> {
  const starters: Starter[] = []
  for (const file of (await jsonFilesIn(directory)).toSorted()) {
    const found = readTemplate(await readFile(path.join(directory, file), 'utf8'))
    const id = path.parse(file).name
    if (found.kind === 'template') {
      const { name, description } = found.template
      starters.push({ id, name, description, template: found.template })
    } else {
      notice(`The template “${id}” that ships with Penknife could not be read. Install it again.`)
    }
  }
  return starters
}

async function jsonFilesIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(whenMissing([]))
  return names.filter((name) => name.endsWith('.json'))
}
