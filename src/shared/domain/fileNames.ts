import { commandingSigns } from './commandingSigns.ts'

const firstStray = 0xdc00

/**
 * A path or a name as people read it: composed letters, those in Latin-1 (see `diskPath.ts`) as
 * what they are, and no sign that makes it look like another one, or like several lines.
 */
export function readablePath(path: string): string {
  return path
    .replace(/[\uDC80-\uDCFF]/gu, (stray) => latin1Letter(stray.charCodeAt(0) - firstStray))
    .normalize('NFC')
    .replace(commandingSigns, '\uFFFD')
    .replace(/\s/gu, ' ')
}

function latin1Letter(byte: number): string {
  return byte < 0xa0 ? '\uFFFD' : String.fromCharCode(byte)
}

interface NamedFile {
  readonly id: string
  readonly name: string
  readonly path: string | null
}

/**
 * The name of a document, with as much of its folder as tells it from others of that name:
 * `minutes.txt (2023)`. Documents without a path have none to tell.
 *
 * @param sameNamed all documents of that name; it may be among them.
 */
export function nameToldApart(file: NamedFile, sameNamed: readonly NamedFile[]): string {
  const folders = foldersOf(file)
  const others = sameNamed.filter(({ id }) => id !== file.id).map(foldersOf)
  if (others.length === 0 || folders.length === 0) return file.name
  const end = (of: readonly string[], count: number): string => of.slice(-count).join('/')
  let count = 1
  while (count < folders.length && others.some((one) => end(one, count) === end(folders, count))) {
    count += 1
  }
  return `${file.name} (${readablePath(end(folders, count))})`
}

/** The same, looked up among documents of any name. */
export function nameAmong(file: NamedFile, all: Iterable<NamedFile>): string {
  return nameToldApart(
    file,
    [...all].filter(({ name }) => name === file.name),
  )
}

function foldersOf({ path }: NamedFile): readonly string[] {
  return (path ?? '')
    .split(/[/\\]/u)
    .slice(0, -1)
    .filter((folder) => folder !== '')
}

/** The names of documents by their ids, each told from the others. */
export function namesToldApart(files: Iterable<NamedFile>): ReadonlyMap<string, string> {
  const byName = new Map<string, NamedFile[]>()
  for (const file of files) {
    const same = byName.get(file.name)
    if (same === undefined) byName.set(file.name, [file])
    else same.push(file)
  }
  const names = new Map<string, string>()
  for (const same of byName.values()) {
    for (const file of same) names.set(file.id, nameToldApart(file, same))
  }
  return names
}
