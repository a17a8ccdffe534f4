import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Chunk } from '../../src/shared/domain/chunk.ts'
import { countLeftOut, type LeftOutKind } from '../../src/shared/domain/leftOut.ts'
import type { Page } from '../../src/shared/domain/page.ts'
import { AppError, throwIfAborted } from '../../src/shared/errors.ts'
import { toDisk } from '../../src/main/disk/diskPath.ts'
import type { Parser } from '../../src/main/parsing/parser.ts'

export interface FakeParser extends Parser {
  /** Names of the files read so far. */
  readonly read: readonly string[]
}

/**
 * Reads text files by simple rules: form feeds separate pages, every line is a chunk, a page
 * `(picture)` cannot be read, `(left out: picture)` and `(left out: message-part)` are told of, and a file that begins with `fail:` fails with the rest as its reason.
 *
 * @param delayMs how long a file takes.
 * @param atOnce how many files are read at the same time.
 */
export function createFakeParser({ delayMs = 0, atOnce = 1 } = {}): FakeParser {
  const read: string[] = []
  return {
    read,
    atOnce,
    async parse({ file, name, into }, onProgress, signal) {
      read.push(name)
      if (delayMs > 0) await delay(delayMs, undefined, signal === undefined ? {} : { signal })
      throwIfAborted(signal)
      const bytes = await readFile(toDisk(file))
      const text = bytes.toString('utf8')
      if (text === '') throw new AppError('document-empty', 'This file is empty.')
      if (text.startsWith('fail:')) throw new AppError('document-unreadable', text.slice(5))
      const pages = toPages(text)
      onProgress({ page: pages.length, pages: pages.length })
      const chunks = pages.flatMap(toChunks).map((chunk, ordinal) => ({ ...chunk, ordinal }))
      await writeFile(path.join(into, 'text.jsonl'), toLines(pages))
      await writeFile(path.join(into, 'chunks.jsonl'), toLines(chunks))
      const unreadPages = pages.filter((page) => page.text === '(picture)').map(({ page }) => page)
      return {
        format: 'text',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.length,
        pages: pages.length,
        chunks: chunks.length,
        words: text.split(/\s+/).length,
        languages: ['en'],
        unreadPages,
        pageLabels: [],
        leftOut: countLeftOut(
          [...text.matchAll(/\(left out: (picture|message-part)\)/g)].map(
            ([, what]) => what as LeftOutKind,
          ),
        ),
        reason:
          unreadPages.length === 0
            ? null
            : { code: 'document-unreadable', message: 'Some pages are pictures.' },
      }
    },
    async cut({ text, into }) {
      const lines = (await readFile(text, 'utf8')).trimEnd().split('\n')
      const chunks = lines
        .flatMap((line) => toChunks(JSON.parse(line) as Page))
        .map((chunk, ordinal) => ({ ...chunk, ordinal }))
      await writeFile(path.join(into, 'chunks.jsonl'), toLines(chunks))
      return { chunks: chunks.length, languages: ['en'] }
    },
    dispose: () => Promise.resolve(),
  }
}

function toPages(text: string): Page[] {
  return text.split('\f').map((page, index) => ({ page: index + 1, text: page, blocks: [] }))
}

function toChunks({ page, text }: Page): Omit<Chunk, 'ordinal'>[] {
  return [...text.matchAll(/[^\n]+/g)].map((match) => ({
    page,
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
    heading: '',
    tokens: match[0].split(' ').length,
  }))
}

function toLines(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}
