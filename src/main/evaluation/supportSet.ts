import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { parseJson } from '../disk/jsonFile.ts'

/** How the false sentence of a pair differs from the true one. */
export const faultKinds = [
  'subject',
  'number',
  'unit',
  'date',
  'negation',
  'relation',
  'comparison',
  'list',
  'condition',
] as const
export type FaultKind = (typeof faultKinds)[number]

const text = z
  .object({
    name: z.string(),
    heading: z.string(),
    text: z.string(),
    /** Kind of fault, a true sentence, and the nearest false one. */
    pairs: z.array(z.tuple([z.enum(faultKinds), z.string(), z.string()]).readonly()).readonly(),
  })
  .readonly()
export type SupportText = z.infer<typeof text>

/** Texts of one kind, such as policies or recipes: each sentence is checked against all of them. */
export interface SupportGroup {
  readonly name: string
  readonly texts: readonly SupportText[]
}

/** Reads a folder of JSON files, one group each. @throws AppError if a file is not of this form. */
export async function readSupportSet(folder: string): Promise<readonly SupportGroup[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async (name) => {
      const texts = parseJson(await readFile(path.join(folder, name), 'utf8'), z.array(text))
      if (texts === undefined) {
        throw new AppError('invalid-input', `${name} isn't a list of texts with pairs.`)
      }
      return { name: path.basename(name, '.json'), texts }
    }),
  )
}
