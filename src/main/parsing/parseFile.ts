import { createHash } from 'node:crypto'
import { formats, isDrawable, type FormatId } from '../../shared/domain/formats.ts'
import { toLabelRuns } from '../../shared/domain/pageLabels.ts'
import { leftOutWords } from '../../shared/domain/leftOut.ts'
import { AppError, isCancelled, throwIfAborted } from '../../shared/errors.ts'
import { parsedFiles } from '../disk/parsedFiles.ts'
import type { ChunkOptions, CountTokens } from './chunking/chunkOptions.ts'
import { chunkPages } from './chunking/chunkPages.ts'
import { countWords } from './countWords.ts'
import { detectFormat } from './formats/detectFormat.ts'
import type { ParsedPages } from './formats/format.ts'
import { parsers } from './formats/registry.ts'
import { languagesOf } from './languagesOf.ts'
import type { ParseLimits } from './parseLimits.ts'
import type { ParsedDocument, ParseJob } from './parser.ts'
import { readFileBytes } from './readFileBytes.ts'
import { whyUnread } from './unreadPages.ts'
import { writeJsonLines } from './writeJsonLines.ts'

export type FileToParse = Pick<ParseJob, 'file' | 'name' | 'into' | 'languages'>

export interface ParseFileOptions {
  readonly limits: ParseLimits
  readonly chunking: ChunkOptions
  readonly countTokens: CountTokens
  readonly signal: AbortSignal
  readonly onPage: (page: number, pages: number | null) => void
}

/**
 * Reads a file, splits it into pages and chunks and writes those into the job's folder. Runs in the
 * parser process, whose memory and time are limited from outside.
 *
 * @throws AppError as `Parser.parse` does.
 */
export async function parseFile(
  job: FileToParse,
  options: ParseFileOptions,
): Promise<ParsedDocument> {
  const bytes = await readFileBytes(job.file, options.limits.bytes)
  throwIfAborted(options.signal)
  if (bytes.byteLength === 0) throw new AppError('document-empty', 'This file is empty.')
  const format = detectFormat(job.name, bytes)
  const parsed = await parseSafely(format, bytes, options)
  throwIfAborted(options.signal)
  const words = parsed.pages.reduce((sum, { text }) => sum + countWords(text), 0)
  if (words === 0) throw nothingToRead(format, parsed)
  await writeJsonLines(job.into, parsedFiles.text, parsed.pages)
  if (parsed.layouts.length > 0) await writeJsonLines(job.into, parsedFiles.layout, parsed.layouts)
  const labels = toLabelRuns(parsed.pages.map(({ label }) => label ?? null))
  const languages = languagesOf(parsed.pages, job.languages)
  const { countTokens, chunking } = options
  const chunks = chunkPages(parsed.pages, countTokens, chunking, (part) => languages.of(part))
  return {
    format,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.byteLength,
    pages: parsed.pages.length,
    chunks: await writeJsonLines(job.into, parsedFiles.chunks, chunks),
    words,
    languages: languages.all,
    unreadPages: parsed.unreadPages,
    pageLabels: labels,
    leftOut: parsed.leftOut ?? [],
    reason: whyUnread(parsed.unreadPages, labels.length > 0),
  }
}

/** A parser library that stumbles over a file is a damaged file, not a broken app. */
async function parseSafely(
  format: FormatId,
  bytes: Uint8Array,
  { limits, signal, onPage }: ParseFileOptions,
): Promise<ParsedPages> {
  try {
    return await parsers[format](bytes, { limits, signal, onPage })
  } catch (error) {
    if (error instanceof AppError || isCancelled(error)) throw error
    if (error instanceof RangeError && error.message.includes('call stack')) {
      throw new AppError(
        'document-unreadable',
        'This file is nested too deeply to be read. Save it in another format and add that.',
        { cause: error },
      )
    }
    throw new AppError(
      'document-unreadable',
      `This ${formats[format].name} file could not be read. It may be damaged: open it in the program that made it and save it again.`,
      { cause: error },
    )
  }
}

function nothingToRead(format: FormatId, { unreadPages, leftOut }: ParsedPages): AppError {
  if (!isDrawable(format) || unreadPages.length === 0) {
    const message = `There is no text in this document. ${leftOutWords(leftOut)}`
    return new AppError('document-empty', message.trim())
  }
  return new AppError(
    'document-empty',
    'This document holds pictures of pages, not text: it looks scanned. Run text recognition (OCR) on it and add the result.',
  )
}
