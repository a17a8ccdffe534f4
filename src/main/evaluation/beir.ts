import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'

export interface CorpusEntry {
  readonly id: string
  readonly title: string
  readonly text: string
}

export interface BeirQuery {
  readonly id: string
  readonly text: string
  /** Whether the corpus contains an answer, where the collection says so. */
  readonly answerable: boolean | null
}

export interface BeirCollection {
  /** Without the entries that have neither a title nor a text. */
  readonly corpus: readonly CorpusEntry[]
  readonly queries: readonly BeirQuery[]
  /** By query: the documents' grades. */
  readonly qrels: ReadonlyMap<string, ReadonlyMap<string, number>>
}

const entry = z.object({
  _id: z.coerce.string(),
  title: z.string().nullish(),
  text: z.string().nullish(),
})
const query = z.object({
  _id: z.coerce.string(),
  text: z.string(),
  metadata: z.object({ answerable: z.boolean().nullish() }).nullish(),
})

/**
 * Reads a collection in BEIR's layout (Thakur et al. 2021): `corpus.jsonl`, `queries.jsonl` and
 * `qrels/test.tsv`.
 *
 * @throws AppError `invalid-input` for a line that is not in that layout
 */
export async function readBeir(directory: string): Promise<BeirCollection> {
  const [corpus, queries, qrels] = await Promise.all([
    readLines(path.join(directory, 'corpus.jsonl')),
    readLines(path.join(directory, 'queries.jsonl')),
    readLines(path.join(directory, 'qrels', 'test.tsv')),
  ])
  return {
    corpus: corpus
      .map((line) => parse(entry, line))
      .map(({ _id, title, text }) => ({ id: _id, title: title ?? '', text: text ?? '' }))
      .filter(({ title, text }) => `${title}${text}`.trim() !== ''),
    queries: queries
      .map((line) => parse(query, line))
      .map(({ _id, text, metadata }) => ({
        id: _id,
        text,
        answerable: metadata?.answerable ?? null,
      })),
    qrels: readQrels(qrels),
  }
}

function readQrels(lines: readonly string[]): Map<string, Map<string, number>> {
  const qrels = new Map<string, Map<string, number>>()
  for (const line of lines) {
    const fields = line.split('\t')
    // TREC's layout has a column more: query, iteration, document, grade.
    const [query, document, grade] = fields.length >= 4 ? [fields[0], fields[2], fields[3]] : fields
    const value = Number(grade)
    // The header.
    if (query === undefined || document === undefined || !Number.isFinite(value)) continue
    const grades = qrels.get(query) ?? new Map<string, number>()
    qrels.set(query, grades.set(document, value))
  }
  return qrels
}

async function readLines(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new AppError('invalid-input', `${file} could not be read.`, { cause: error })
  })
  return text.split(/\r?\n/u).filter((line) => line.trim() !== '')
}

function parse<T>(schema: z.ZodType<T>, line: string): T {
  try {
    return schema.parse(JSON.parse(line))
  } catch (error) {
    const start = line.slice(0, 60)
    throw new AppError('invalid-input', `This line is not in BEIR's layout: ${start}`, {
      cause: error,
    })
  }
}
