import { readdir, rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import type { AsideItem } from '../../../shared/contract/data.ts'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { AppError } from '../../../shared/errors.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { explainingWrites } from '../../disk/writeErrors.ts'
import type { Mutex } from '../../flow/mutex.ts'
import { describeAside, findAside, type FoundAside } from './asideItems.ts'
import { restoreAside, type RestoreDeps } from './restoreAside.ts'

/** What was set aside: a person restores it, or deletes it for good. Nothing else ever does. */
export interface SetAsideStore {
  /** The latest first. */
  list(): Promise<readonly AsideItem[]>
  /** See `restoreAside`. @throws AppError `not-found`. */
  restore(id: string): Promise<LibraryDocument>
  /** Deletes items from the disk. Those that are gone are left out. */
  remove(ids: readonly string[]): Promise<void>
}

export interface SetAsideDeps extends RestoreDeps {
  /** The folder `set-aside`. */
  readonly root: string
  readonly exclusive: Mutex
}

export function createSetAsideStore(deps: SetAsideDeps): SetAsideStore {
  const { root, ledger, exclusive } = deps
  const knownName = ({ key }: FoundAside): string | null => ledger.ofContent(key)[0]?.name ?? null
  return {
    async list() {
      const found = await findAside(root)
      return Promise.all(found.map((one) => describeAside(one, knownName(one))))
    },
    restore: (id) =>
      exclusive(async () => {
        const found = (await findAside(root)).find((one) => one.id === id)
        if (found === undefined) {
          throw new AppError('not-found', 'This is not set aside any more.')
        }
        const row = await restoreAside(found, deps)
        await removeEmpty(root, found)
        return row
      }),
    remove: (ids) =>
      exclusive(async () => {
        const wanted = new Set(ids)
        for (const found of await findAside(root)) {
          if (!wanted.has(found.id)) continue
          for (const place of found.paths) {
            await explainingWrites(() => rm(place, { recursive: true, force: true }))
          }
          await removeEmpty(root, found)
        }
      }),
  }
}

/** Removes the folders that an item leaves empty. */
async function removeEmpty(root: string, { id }: FoundAside): Promise<void> {
  const time = path.join(root, id.split('/')[0] ?? '')
  for (const name of await readdir(time).catch(whenMissing([]))) {
    await removeIfEmpty(path.join(time, name))
  }
  await removeIfEmpty(time)
}

async function removeIfEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch(whenMissing(null))
  if (names?.length === 0) await rmdir(folder)
}
