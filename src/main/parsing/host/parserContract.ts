import { z } from 'zod'
import { formatId } from '../../../shared/domain/formats.ts'
import { leftOut } from '../../../shared/domain/leftOut.ts'
import { documentReason } from '../../../shared/domain/libraryDocument.ts'
import { labelRun } from '../../../shared/domain/pageLabels.ts'
import { procedure, stream } from '../../../shared/rpc/contract.ts'
import { chunkOptions } from '../chunking/chunkOptions.ts'
import { parseLimits, tableLimits } from '../parseLimits.ts'
import { tableRow } from '../tables/table.ts'

const parsedDocument = z
  .object({
    format: formatId,
    /** SHA-256 of the bytes that were read, in hex. */
    sha256: z.string(),
    bytes: z.number().int(),
    pages: z.number().int(),
    chunks: z.number().int(),
    words: z.number().int(),
    /** ISO 639-1, the one with the most text first. */
    languages: z.array(z.string()).readonly(),
    /** Pages without text although something is on them, or that could not be read. */
    unreadPages: z.array(z.number().int()).readonly(),
    /** What is printed on the pages as their numbers; empty if nothing else than these. */
    pageLabels: z.array(labelRun).readonly(),
    /** What else was not read. */
    leftOut: z.array(leftOut).readonly(),
    /** Why `unreadPages` is not empty, or null. */
    reason: documentReason.nullable(),
  })
  .readonly()
export type ParsedDocument = z.infer<typeof parsedDocument>

const parseRequest = z.object({
  /** Path of the file to read. */
  file: z.string(),
  /** Its name as the user knows it; its extension is a hint, its bytes decide. */
  name: z.string(),
  /** An existing, empty folder that takes the result. */
  into: z.string(),
  /** Languages that are known (ISO 639-1); absent or empty where they are to be found. */
  languages: z.array(z.string()).readonly().optional(),
  /** Folder of the embedder's tokenizer, in whose tokens chunks are measured. */
  tokenizerDir: z.string(),
  limits: parseLimits,
  chunking: chunkOptions,
  /** Memory of the whole process, in MiB, above which it ends itself. */
  memoryMiB: z.number().positive(),
})
export type ParseRequest = z.infer<typeof parseRequest>

const parseItem = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    page: z.number().int(),
    pages: z.number().int().nullable(),
  }),
  z.object({ type: z.literal('done'), document: parsedDocument }),
])
export type ParseItem = z.infer<typeof parseItem>

const cutRequest = parseRequest
  .pick({ into: true, languages: true, tokenizerDir: true, chunking: true, memoryMiB: true })
  .extend({
    /** Path of a `text.jsonl`. */
    text: z.string(),
  })
export type CutRequest = z.infer<typeof cutRequest>

const cutText = z
  .object({
    /** Number of passages. */
    chunks: z.number().int(),
    /** As of a parsed document. */
    languages: z.array(z.string()).readonly(),
  })
  .readonly()
export type CutText = z.infer<typeof cutText>

const tableRequest = z.object({
  file: z.string(),
  /** What the person calls the file. */
  name: z.string(),
  limits: tableLimits,
  /** Memory of the whole process, in MiB, above which it ends itself. */
  memoryMiB: z.number().positive(),
})
export type TableRequest = z.infer<typeof tableRequest>

/** First the head, then the rows in parts. */
const tableItem = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('head'),
    columns: z.array(z.string()).readonly(),
    notices: z.array(z.string()).readonly(),
  }),
  z.object({ type: z.literal('rows'), rows: z.array(tableRow).readonly() }),
])
export type TableItem = z.infer<typeof tableItem>

/** What the process that reads documents and tables can be asked. */
export const parserContract = {
  parser: {
    parse: stream({ input: parseRequest, item: parseItem }),
    /** Cuts stored text into passages. */
    cut: procedure({ input: cutRequest, output: cutText }),
    readTable: stream({ input: tableRequest, item: tableItem }),
  },
}
