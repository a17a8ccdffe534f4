import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { page, pageLayout } from '../../../shared/domain/page.ts'
import { throwIfAborted } from '../../../shared/errors.ts'
import { parseJson } from '../../disk/jsonFile.ts'
import { hashFile } from '../../disk/hashFile.ts'
import { parsedFiles } from '../../disk/parsedFiles.ts'
import { systemErrorCode } from '../../disk/systemError.ts'
import type { IndexInUse, SearchIndex } from '../../retrieval/searchIndex.ts'
import { withHeading } from '../../retrieval/withHeading.ts'
import { contentIdOf } from '../store/contentId.ts'
import type { ContentStore } from '../store/contentStore.ts'
import { readLines } from '../store/numberedLines.ts'
import { passagesFile } from '../store/passageFiles.ts'
import type { Uploads } from '../store/uploads.ts'

/** What can be wrong with what is stored of a document. */
export type LibraryFault = 'text' | 'layout' | 'original' | 'original-missing' | 'index'

export interface FaultDeps {
  readonly contents: ContentStore
  readonly uploads: Pick<Uploads, 'original'>
  readonly index: Pick<IndexInUse, 'use' | 'current'>
}

const storedPage = page.unwrap().pick({ page: true, text: true })
const position = z.number().int().nonnegative()
const passage = storedPage.extend({ ordinal: position, start: position, end: position })
type Passage = z.infer<typeof passage>

/**
 * Compares everything that is stored of a document: the pages can be read, each passage is a range
 * of its page, the index has the same passages with their vectors, and the copy of an upload has the
 * bytes that were imported.
 *
 * @returns the worst first.
 */
export async function findFaults(
  { contentId, path: file, chunks }: LibraryDocument,
  deps: FaultDeps,
  signal: AbortSignal,
): Promise<readonly LibraryFault[]> {
  if (contentId === null) return []
  const faults: LibraryFault[] = []
  const pages = await readTexts(deps.contents.folder(contentId))
  throwIfAborted(signal)
  if (file === null) faults.push(...(await faultsOfOriginal(contentId, deps.uploads)))
  throwIfAborted(signal)
  const { contents, index } = deps
  const fault =
    pages === null
      ? 'text'
      : await index.use((now) => compare({ contentId, chunks }, pages, contents, now, signal))
  if (fault !== null) return [fault, ...faults]
  return (await isLayoutFine(contentId, deps.contents)) ? faults : ['layout', ...faults]
}

/** Only formats that can be drawn have a layout. */
async function isLayoutFine(contentId: string, contents: ContentStore): Promise<boolean> {
  const file = path.join(contents.folder(contentId), parsedFiles.layout)
  try {
    for await (const line of readLines(file)) {
      if (parseJson(line, pageLayout) === undefined) return false
    }
    return true
  } catch (error) {
    if (!isUnreadable(error)) throw error
    return systemErrorCode(error) === 'ENOENT'
  }
}

/** Whether the stored text in a folder can be read, and its passages are ranges of it. */
export async function canReadText(folder: string): Promise<boolean> {
  const pages = await readTexts(folder)
  if (pages === null) return false
  const names = (await readdir(folder)).filter((name) => name.startsWith('chunks-'))
  const cuts = await Promise.all(names.map((name) => readCut(path.join(folder, name))))
  return cuts.every((passages) => passages !== null && areOfText(passages, pages))
}

function areOfText(passages: readonly Passage[], pages: ReadonlyMap<number, string>): boolean {
  return passages.every(
    ({ page: number, start, end, text }) => pages.get(number)?.slice(start, end) === text,
  )
}

/** @returns the text of each page; null where a line cannot be read, or the order is wrong. */
async function readTexts(folder: string): Promise<ReadonlyMap<number, string> | null> {
  const pages = new Map<number, string>()
  let last = 0
  try {
    for await (const line of readLines(path.join(folder, parsedFiles.text))) {
      const read = parseJson(line, storedPage)
      if (read === undefined || read.page <= last) return null
      last = read.page
      pages.set(read.page, read.text)
    }
  } catch (error) {
    if (isUnreadable(error)) return null
    throw error
  }
  return pages.size === 0 ? null : pages
}

async function faultsOfOriginal(
  contentId: string,
  uploads: FaultDeps['uploads'],
): Promise<readonly LibraryFault[]> {
  const file = uploads.original(contentId)
  if (file === null) return ['original-missing']
  try {
    return contentIdOf(await hashFile(file)) === contentId ? [] : ['original']
  } catch (error) {
    if (isUnreadable(error)) return ['original-missing']
    throw error
  }
}

/** Text, passages and index tell the same three times, so that the one that differs is damaged. */
async function compare(
  { contentId, chunks }: { readonly contentId: string; readonly chunks: number },
  pages: ReadonlyMap<number, string>,
  contents: ContentStore,
  current: SearchIndex,
  signal: AbortSignal,
): Promise<LibraryFault | null> {
  const { id, store } = current
  const passages = await readCut(passagesFile(contents.folder(contentId), id))
  const indexed = await store.range(contentId, 0, Number.MAX_SAFE_INTEGER)
  if (passages?.length !== chunks || !isSameText(passages, indexed)) return 'index'
  if (!areOfText(passages, pages)) return 'text'
  return (await hasVectors(contentId, current, signal)) ? null : 'index'
}

/** Some passages have no vector, such as one of another script: the embedder has to give it one. */
async function hasVectors(
  contentId: string,
  { store, embedder }: Pick<SearchIndex, 'store' | 'embedder'>,
  signal: AbortSignal,
): Promise<boolean> {
  const without = await store.withoutVector(contentId)
  if (without.length === 0) return true
  const vectors = await embedder.embed(without.map(withHeading), 'passage', signal)
  return vectors.every((vector) => vector === null)
}

function isSameText(a: readonly Passage[], b: readonly Passage[]): boolean {
  const texts = new Map(b.map(({ ordinal, text }) => [ordinal, text]))
  return a.length === b.length && a.every(({ ordinal, text }) => texts.get(ordinal) === text)
}

async function readCut(file: string): Promise<readonly Passage[] | null> {
  const passages: Passage[] = []
  try {
    for await (const line of readLines(file)) {
      const read = parseJson(line, passage)
      if (read === undefined) return null
      passages.push(read)
    }
  } catch (error) {
    if (isUnreadable(error)) return null
    throw error
  }
  return passages
}

/** Missing, a folder, or on a part of the disk that cannot be read. */
function isUnreadable(error: unknown): boolean {
  return systemErrorCode(error) !== undefined
}
