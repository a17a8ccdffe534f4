import path from 'node:path'
import { asideFolder, asideFolders } from '../../disk/asideFiles.ts'
import { makeFolder } from '../../disk/durableFile.ts'
import { folderSize } from '../../disk/folderSize.ts'
import type { ContentStore } from './contentStore.ts'
import type { Uploads } from './uploads.ts'

/** What a start found and cannot attribute to any document. */
export interface Unknown {
  readonly contents: readonly string[]
  /** Ids of uploads that were received and never imported. */
  readonly uploads: readonly string[]
}

export interface SetAside {
  readonly folder: string
  readonly bytes: number
}

/**
 * Moves what no document refers to into a folder of its own, named by the time. It may be the only
 * copy of something, so only a person deletes it.
 *
 * @throws AppError `disk-full`, `permission-denied`.
 */
export async function setAside(
  unknown: Unknown,
  root: string,
  { contents, uploads }: { readonly contents: ContentStore; readonly uploads: Uploads },
  now: () => number,
): Promise<SetAside> {
  const folder = asideFolder(root, now)
  const at = (name: 'texts' | 'originals' | 'uploads'): string =>
    path.join(folder, asideFolders[name])
  await Promise.all([at('texts'), at('originals'), at('uploads')].map(makeFolder))
  for (const contentId of unknown.contents) {
    await contents.moveTo(contentId, at('texts'))
    await uploads.moveOriginal(contentId, at('originals'))
  }
  for (const id of unknown.uploads) await uploads.moveWaiting(id, at('uploads'))
  return { folder, bytes: await folderSize(folder) }
}
