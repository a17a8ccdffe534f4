import type { Dirent, Stats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { DocumentReason } from '../../../shared/domain/libraryDocument.ts'
import { throwIfAborted } from '../../../shared/errors.ts'
import { fromDisk, toDisk } from '../../disk/diskPath.ts'
import { explainRead, readProblems } from '../../disk/readErrors.ts'
import { spelledOnDisk } from './spelledOnDisk.ts'

export type WalkedFile =
  | {
      readonly kind: 'file'
      readonly path: string
      readonly bytes: number
      readonly modifiedMs: number
    }
  /** A folder or file that couldn't be opened, to be reported. */
  | { readonly kind: 'failed'; readonly path: string; readonly reason: DocumentReason }
  /** A file in a folder whose format isn't supported. */
  | { readonly kind: 'skipped'; readonly path: string }

/** Files and folders of systems and programs, which aren't documents. */
const notDocuments = new Set(['thumbs.db', 'desktop.ini', 'node_modules', '__macosx'])

/**
 * A file or everything in a folder, in a stable order. Links are followed, but no folder is read
 * twice. A file that is named directly is always returned, whatever its extension.
 *
 * @param extensions of the files to return from folders: lower case, without the dot.
 */
export async function* walkFiles(
  start: string,
  extensions: ReadonlySet<string>,
  signal?: AbortSignal,
): AsyncGenerator<WalkedFile> {
  const root = await spelledOnDisk(path.resolve(start))
  const found = await look(root)
  if ('reason' in found) yield { kind: 'failed', path: root, reason: found.reason }
  else if (found.stats.isDirectory()) {
    yield* walkFolder(root, { extensions, seen: new Set(), signal })
  } else yield asFile(root, found.stats)
}

interface Walk {
  readonly extensions: ReadonlySet<string>
  /** Real paths of the folders read so far. */
  readonly seen: Set<string>
  readonly signal: AbortSignal | undefined
}

async function* walkFolder(folder: string, walk: Walk): AsyncGenerator<WalkedFile> {
  throwIfAborted(walk.signal)
  const real = await realPath(folder)
  if (walk.seen.has(real)) {
    // The folder was read already under another name. Only a link loop is reported.
    if (isInside(await realPath(path.dirname(folder)), real)) {
      yield { kind: 'failed', path: folder, reason: readProblems.loop }
    }
    return
  }
  walk.seen.add(real)
  let entries: readonly Entry[]
  try {
    entries = await list(folder)
  } catch (error) {
    yield { kind: 'failed', path: folder, reason: explainRead(error) }
    return
  }
  for (const { name, entry } of entries) {
    if (!isHidden(name)) yield* walkEntry(path.join(folder, name), entry, walk)
  }
}

interface Entry {
  readonly name: string
  readonly entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>
}

async function list(folder: string): Promise<readonly Entry[]> {
  const found = await readdir(toDisk(folder), { withFileTypes: true, encoding: 'buffer' })
  return found
    .map((entry) => ({ name: fromDisk(entry.name), entry }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function realPath(folder: string): Promise<string> {
  return fromDisk(await realpath(toDisk(folder), 'buffer'))
}

async function* walkEntry(
  file: string,
  entry: Entry['entry'],
  walk: Walk,
): AsyncGenerator<WalkedFile> {
  const wanted = walk.extensions.has(path.extname(file).slice(1).toLowerCase())
  if (entry.isDirectory()) yield* walkFolder(file, walk)
  else if (entry.isSymbolicLink()) {
    const found = await look(file)
    if ('reason' in found) {
      // A dead link is reported if its extension is wanted, a link loop always.
      if (wanted || found.reason === readProblems.loop) {
        yield { kind: 'failed', path: file, reason: found.reason }
      }
    } else if (found.stats.isDirectory()) yield* walkFolder(file, walk)
    else yield wanted && found.stats.isFile() ? asFile(file, found.stats) : skipped(file)
  } else if (!wanted || !entry.isFile()) yield skipped(file)
  else {
    const found = await look(file)
    if ('reason' in found) yield { kind: 'failed', path: file, reason: found.reason }
    else yield asFile(file, found.stats)
  }
}

function skipped(file: string): WalkedFile {
  return { kind: 'skipped', path: file }
}

function asFile(file: string, stats: Stats): WalkedFile {
  if (!stats.isFile()) return { kind: 'failed', path: file, reason: notAFile }
  return { kind: 'file', path: file, bytes: stats.size, modifiedMs: stats.mtimeMs }
}

/** Hidden files, and the `~$` lock files of office programs. */
function isHidden(name: string): boolean {
  return name.startsWith('.') || name.startsWith('~$') || notDocuments.has(name.toLowerCase())
}

function isInside(folder: string, ancestor: string): boolean {
  const relative = path.relative(ancestor, folder)
  return !relative.startsWith('..') && !path.isAbsolute(relative)
}

async function look(
  file: string,
): Promise<{ readonly stats: Stats } | { readonly reason: DocumentReason }> {
  try {
    return { stats: await stat(toDisk(file)) }
  } catch (error) {
    return { reason: explainRead(error) }
  }
}

const notAFile = {
  code: 'unsupported-format',
  message: 'This is neither a file nor a folder, so there is nothing to read.',
} as const satisfies DocumentReason
