import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { fromDisk, toDisk } from '../../disk/diskPath.ts'
import { systemErrorCode } from '../../disk/systemError.ts'

/**
 * The path of a file whose name was typed or handed over in another spelling than the disk has: with
 * composed letters for decomposed ones, or with a question mark for each byte that isn't UTF-8. The
 * path itself if there is such a file, or if none or several could be meant.
 *
 * @param file an absolute path.
 */
export async function spelledOnDisk(file: string): Promise<string> {
  if (/^[\x20-\x7E]*$/.test(file) || existsSync(toDisk(file))) return file
  const { root } = path.parse(file)
  let found = root
  for (const part of file.slice(root.length).split(path.sep)) {
    const next = path.join(found, part)
    const spelled = existsSync(toDisk(next)) ? next : await respelled(found, part)
    if (spelled === null) return file
    found = spelled
  }
  return found
}

async function respelled(folder: string, name: string): Promise<string | null> {
  const alike = (await list(folder)).filter(
    (entry) => asTyped(entry.toString('utf8')) === asTyped(name),
  )
  const [only, ...more] = alike
  return only === undefined || more.length > 0 ? null : path.join(folder, fromDisk(only))
}

async function list(folder: string): Promise<readonly Buffer[]> {
  try {
    return await readdir(toDisk(folder), { encoding: 'buffer' })
  } catch (error) {
    // Whoever opens the path next is told why it can't be.
    if (systemErrorCode(error) === undefined) throw error
    return []
  }
}

/** Programs put one or several signs for a character that they can't decode. */
function asTyped(name: string): string {
  return name.normalize('NFC').replace(/\uFFFD+/gu, '\uFFFD')
}
