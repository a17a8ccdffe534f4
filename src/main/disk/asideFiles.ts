import { existsSync } from 'node:fs'
import { copyFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { makeFolder, move as movePlace, syncDirectory, syncFile } from './durableFile.ts'
import { timeInName } from './jsonFile.ts'
import type { Paths } from './paths.ts'
import { whenMissing } from './systemError.ts'
import { explainingWrites } from './writeErrors.ts'

/** Names of the folders within one that was set aside. */
export const asideFolders = {
  texts: 'texts',
  originals: 'originals',
  uploads: 'uploads',
  /** Damaged files, at their places in the data folder. */
  files: 'files',
} as const

/** Where a repair moves what is damaged. The folder is made with the first file. */
export interface AsideFiles {
  readonly folder: string
  /** Whether anything was set aside in it. */
  isUsed(): boolean
  /** Moves a file or folder of the data folder away; does nothing where it is gone. */
  move(file: string): Promise<void>
  /** Copies a file that is written again afterwards; a folder in its place is moved. */
  copy(file: string): Promise<void>
}

/** A folder named by the time, for what is set aside now. */
export function asideFolder(root: string, now: () => number): string {
  return path.join(root, timeInName(new Date(now())))
}

/** @throws AppError `disk-full`, `permission-denied`. */
export function createAsideFiles(
  { root, setAside }: Pick<Paths, 'root' | 'setAside'>,
  now: () => number,
): AsideFiles {
  const folder = asideFolder(setAside, now)

  async function placeFor(file: string): Promise<string> {
    const place = path.join(folder, asideFolders.files, path.relative(root, file))
    await makeFolder(path.dirname(place))
    return place
  }

  async function move(file: string): Promise<void> {
    if ((await stat(file).catch(whenMissing(null))) === null) return
    const place = await placeFor(file)
    await movePlace(file, place)
    await syncDirectory(path.dirname(place))
  }

  return {
    folder,
    isUsed: () => existsSync(folder),
    move,
    async copy(file) {
      const stats = await stat(file).catch(whenMissing(null))
      if (stats === null) return
      if (stats.isDirectory()) return move(file)
      const place = await placeFor(file)
      await explainingWrites(() => copyFile(file, place))
      await syncFile(place)
    },
  }
}
