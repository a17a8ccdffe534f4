import { describe, expect, it } from 'vitest'
import type { RankedChunk } from '../../../src/main/retrieval/fusion.ts'
import { joinNeighbours, type ReadPage } from '../../../src/main/retrieval/neighbours.ts'
import { chunkOf } from '../../helpers/retrievalFakes.ts'

const page = 'First part.\n\nSecond part.\n\nThird part.\n\nFourth part.\n\nFifth part.'
const parts = page.split('\n\n')
const readPage: ReadPage = () => Promise.resolve(page)

function ranked(ordinal: number, fused: number, contentId = 'a', pageNumber = 1): RankedChunk {
  const text = parts[ordinal] ?? ''
  const chunk = chunkOf(contentId, text, { ordinal, page: pageNumber, start: page.indexOf(text) })
  return { chunk, vector: null, words: 0, fused, fullText: null, cosine: null }
}

const texts = async (chunks: readonly RankedChunk[], read = readPage): Promise<string[]> =>
  (await joinNeighbours(chunks, read)).map((run) => run.text)

describe('joinNeighbours', () => {
  it('joins consecutive chunks with the white space between them', async () => {
    const [run, ...rest] = await joinNeighbours([ranked(1, 0.9), ranked(0, 0.5)], readPage)
    expect(rest).toEqual([])
    expect(run?.text).toBe('First part.\n\nSecond part.')
    expect(page.slice(run?.start, run?.end)).toBe(run?.text)
    expect(run?.best.chunk.ordinal).toBe(1)
    expect(run?.chunks.map(({ chunk }) => chunk.ordinal)).toEqual([0, 1])
  })

  it('does not join chunks with text between them, of another page or another content', async () => {
    expect(await texts([ranked(0, 0.9), ranked(2, 0.5)])).toEqual([parts[0], parts[2]])
    expect(await texts([ranked(0, 0.9), ranked(1, 0.5, 'a', 2)])).toEqual([parts[0], parts[1]])
    expect(await texts([ranked(0, 0.9), ranked(1, 0.5, 'b')])).toEqual([parts[0], parts[1]])
  })

  it('orders runs by their best chunk', async () => {
    const chunks = [ranked(4, 0.9), ranked(1, 0.8), ranked(2, 0.7), ranked(3, 0.1, 'b')]
    expect(await texts(chunks)).toEqual([parts[4], 'Second part.\n\nThird part.', parts[3]])
  })

  it('joins three at most', async () => {
    const all = [0, 1, 2, 3, 4].map((ordinal) => ranked(ordinal, 1 - ordinal / 10))
    expect((await texts(all)).map((text) => text.split('\n\n').length)).toEqual([3, 2])
  })

  it('does not join chunks whose page is gone or has another text', async () => {
    const chunks = [ranked(0, 0.9), ranked(1, 0.5)]
    expect(await texts(chunks, () => Promise.resolve(undefined))).toEqual([parts[0], parts[1]])
    expect(await texts(chunks, () => Promise.resolve(`x${page}`))).toEqual([parts[0], parts[1]])
  })
})
