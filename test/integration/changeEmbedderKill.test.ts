import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import type { App } from '../../src/main/app.ts'
import { buildProgram } from '../helpers/buildProgram.ts'
import {
  createEmbedderBench,
  otherDimensions,
  otherEmbedder,
  type EmbedderBench,
} from '../helpers/embedderBench.ts'

let program: string

beforeAll(async () => {
  program = await buildProgram('changeAndDie')
}, 120_000)

/** @returns whether it was killed, and what it printed if not. */
async function change(
  { dataDir, resourcesDir }: EmbedderBench,
  moment: string,
): Promise<{ readonly died: boolean; readonly printed: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [
      program,
      dataDir,
      resourcesDir,
      otherEmbedder,
      moment,
    ])
    return { died: false, printed: stdout }
  } catch (error) {
    const { signal, stderr } = error as { signal?: string; stderr?: string }
    expect(signal, stderr).toBe('SIGKILL')
    return { died: true, printed: '' }
  }
}

/** There is one index, of one embedder, with every document complete; it can be searched at once. */
async function expectAnswers({ retrieval, library, index }: App): Promise<void> {
  // The change continues at the start, and may end while this waits.
  await index.use(async ({ store, embedder }) => {
    const contents = await store.contents()
    for (const row of library.list().documents) {
      expect(row.state, row.name).toBe('indexed')
      expect(contents.get(row.contentId ?? ''), row.name).toBe(row.chunks)
    }
    const [vector] = await embedder.embed(['heron'], 'query')
    expect(vector).toHaveLength(embedder.dimensions)
  })
  const { passages } = await retrieval.search('Where was the heron of place 3?', { limit: 3 })
  expect(passages[0]?.text).toContain('heron of place 3')
}

function texts(): Record<string, string> {
  const about = (number: number): string =>
    Array.from(
      { length: 30 },
      (_, week) => `The heron of place ${String(number)} was seen in week ${String(week)}.`,
    ).join(' ')
  return Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`${String(n)}.txt`, about(n)]))
}

test.each([
  ['before anything is made, and while texts are cut', ['write:1', 'cut:2', 'write:4']],
  ['before and after the exchange', ['write:8', 'write:10']],
  ['while the old index is deleted', ['folder:1', 'write:12']],
])(
  'a change that is killed %s goes on, and the old index answers till then',
  async (_, moments) => {
    const bench = await createEmbedderBench(['the', 'heron', 'of', 'place', 'was', 'seen', 'in'])
    const first = await bench.open()
    await bench.importTexts(first, texts())
    await first.dispose()

    let deaths = 0
    for (const moment of moments) {
      if ((await change(bench, moment)).died) deaths += 1
      const app = await bench.open()
      await expectAnswers(app)
      await app.dispose()
    }
    expect(deaths).toBeGreaterThan(0)

    const { died } = await change(bench, 'never')
    expect(died).toBe(false)
    const last = await bench.open()
    await last.indexing.idle()
    expect(last.index.current().embedder.dimensions).toBe(otherDimensions)
    await expectAnswers(last)
    await last.dispose()
    const entries = await readdir(path.join(bench.dataDir, 'index'), { withFileTypes: true })
    expect(entries.filter((entry) => entry.isDirectory())).toHaveLength(1)
  },
)
