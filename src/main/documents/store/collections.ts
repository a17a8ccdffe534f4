import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { collection, type Collection } from '../../../shared/domain/libraryDocument.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import { AppError } from '../../../shared/errors.ts'
import type { CheckTask } from '../../disk/checkTask.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import { openStoredValue } from '../../disk/storedValue.ts'

/** The collections' names. Which documents are in them is stored in the ledger. */
export interface Collections {
  list(): readonly Collection[]
  /** @throws AppError `not-found` */
  get(id: string): Collection
  /** @throws AppError `invalid-input` for a name that is empty or taken. */
  create(name: string): Promise<Collection>
  rename(id: string, name: string): Promise<Collection>
  remove(id: string): Promise<void>
  onChange(listener: (collections: readonly Collection[]) => void): () => void
  readonly check: (name: string) => CheckTask
}

const collectionsFile = z.object({
  version: z.literal(1),
  collections: z.array(collection).readonly(),
})

export async function openCollections(file: string, notice: Notice): Promise<Collections> {
  const stored = await openStoredValue<z.infer<typeof collectionsFile>>({
    file,
    schema: collectionsFile,
    otherwise: { version: 1, collections: [] },
    notice,
  })
  const changes = createEmitter<readonly Collection[]>()
  const list = (): readonly Collection[] => stored.get().collections

  async function change(
    apply: (before: readonly Collection[]) => readonly Collection[],
  ): Promise<void> {
    const after = await stored.change(({ collections }) => ({
      version: 1,
      collections: apply(collections),
    }))
    changes.emit(after.collections)
  }

  return {
    list,
    get: (id) => find(list(), id),
    async create(name) {
      const id = randomUUID()
      await change((before) => [...before, { id, name: freeName(before, name) }])
      return find(list(), id)
    },
    async rename(id, name) {
      await change((before) => {
        const renamed = { ...find(before, id), name: freeName(before, name, id) }
        return before.map((known) => (known.id === id ? renamed : known))
      })
      return find(list(), id)
    },
    async remove(id) {
      await change((before) => {
        find(before, id)
        return before.filter((known) => known.id !== id)
      })
    },
    onChange: changes.on,
    check: stored.check,
  }
}

function find(collections: readonly Collection[], id: string): Collection {
  const found = collections.find((known) => known.id === id)
  if (found === undefined) throw new AppError('not-found', 'There is no such collection any more.')
  return found
}

/** @param except id of the collection that is being renamed. */
function freeName(collections: readonly Collection[], name: string, except?: string): string {
  const wanted = name.trim()
  if (wanted === '') throw new AppError('invalid-input', 'A collection needs a name.')
  const isSame = (other: Collection): boolean =>
    other.id !== except && other.name.toLowerCase() === wanted.toLowerCase()
  if (collections.some(isSame)) {
    throw new AppError('invalid-input', `There is a collection named “${wanted}” already.`)
  }
  return wanted
}
