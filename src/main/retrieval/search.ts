import type { EvidenceDecision } from '../../shared/domain/conversation.ts'
import { questionLanguage } from '../../shared/domain/language/questionLanguage.ts'
import type { TermWeight } from '../../shared/domain/language/terms.ts'
import { createComparison } from './comparison.ts'
import type { CosineScale } from './cosineScale.ts'
import { createEvidenceScore, evidenceThreshold } from './evidence.ts'
import type { RankedChunk } from './fusion.ts'
import { scoreSentences, type PassageText } from './keySentences.ts'
import { correctSlips } from './correctSlips.ts'
import { createDuplicateFilter } from './nearDuplicates.ts'
import { joinNeighbours, type ChunkRun, type ReadPage } from './neighbours.ts'
import { rankChunks } from './rankChunks.ts'
import type {
  Passage,
  Retrieval,
  ScoredSentence,
  SearchOptions,
  SearchOutcome,
} from './retrieval.ts'
import { scoreByMeaning } from './scoreByMeaning.ts'
import type { IndexInUse, SearchIndex } from './searchIndex.ts'

export interface RetrievalDeps {
  readonly index: Pick<IndexInUse, 'use'>
  /** Lets neighbouring chunks be joined; without it they stay apart. */
  readonly readPage?: ReadPage
}

/** Hybrid search over the library, with the sentences of what it finds scored. */
export function createRetrieval(deps: RetrievalDeps): Retrieval {
  const readPage = deps.readPage ?? (() => Promise.resolve(undefined))
  return {
    // One index from the question's vector to the last score, even if another replaces it meanwhile.
    search: (query, options) =>
      deps.index.use((index) => searchIn(index, query, options, readPage)),
  }
}

async function searchIn(
  index: SearchIndex,
  query: string,
  options: SearchOptions,
  readPage: ReadPage,
): Promise<SearchOutcome> {
  const { store, statistics, cosineScale } = index
  const languages = store.languages(options.contents)
  const question = correctSlips(query, languages, statistics)
  const weight: TermWeight = (term) => statistics.idf(term)
  const { chunks, vector } = await rankChunks(index, question, options)
  const runs = await pickRuns(chunks, options.limit, readPage)
  const lowest = Math.min(...chunks.map(({ cosine }) => cosine ?? 1), 1)
  const texts = runs.map(toText)
  const byWords = scoreSentences(question, texts, weight)
  const scored = await scoreByMeaning(
    question,
    vector,
    texts.map(({ language }, at) => ({ language, sentences: byWords[at] ?? [] })),
    index,
    options.signal,
  )
  const evidenceScore = createEvidenceScore(question, weight, cosineScale)
  const passages = runs.map((run, at) => toPassage(run, scored[at] ?? [], lowest, evidenceScore))
  const best = Math.max(0, ...passages.map(({ scores }) => scores.evidence))
  const otherLanguage = findOtherLanguage(query, languages, cosineScale)
  return { passages, decision: { best, threshold: evidenceThreshold, otherLanguage } }
}

/** Null as well if the embedder can compare the question with one of the languages. */
function findOtherLanguage(
  query: string,
  languages: readonly string[],
  scale: CosineScale,
): EvidenceDecision['otherLanguage'] {
  const { language, isOther } = questionLanguage(query, languages)
  const compare = createComparison(query, scale)
  const isComparable = languages.some((one) => compare(one).hasMeaning)
  return isOther && !isComparable ? { asked: language, searched: languages } : null
}

/**
 * Takes the best chunks that differ, until there are enough passages after neighbours are joined.
 */
async function pickRuns(
  ranked: readonly RankedChunk[],
  limit: number,
  readPage: ReadPage,
): Promise<ChunkRun[]> {
  const isDuplicate = createDuplicateFilter()
  const rest = ranked.values()
  let picked: RankedChunk[] = []
  let runs: ChunkRun[] = []
  while (runs.length < limit) {
    const more: RankedChunk[] = []
    for (const one of rest) {
      if (!isDuplicate(one.chunk.text)) more.push(one)
      if (runs.length + more.length >= limit) break
    }
    if (more.length === 0) break
    picked = [...picked, ...more]
    runs = await joinNeighbours(picked, readPage)
  }
  return runs.slice(0, limit)
}

function toText(run: ChunkRun): PassageText {
  const { language } = run.best.chunk
  return {
    text: run.text,
    heading: run.best.chunk.heading,
    source: run.best.chunk.source,
    start: run.start,
    language,
  }
}

function toPassage(
  run: ChunkRun,
  sentences: readonly ScoredSentence[],
  lowestCosine: number,
  evidenceScore: ReturnType<typeof createEvidenceScore>,
): Passage {
  const { chunk, fused, fullText, cosine } = run.best
  const { heading } = chunk
  const ordinals = run.chunks.map((one) => one.chunk.ordinal)
  return {
    chunk: chunk.id,
    contentId: chunk.contentId,
    ordinals: { from: Math.min(...ordinals), to: Math.max(...ordinals) },
    page: chunk.page,
    start: run.start,
    end: run.end,
    heading,
    text: run.text,
    scores: {
      fused,
      fullText,
      cosine,
      evidence: evidenceScore({
        heading,
        source: chunk.source,
        language: chunk.language,
        sentences,
        cosine: cosine ?? lowestCosine,
      }),
    },
    sentences,
  }
}
