import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { makeFolder, move, remove } from '../../disk/durableFile.ts'
import { parsedFiles } from '../../disk/parsedFiles.ts'
import type { PassageSize } from '../../embedding/passageSize.ts'
import type { SearchIndex } from '../../retrieval/searchIndex.ts'
import type { ContentStore } from '../store/contentStore.ts'
import { passagesFile } from '../store/passageFiles.ts'
import type { ReadDocument } from './importWork.ts'
import type { CutText } from '../../parsing/host/parserContract.ts'
import type { CutJob, Parser } from '../../parsing/parser.ts'

export interface CutDeps {
  readonly parser: Pick<Parser, 'cut'>
  /** Folder that passages are written to before `take`. */
  readonly spool: string
}

/**
 * Splits stored text into passages, in a temporary folder.
 *
 * @param take receives the file; it is deleted afterwards unless it was moved.
 * @returns the number of passages, and the languages of the text.
 */
export async function cutPassages(
  { parser, spool }: CutDeps,
  { text, languages }: Pick<CutJob, 'text' | 'languages'>,
  passageSize: PassageSize,
  take: (file: string) => Promise<void>,
  signal: AbortSignal,
): Promise<CutText> {
  const into = path.join(spool, 'parsed', randomUUID())
  await makeFolder(into)
  try {
    const cut = await parser.cut({ text, languages, into, passageSize }, signal)
    await take(path.join(into, parsedFiles.chunks))
    return cut
  } finally {
    await remove(into)
  }
}

/**
 * Splits the documents that aren't split for an index yet: their text is older than the index, or
 * the index was exchanged since they were read.
 *
 * @returns all documents, with their numbers of passages.
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
    // Passages of an earlier version don't have their languages.
    const isNamed = file.folder !== null || file.languages.length > 0
    if (isNamed && existsSync(passagesFile(folder, id))) {
      const counted = file.folder === null ? await contents.countPassages(file.contentId, id) : null
      cut.push({ ...file, chunks: counted ?? file.chunks })
      continue
    }
    const take = (made: string): Promise<void> =>
      file.folder === null
        ? contents.adoptPassages(file.contentId, id, made)
        : move(made, passagesFile(folder, id))
    const text = { text: path.join(folder, parsedFiles.text), languages: file.languages }
    cut.push({ ...file, ...(await cutPassages(deps, text, passageSize, take, signal)) })
  }
  return cut
}
