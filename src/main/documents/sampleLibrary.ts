import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Collection } from '../../shared/domain/libraryDocument.ts'
import type { Library } from './library.ts'

/** A few documents to try Penknife with, and questions that they answer. */
export interface SampleLibrary {
  readonly questions: readonly string[]
  /** Imports the sample documents into a new collection. */
  import(): Promise<Collection>
}

const questionsFile = 'questions.json'
const collectionName = 'Sample library'

export async function createSampleLibrary(
  library: Library,
  directory: string,
): Promise<SampleLibrary> {
  const text = await readFile(path.join(directory, questionsFile), 'utf8')
  const questions = z.array(z.string()).parse(JSON.parse(text))
  return {
    questions,
    async import() {
      const known = library.list().collections.find(({ name }) => name === collectionName)
      const collection = known ?? (await library.createCollection(collectionName))
      const names = (await readdir(directory)).filter((name) => name !== questionsFile)
      const items = names.map((name) => ({ path: path.join(directory, name) }))
      await library.import(items, collection.id)
      return collection
    },
  }
}
