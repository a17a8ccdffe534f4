import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { AsideItem } from '../../../shared/contract/data.ts'
import { plural } from '../../../shared/domain/localFormat.ts'
import { asideFolders } from '../../disk/asideFiles.ts'
import { folderSize } from '../../disk/folderSize.ts'
import { timeOfName } from '../../disk/jsonFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { canReadText } from '../checking/findFaults.ts'
import { measureText } from '../store/measureText.ts'

/** Something that was set aside, and where it is. */
export interface FoundAside {
  readonly kind: AsideItem['kind']
  readonly id: string
  /** The content of a document, or the id of an upload; empty for damaged files. */
  readonly key: string
  /** Whether it is an upload that was never imported: nothing but its bytes is known. */
  readonly isUpload: boolean
  /** Folder of its text; null if there is none. */
  readonly text: string | null
  /** The file that was imported; null if there is none. */
  readonly original: string | null
  /** All that belongs to it. */
  readonly paths: readonly string[]
  /** When it was set aside, ISO 8601; null for a folder that somebody made. */
  readonly at: string | null
}

/** All that is in the folder `set-aside`, the latest first. */
export async function findAside(root: string): Promise<readonly FoundAside[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(whenMissing([]))
  const times = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const found = await Promise.all(
    times
      .sort()
      .reverse()
      .map((time) => findIn(root, time)),
  )
  return found.flat()
}

async function findIn(root: string, time: string): Promise<readonly FoundAside[]> {
  const at = (name: string, ...more: string[]): string => path.join(root, time, name, ...more)
  const { texts, originals, uploads, files } = asideFolders
  const [stored, kept, arrived, damaged] = await Promise.all(
    [at(texts), at(originals), at(uploads), at(files)].map(namesIn),
  )
  const common = { at: timeOfName(time), isUpload: false }
  const originalOf = new Map(kept?.map((name) => [path.parse(name).name, at(originals, name)]))
  const contents = new Set([...(stored ?? []), ...originalOf.keys()])
  return [
    ...[...contents].map((key): FoundAside => {
      const text = stored?.includes(key) === true ? at(texts, key) : null
      const original = originalOf.get(key) ?? null
      const paths = [text, original].filter((one) => one !== null)
      return {
        ...common,
        kind: 'document',
        id: `${time}/document/${key}`,
        key,
        text,
        original,
        paths,
      }
    }),
    ...(arrived ?? []).map((key): FoundAside => {
      const original = at(uploads, key)
      const id = `${time}/upload/${key}`
      return {
        ...common,
        kind: 'document',
        id,
        key,
        isUpload: true,
        text: null,
        original,
        paths: [original],
      }
    }),
    ...(damaged?.length === 0
      ? []
      : [
          {
            ...common,
            kind: 'files',
            id: `${time}/files`,
            key: '',
            text: null,
            original: null,
            paths: [at(files)],
          } as const,
        ]),
  ]
}

/** What a person sees of it. @param known the name of its document in the library, if it is there. */
export async function describeAside(found: FoundAside, known: string | null): Promise<AsideItem> {
  const { id, kind, at, paths } = found
  const sizes = await Promise.all(paths.map(sizeOf))
  return {
    id,
    kind,
    name: known ?? (await nameOf(found)),
    at,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    folder: path.dirname(paths[0] ?? ''),
    restorable: kind === 'document' && known === null,
  }
}

async function nameOf({ kind, text, original, paths }: FoundAside): Promise<string> {
  if (kind === 'files') return nameOfFiles(paths[0] ?? '')
  const isReadable = text !== null && (await canReadText(text))
  const words = isReadable ? (await measureText(text)).firstWords : ''
  const called = words === '' ? 'Document without a name' : words
  return `${called}${original === null ? '' : path.extname(original)}`
}

async function nameOfFiles(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .sort()
  const [first = 'Damaged file'] = files
  const more = files.length - 1
  return more < 1 ? first : `${first} and ${plural(more, 'other file')}`
}

async function sizeOf(place: string): Promise<number> {
  const stats = await stat(place).catch(whenMissing(null))
  if (stats === null) return 0
  return stats.isDirectory() ? folderSize(place) : stats.size
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(whenMissing([]))
}
