import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import papaparse from 'papaparse'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { TextRange } from '../../shared/domain/page.ts'

/** A question with the ranges of one text that contain the evidence. */
export interface ChunkingQuestion {
  readonly question: string
  readonly corpus: string
  readonly evidence: readonly TextRange[]
}

export interface ChunkingCollection {
  readonly corpora: readonly {
    readonly id: string
    readonly title: string
    readonly text: string
  }[]
  readonly questions: readonly ChunkingQuestion[]
}

const row = z.object({ question: z.string(), references: z.string(), corpus_id: z.string() })
const references = z.array(
  z.object({ content: z.string(), start_index: z.number().int(), end_index: z.number().int() }),
)

/**
 * Reads a collection in the layout of chunking_evaluation (Smith and Troynikov 2024):
 * `questions_df.csv` and `corpora/*.md`.
 *
 * @throws AppError `invalid-input` if it is of another layout
 */
export async function readChunkingEval(directory: string): Promise<ChunkingCollection> {
  const folder = path.join(directory, 'corpora')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort()
  const corpora = await Promise.all(
    names.map(async (name) => ({
      id: path.basename(name, '.md'),
      title: '',
      text: await readFile(path.join(folder, name), 'utf8'),
    })),
  )
  const csv = await readFile(path.join(directory, 'questions_df.csv'), 'utf8')
  const { data } = papaparse.parse<unknown>(csv, { header: true, skipEmptyLines: true })
  return { corpora, questions: data.map((one) => toQuestion(one, directory)) }
}

function toQuestion(data: unknown, directory: string): ChunkingQuestion {
  try {
    const { question, references: json, corpus_id } = row.parse(data)
    const evidence = references
      .parse(JSON.parse(json))
      .map(({ start_index, end_index }) => ({ start: start_index, end: end_index }))
    return { question, corpus: corpus_id, evidence }
  } catch (error) {
    throw new AppError('invalid-input', `${directory} is not in chunking_evaluation's layout.`, {
      cause: error,
    })
  }
}
