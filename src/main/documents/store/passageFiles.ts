import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Chunk } from '../../../shared/domain/chunk.ts'
import { move, remove, syncDirectory, syncFile } from '../../disk/durableFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { indexLines, readLines } from './numberedLines.ts'

/** The passages of a content for one index: each embedder has its own tokenizer and limit. */
export function passagesFile(folder: string, index: string): string {
  return path.join(folder, `chunks-${index}.jsonl`)
}

export async function* readPassages(file: string): AsyncGenerator<Chunk> {
  for await (const line of readLines(file)) {
    yield JSON.parse(line) as Chunk
  }
}

/** Moves a file of passages for an index into a content's folder; it is on the disk afterwards. */
export async function adoptPassages(folder: string, index: string, file: string): Promise<void> {
  await syncFile(file)
  await move(file, passagesFile(folder, index))
  await syncDirectory(folder)
}

/** @returns undefined where the content is not cut for this index yet. */
export async function countPassages(folder: string, index: string): Promise<number | undefined> {
  const lines = await indexLines(passagesFile(folder, index)).catch(whenMissing(undefined))
  return lines === undefined ? undefined : lines.length - 1
}

/** Removes the passages of all indexes but these. */
export async function keepPassages(folder: string, indexes: readonly string[]): Promise<void> {
  const kept = new Set(indexes.map((index) => path.basename(passagesFile('', index))))
  for (const name of await readdir(folder).catch(whenMissing([]))) {
    if (!name.startsWith('chunks') || kept.has(name)) continue
    await remove(path.join(folder, name))
  }
}
