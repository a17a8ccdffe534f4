import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { makeFolder, renamePatiently } from '../../disk/durableFile.ts'
import { parsedFiles } from '../../disk/parsedFiles.ts'
import type { PassageSize } from '../../embedding/passageSize.ts'
import type { SearchIndex } from '../../retrieval/searchIndex.ts'
import { passagesFile, type ContentStore } from '../store/contentStore.ts'
import type { ReadDocument } from './importWork.ts'
import type { Parser } from '../../parsing/parser.ts'

export interface CutDeps {
  readonly parser: Pick<Parser, 'cut'>
  /** Where passages are written until they are taken. */
  readonly spool: string
}

/**
 * Cuts stored text into passages, in a folder of the spool.
 *
 * @param take gets the file; it is gone afterwards unless it was moved.
 * @returns how many passages there are.
 */
export async function cutPassages(
  { parser, spool }: CutDeps,
  text: string,
  passageSize: PassageSize,
  take: (file: string) => Promise<void>,
  signal: AbortSignal,
): Promise<number> {
  const into = path.join(spool, 'parsed', randomUUID())
  await makeFolder(into)
  try {
    const count = await parser.cut({ text, into, passageSize }, signal)
    await take(path.join(into, parsedFiles.chunks))
    return count
  } finally {
    await rm(into, { recursive: true, force: true })
  }
}

/**
 * Cuts those documents that are not cut for an index: their text is older than it, or it replaced
 * another one since they were read.
 *
 * @returns all of them, with the number of passages.
 */
export async function cutMissing(
  files: readonly ReadDocument[],
  { id, passageSize }: Pick<SearchIndex, 'id' | 'passageSize'>,
  contents: Pick<ContentStore, 'folder' | 'countPassages' | 'adoptPassages'>,
  deps: CutDeps,
  signal: AbortSignal,
): Promise<readonly ReadDocument[]> {
  const cut: ReadDocument[] = []
  for (const file of files) {
    const folder = file.folder ?? contents.folder(file.contentId)
    if (existsSync(passagesFile(folder, id))) {
      const counted = file.folder === null ? await contents.countPassages(file.contentId, id) : null
      cut.push({ ...file, chunks: counted ?? file.chunks })
      continue
    }
    const take = (made: string): Promise<void> =>
      file.folder === null
        ? contents.adoptPassages(file.contentId, id, made)
        : renamePatiently(made, passagesFile(folder, id))
    const text = path.join(folder, parsedFiles.text)
    cut.push({ ...file, chunks: await cutPassages(deps, text, passageSize, take, signal) })
  }
  return cut
}
