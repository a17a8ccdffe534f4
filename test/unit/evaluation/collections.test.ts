import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBeir } from '../../../src/main/evaluation/beir.ts'
import { readChunkingEval } from '../../../src/main/evaluation/chunkingEval.ts'
import { createRandom, shuffled } from '../../../src/shared/domain/random.ts'
import { readSquad } from '../../../src/main/evaluation/squad.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

async function beirOf(files: { corpus: string[]; queries: string[]; qrels: string }) {
  const directory = await createTempDir()
  await mkdir(path.join(directory, 'qrels'), { recursive: true })
  await writeFile(path.join(directory, 'corpus.jsonl'), files.corpus.join('\n'))
  await writeFile(path.join(directory, 'queries.jsonl'), files.queries.join('\r\n'))
  await writeFile(path.join(directory, 'qrels', 'test.tsv'), files.qrels)
  return readBeir(directory)
}

describe('readBeir', () => {
  it('reads entries, queries and grades, and skips entries without a word', async () => {
    const { corpus, queries, qrels } = await beirOf({
      corpus: [
        '{"_id":"a","title":"T","text":"Text"}',
        '{"_id":"b","title":"Only a title","text":" "}',
        '{"_id":"c","title":"Nor a text"}',
        '{"_id":"d","title":" ","text":""}',
        '',
        '{"_id":3,"text":"Three"}',
      ],
      queries: [
        '{"_id":"1","text":"q","metadata":{"answerable":false}}',
        '{"_id":"2","text":"r"}',
        '',
      ],
      qrels: 'query-id\tcorpus-id\tscore\n1\ta\t2\n1\t3\t0\n\n2\t3\t1\n',
    })
    expect(corpus).toEqual([
      { id: 'a', title: 'T', text: 'Text' },
      { id: 'b', title: 'Only a title', text: ' ' },
      { id: 'c', title: 'Nor a text', text: '' },
      { id: '3', title: '', text: 'Three' },
    ])
    expect(queries.map(({ id, answerable }) => [id, answerable])).toEqual([
      ['1', false],
      ['2', null],
    ])
    expect(qrels).toEqual(
      new Map([
        [
          '1',
          new Map([
            ['a', 2],
            ['3', 0],
          ]),
        ],
        ['2', new Map([['3', 1]])],
      ]),
    )
  })

  it("reads TREC's four columns", async () => {
    const { qrels } = await beirOf({ corpus: [], queries: [], qrels: '1\t0\ta\t2\n' })
    expect(qrels.get('1')?.get('a')).toBe(2)
  })

  it('says which line is not in the layout', async () => {
    const broken = beirOf({ corpus: ['{"text": 1'], queries: [], qrels: '' })
    await expect(broken).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(readBeir(path.join(await createTempDir(), 'none'))).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
})

describe('readSquad', () => {
  it('reads questions with the places of their answers, also after emoji', async () => {
    const context = '😀😀 The mill burned down in 1822.'
    const start = Array.from(context).join('').indexOf('1822') - 2
    const answers = [{ text: '1822', answer_start: start }]
    const qas = [
      { id: 1, question: 'When?', answers },
      { id: 2, question: 'Why?', answers: [] },
    ]
    const file = path.join(await createTempDir(), 'squad.json')
    await writeFile(
      file,
      JSON.stringify({ data: [{ title: 'Mill', paragraphs: [{ context, qas }] }] }),
    )
    const [paragraph] = await readSquad(file)
    expect(paragraph).toMatchObject({ id: '0-0', title: 'Mill', text: context })
    expect(paragraph?.questions.map(({ id }) => id)).toEqual(['1'])
    const [span] = paragraph?.questions[0]?.spans ?? []
    expect(context.slice(span?.start, span?.end)).toBe('1822')
  })

  it('refuses another layout', async () => {
    const file = path.join(await createTempDir(), 'other.json')
    await writeFile(file, '{"data": 1}')
    await expect(readSquad(file)).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe('readChunkingEval', () => {
  it('reads texts and questions with the ranges of their evidence', async () => {
    const directory = await createTempDir()
    await mkdir(path.join(directory, 'corpora'))
    await writeFile(path.join(directory, 'corpora', 'speech.md'), 'We cut fees, and "more".')
    const references = [{ content: 'cut fees', start_index: 3, end_index: 11 }]
    const quoted = `"${JSON.stringify(references).replaceAll('"', '""')}"`
    await writeFile(
      path.join(directory, 'questions_df.csv'),
      `question,references,corpus_id\n"What, then?",${quoted},speech\n`,
    )
    const { corpora, questions } = await readChunkingEval(directory)
    expect(corpora.map(({ id }) => id)).toEqual(['speech'])
    expect(questions).toEqual([
      { question: 'What, then?', corpus: 'speech', evidence: [{ start: 3, end: 11 }] },
    ])
    const [range] = questions[0]?.evidence ?? []
    expect(corpora[0]?.text.slice(range?.start, range?.end)).toBe('cut fees')
  })
})

describe('createRandom', () => {
  it('draws the same for the same seed', () => {
    const draw = (seed: number) => shuffled([1, 2, 3, 4, 5, 6, 7, 8], createRandom(seed))
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect([...draw(1)].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('spreads evenly', () => {
    const random = createRandom(7)
    const counts = [0, 0, 0, 0]
    for (let i = 0; i < 4000; i += 1) {
      const bucket = Math.floor(random() * 4)
      counts[bucket] = (counts[bucket] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120)
  })
})
