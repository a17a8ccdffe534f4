import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { collection, type Collection } from '../../../shared/domain/libraryDocument.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import { AppError } from '../../../shared/errors.ts'
import { readJsonFile, writeJsonFile, type Notice } from '../../disk/jsonFile.ts'

/** The names of the groups; which documents are in them stands in the ledger. */
export interface Collections {
  list(): readonly Collection[]
  /** @throws AppError `not-found` */
  get(id: string): Collection
  /** @throws AppError `invalid-input` for a name that is empty or taken. */
  create(name: string): Promise<Collection>
  rename(id: string, name: string): Promise<Collection>
  remove(id: string): Promise<void>
  onChange(listener: (collections: readonly Collection[]) => void): () => void
}

const collectionsFile = z.object({ version: z.literal(1), collections: z.array(collection) })

export async function openCollections(file: string, notice: Notice): Promise<Collections> {
  await mkdir(path.dirname(file), { recursive: true })
  let collections: readonly Collection[] =
    (await readJsonFile(file, collectionsFile, notice))?.collections ?? []
  const changes = createEmitter<readonly Collection[]>()

  async function set(changed: readonly Collection[]): Promise<void> {
    collections = changed
    changes.emit(collections)
    await writeJsonFile(file, { version: 1, collections: changed })
  }

  function get(id: string): Collection {
    const found = collections.find((known) => known.id === id)
    if (found === undefined)
      throw new AppError('not-found', 'There is no such collection any more.')
    return found
  }

  function freeName(name: string, except?: string): string {
    const wanted = name.trim()
    if (wanted === '') throw new AppError('invalid-input', 'A collection needs a name.')
    const same = (other: Collection): boolean =>
      other.id !== except && other.name.toLowerCase() === wanted.toLowerCase()
    if (collections.some(same)) {
      throw new AppError('invalid-input', `There is a collection named “${wanted}” already.`)
    }
    return wanted
  }

  return {
    list: () => collections,
    get,
    async create(name) {
      const created = { id: randomUUID(), name: freeName(name) }
      await set([...collections, created])
      return created
    },
    async rename(id, name) {
      const renamed = { ...get(id), name: freeName(name, id) }
      await set(collections.map((known) => (known.id === id ? renamed : known)))
      return renamed
    },
    async remove(id) {
      get(id)
      await set(collections.filter((known) => known.id !== id))
    },
    onChange: changes.on,
  }
}
