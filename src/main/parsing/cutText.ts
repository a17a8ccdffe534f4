import { readFile } from 'node:fs/promises'
import type { Page } from '../../shared/domain/page.ts'
import { parsedFiles } from '../disk/parsedFiles.ts'
import type { ChunkOptions, CountTokens } from './chunking/chunkOptions.ts'
import { chunkPages } from './chunking/chunkPages.ts'
import { languagesOf } from './languagesOf.ts'
import type { CutText } from './host/parserContract.ts'
import type { CutJob } from './parser.ts'
import { writeJsonLines } from './writeJsonLines.ts'

/**
 * Cuts stored text into passages again. Runs in the parser process, which had the same text in
 * memory when the file was first read.
 *
 * @returns the number of passages, and the languages.
 * @throws AppError `disk-full`.
 */
export async function cutText(
  { text, into, languages }: Pick<CutJob, 'text' | 'into' | 'languages'>,
  countTokens: CountTokens,
  options: ChunkOptions,
): Promise<CutText> {
  const lines = (await readFile(text, 'utf8')).split('\n').filter((line) => line !== '')
  const pages = lines.map((line) => JSON.parse(line) as Page)
  const found = languagesOf(pages, languages)
  const chunks = chunkPages(pages, countTokens, options, (part) => found.of(part))
  return { chunks: await writeJsonLines(into, parsedFiles.chunks, chunks), languages: found.all }
}
