import { splitSentences } from '../../shared/domain/sentences.ts'
import type { StoredChunk } from '../../shared/domain/chunk.ts'
import { dot } from '../embedding/dot.ts'
import type { CosineAnchors } from '../retrieval/cosineScale.ts'
import type { SearchIndex } from '../retrieval/searchIndex.ts'
import { withHeading } from '../retrieval/withHeading.ts'

/** Largest and smallest number of sampled passages. */
const mostSamples = 100
const fewestSamples = 20
/** Shortest sentence that is used as a question, in words. */
const fewestWords = 5
const fewestSentences = 3

/**
 * Measures the typical cosines of an embedder in this library: of a sentence, embedded as a
 * question, with its own passage (related) and with a passage from elsewhere (unrelated).
 *
 * @returns null if the library is too small to measure, or if the related ones lie above the unrelated ones
 * by less than these lie apart from one another.
 * @throws AppError `cancelled`, and errors of the embedder.
 */
export async function measureAnchors(
  { store, embedder }: Pick<SearchIndex, 'store' | 'embedder'>,
  signal: AbortSignal,
): Promise<CosineAnchors | null> {
  const pairs = (await samplesOf(store)).flatMap((chunk) => {
    const sentence = middleSentence(chunk.text)
    return sentence === undefined ? [] : [{ sentence, passage: withHeading(chunk) }]
  })
  if (pairs.length < fewestSamples) return null
  const sentences = await embedder.embed(
    pairs.map(({ sentence }) => sentence),
    'query',
    signal,
  )
  const passages = await embedder.embed(
    pairs.map(({ passage }) => passage),
    'passage',
    signal,
  )
  const apart = Math.floor(pairs.length / 2)
  const cosines = (distance: number): readonly number[] =>
    sentences.flatMap(
      (vector, index) => dot(vector, passages[(index + distance) % passages.length] ?? null) ?? [],
    )
  const unrelated = cosines(apart)
  const anchors = { strangers: mean(unrelated), kin: mean(cosines(0)) }
  // Such an embedder tells passages of a subject from others hardly better than chance.
  return anchors.kin - anchors.strangers < deviation(unrelated) ? null : anchors
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length)
}

function deviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((one) => (one - middle) ** 2)))
}

/** Passages at even intervals over the whole library. */
async function samplesOf(store: SearchIndex['store']): Promise<readonly StoredChunk[]> {
  const contents = [...(await store.contents())]
  const total = contents.reduce((sum, [, count]) => sum + count, 0)
  const wanted = Math.min(mostSamples, total)
  const samples: StoredChunk[] = []
  let before = 0
  for (const [contentId, count] of contents) {
    for (;;) {
      const place = Math.floor(((samples.length + 0.5) * total) / wanted)
      const ordinal = place - before
      if (samples.length >= wanted || ordinal >= count) break
      const [chunk] = await store.range(contentId, ordinal, ordinal)
      if (chunk === undefined) return samples
      samples.push(chunk)
    }
    before += count
  }
  return samples
}

function middleSentence(text: string): string | undefined {
  const sentences = splitSentences(text).map(({ start, end }) => text.slice(start, end))
  const long = sentences.filter((one) => one.split(/\s+/u).length >= fewestWords)
  // A sentence that is nearly the whole passage would have a cosine near 1.
  return long.length < fewestSentences ? undefined : long[long.length >> 1]
}
