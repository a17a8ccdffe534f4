import type { TextRange } from '../../shared/domain/page.ts'
import type { Passage } from '../retrieval/retrieval.ts'
import { readChunkingEval, type ChunkingCollection } from './chunkingEval.ts'
import type { EvalLibrary } from './evalLibrary.ts'
import { mean, overlap } from './metrics.ts'

export interface ChunksFigures {
  readonly questions: number
  /** Shares of characters, as means over the questions. */
  readonly recall: number
  readonly precision: number
  readonly iou: number
  /** Mean number of characters that a question retrieves. */
  readonly characters: number
  readonly chunks: number
}

/** Measures how exactly the passages that a question retrieves cover its evidence. */
export async function evalChunks(
  { dir, top }: { readonly dir: string; readonly top: number },
  library: EvalLibrary,
): Promise<ChunksFigures> {
  const collection = await readChunkingEval(dir)
  await library.importTexts(collection.corpora)
  const rows = []
  for (const [index, { question, corpus, evidence }] of collection.questions.entries()) {
    const { passages } = await library.retrieval.search(question, { limit: top })
    const retrieved = passages.map((passage) => locate(passage, collection, library))
    const own = retrieved.filter((range) => range.corpus === corpus)
    // What was retrieved of other texts counts as retrieved, but can contain no evidence.
    const elsewhere = retrieved
      .filter((range) => range.corpus !== corpus)
      .map(({ start, end }, place) => ({ start: offset(place) + start, end: offset(place) + end }))
    const all = [...own, ...elsewhere]
    const characters = all.reduce((sum, { start, end }) => sum + end - start, 0)
    rows.push({ ...overlap(all, evidence), characters })
    library.onProgress?.(index + 1, collection.questions.length)
  }
  return {
    questions: rows.length,
    recall: mean(rows.map(({ recall }) => recall)),
    precision: mean(rows.map(({ precision }) => precision)),
    iou: mean(rows.map(({ iou }) => iou)),
    characters: mean(rows.map(({ characters }) => characters)),
    chunks: await library.store.count(),
  }
}

/** Ranges of other texts are set far apart from each other and from the evidence. */
function offset(place: number): number {
  return (place + 1) * 1e9
}

interface Located extends TextRange {
  readonly corpus: string | null
}

/** Finds a passage in the original, from which the stored text may differ in blanks at the start. */
function locate(
  { contentId, start, end, text }: Passage,
  { corpora }: ChunkingCollection,
  library: EvalLibrary,
): Located {
  const corpus = library.entryOf(contentId)
  const original = corpora.find(({ id }) => id === corpus)?.text ?? ''
  if (original.slice(start, end) === text) return { corpus, start, end }
  const found = original.indexOf(text)
  return found < 0
    ? { corpus: null, start, end }
    : { corpus, start: found, end: found + text.length }
}
