import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CorpusEntry } from '../../../src/main/evaluation/beir.ts'
import { evalChunks } from '../../../src/main/evaluation/chunksEval.ts'
import type { EvalLibrary } from '../../../src/main/evaluation/evalLibrary.ts'
import { bestThreshold, evalNotFound } from '../../../src/main/evaluation/notFoundEval.ts'
import { evalRetrieval } from '../../../src/main/evaluation/retrievalEval.ts'
import { evalSentences } from '../../../src/main/evaluation/sentencesEval.ts'
import { createRetrieval } from '../../../src/main/retrieval/search.ts'
import type { StoredChunk } from '../../../src/shared/domain/chunk.ts'
import { fixedIndex } from '../../helpers/fixedIndex.ts'
import { chunkOf, evenStatistics, fakeEmbedder, fakeStore } from '../../helpers/retrievalFakes.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

/** Cuts each text at blank lines into the chunks of one page. */
function libraryOf(): EvalLibrary {
  const chunks: StoredChunk[] = []
  const embedder = fakeEmbedder()
  const statistics = evenStatistics
  const store = fakeStore(chunks)
  return {
    importTexts(entries: readonly CorpusEntry[]) {
      for (const { id, text } of entries) {
        let at = 0
        for (const [ordinal, part] of text.split('\n\n').entries()) {
          chunks.push(chunkOf(`content-${id}`, part, { ordinal, start: at }))
          at += part.length + 2
        }
      }
      return Promise.resolve()
    },
    entryOf: (contentId) => contentId.replace('content-', ''),
    store,
    embedder,
    statistics,
    retrieval: createRetrieval({ index: fixedIndex({ store, embedder }) }),
  }
}

async function writeBeir(corpus: object[], queries: object[], qrels: string): Promise<string> {
  const directory = await createTempDir()
  const lines = (all: object[]): string => all.map((one) => JSON.stringify(one)).join('\n')
  await mkdir(path.join(directory, 'qrels'), { recursive: true })
  await writeFile(path.join(directory, 'corpus.jsonl'), lines(corpus))
  await writeFile(path.join(directory, 'queries.jsonl'), lines(queries))
  await writeFile(path.join(directory, 'qrels', 'test.tsv'), qrels)
  return directory
}

const corpus = [
  { _id: 'cat', title: '', text: 'Cats purr.\n\nCats sleep a lot, as cats do.' },
  { _id: 'dog', title: '', text: 'Dogs bark at cats.' },
  { _id: 'fish', title: '', text: 'Fish swim.' },
]

describe('evalRetrieval', () => {
  it('ranks a document once, at its best chunk, and leaves out queries without judgements', async () => {
    const queries = [
      { _id: '1', text: 'cats bark' },
      { _id: '2', text: 'swim' },
      { _id: '3', text: 'nobody judged this' },
    ]
    const beirDir = await writeBeir(corpus, queries, 'q\td\ts\n1\tcat\t1\n2\tfish\t1\n2\tdog\t1\n')
    const figures = await evalRetrieval({ beirDir, top: 10 }, libraryOf())
    // Query 1: dog and cat both have two of the words; the dog's chunk sorts behind (ties by id).
    expect(figures.queries).toBe(2)
    expect(figures['recall@10']).toBe((1 + 0.5) / 2)
    expect(figures['mrr@10']).toBeGreaterThan(0.7)
    expect(figures.arms.hybrid).toBe(figures['ndcg@10'])
    expect(figures.arms.vector).toBe(0)
    expect(figures.linear).toEqual(figures.arms)
  })
})

describe('evalChunks', () => {
  it('measures what is retrieved against the ranges of the evidence', async () => {
    const directory = await createTempDir()
    await mkdir(path.join(directory, 'corpora'))
    const text = 'Alpha beta.\n\nGamma delta.\n\nOmega.'
    await writeFile(path.join(directory, 'corpora', 'greek.md'), text)
    const start = text.indexOf('Gamma')
    const references = JSON.stringify([
      { content: 'Gamma', start_index: start, end_index: start + 5 },
    ]).replaceAll('"', '""')
    await writeFile(
      path.join(directory, 'questions_df.csv'),
      `question,references,corpus_id\nwhat is gamma?,"${references}",greek\n`,
    )
    const figures = await evalChunks({ dir: directory, top: 3 }, libraryOf())
    expect(figures).toMatchObject({ questions: 1, recall: 1, characters: 12, chunks: 3 })
    expect(figures.precision).toBeCloseTo(5 / 12)
    expect(figures.iou).toBeCloseTo(5 / 12)
  })
})

describe('evalSentences', () => {
  it('counts how often the answer is in the best and the best three sentences', async () => {
    const paragraph = (context: string, question: string, answer: string) => ({
      context,
      qas: [
        {
          id: question,
          question,
          answers: [{ text: answer, answer_start: context.indexOf(answer) }],
        },
      ],
    })
    const paragraphs = [
      paragraph('The mill burned down in 1822. It was rebuilt.', 'When did the mill burn?', '1822'),
      paragraph('Otters eat crayfish. They like cold water.', 'What do otters eat?', 'cold water'),
      paragraph('Snow fell all week. The pass was shut by it.', 'What shut the pass?', 'Snow'),
    ]
    const squadFile = path.join(await createTempDir(), 'squad.json')
    await writeFile(squadFile, JSON.stringify({ data: [{ paragraphs }] }))
    const figures = await evalSentences({ squadFile }, libraryOf())
    expect(figures).toEqual({ questions: 3, 'hit@1': 1 / 3, 'hit@3': 1 })
  })
})

describe('evalNotFound', () => {
  it('calibrates on every second query and measures on the others', async () => {
    const pairs = ['cats purr', 'fish swim', 'dogs bark'].flatMap((text) => [text, text])
    const others = ['quantum chess', 'tax law'].flatMap((text) => [text, text])
    const queries = [
      ...pairs.map((text) => ({ text, metadata: { answerable: true } })),
      ...others.map((text) => ({ text, metadata: { answerable: false } })),
    ].map((one, index) => ({ _id: String(index), ...one }))
    const beirDir = await writeBeir(corpus, queries, 'q\td\ts\n')
    const figures = await evalNotFound({ beirDir, passages: 5 }, libraryOf())
    expect(figures).toMatchObject({ questions: 10, precision: 1, recall: 1, separation: 1 })
    expect(figures.curve.at(0)).toMatchObject({ threshold: 0.05 })
    expect(figures.curve.at(-1)?.recall).toBe(1)
  })

  it('refuses a collection that does not say what can be answered', async () => {
    const beirDir = await writeBeir(corpus, [{ _id: '1', text: 'cats' }], '')
    await expect(evalNotFound({ beirDir, passages: 5 }, libraryOf())).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  it('finds the threshold between two scores where F1 is best', () => {
    const cases = [
      { score: 0.2, positive: true },
      { score: 0.4, positive: true },
      { score: 0.6, positive: false },
      { score: 0.8, positive: false },
    ]
    expect(bestThreshold(cases)).toBeCloseTo(0.5)
  })
})
