import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { ParseJob, Parser } from '../../../../src/main/parsing/parser.ts'
import { AppError, cancelled } from '../../../../src/shared/errors.ts'
import { createFakeParser } from '../../../helpers/fakeParser.ts'
import { openPromise, type OpenPromise } from '../../../helpers/openPromise.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'
import { openTestLibrary } from '../../../helpers/testLibrary.ts'

const large = 'word '.repeat(250_000)

/** A parser whose files end as `ended` says; they begin in the order of `begun`. */
function createGatedParser(atOnce: number) {
  const fake = createFakeParser({ atOnce })
  const begun: ParseJob[] = []
  const gates = new Map<string, OpenPromise>()
  const parser: Parser = {
    ...fake,
    async parse(job, onProgress, signal) {
      begun.push(job)
      const onAbort = (): void => gates.get(job.name)?.reject(cancelled())
      signal?.addEventListener('abort', onAbort)
      await gates.get(job.name)?.promise
      return fake.parse(job, onProgress, signal)
    },
  }
  return {
    parser,
    begun,
    names: () => begun.map(({ name }) => name),
    /** Holds a file until its promise is resolved or rejected. */
    hold: (name: string) => {
      const gate = openPromise()
      gates.set(name, gate)
      return gate
    },
  }
}

async function writeFiles(root: string, files: Record<string, string>): Promise<string> {
  const folder = path.join(root, 'documents')
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  return folder
}

test('small files are read beside a large one, and large ones never beside each other', async () => {
  const root = await createTempDir()
  const files = { 'a.txt': large, 'b.txt': large, 'c.txt': 'c', 'd.txt': 'd' }
  const folder = await writeFiles(root, files)
  const { parser, names, hold } = createGatedParser(2)
  const first = hold('a.txt')
  const { library } = await openTestLibrary(root, { parser })
  // First alone: of two that are begun beside each other either may come first.
  await library.import([{ path: path.join(folder, 'a.txt') }], null)
  await expect.poll(names).toEqual(['a.txt'])
  const others = ['b.txt', 'c.txt', 'd.txt'].map((name) => ({ path: path.join(folder, name) }))
  await library.import(others, null)
  await expect
    .poll(() => library.list().documents.map(({ state }) => state))
    .toEqual(['reading', 'queued', 'indexed', 'indexed'])
  expect(names()).toEqual(['a.txt', 'c.txt', 'd.txt'])
  first.resolve()
  await library.idle()
  expect(names()).toEqual(['a.txt', 'c.txt', 'd.txt', 'b.txt'])
  expect(library.list().documents.map(({ state }) => state)).toEqual(Array(4).fill('indexed'))
  await library.close()
})

test('a file that takes too long while others wait is read after them, with all its time', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' })
  const { parser, begun, names, hold } = createGatedParser(1)
  const tooSlow = new AppError('timed-out', 'This file took too long.')
  hold('a.txt').reject(tooSlow)
  const { library } = await openTestLibrary(root, { parser })
  await library.import([{ path: folder }], null)
  await library.idle()
  expect(names()).toEqual(['a.txt', 'b.txt', 'c.txt', 'a.txt'])
  expect(begun.map(({ othersWait }) => othersWait)).toEqual([true, true, true, false])
  expect(library.list().documents).toMatchObject([
    { name: 'a.txt', state: 'failed', reason: { code: 'timed-out' } },
    { name: 'b.txt', state: 'indexed' },
    { name: 'c.txt', state: 'indexed' },
  ])
  await library.close()
})

test('a cancelled import stops every file that is being read', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' })
  const { parser, names, hold } = createGatedParser(2)
  for (const name of ['a.txt', 'b.txt']) hold(name)
  const { library, paths } = await openTestLibrary(root, { parser })
  await library.import([{ path: folder }], null)
  await expect.poll(() => [...names()].sort()).toEqual(['a.txt', 'b.txt'])
  await library.cancel()
  expect(library.list().documents).toEqual([])
  expect(await readdir(path.join(paths.spool, 'parsed'))).toEqual([])
  await library.close()
})

test('a paused import reads no further file beside the current ones', async () => {
  const root = await createTempDir()
  const folder = await writeFiles(root, { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c', 'd.txt': 'd' })
  const { parser, names, hold } = createGatedParser(2)
  const gates = ['a.txt', 'b.txt'].map(hold)
  const { library } = await openTestLibrary(root, { parser })
  await library.import([{ path: folder }], null)
  await expect.poll(() => [...names()].sort()).toEqual(['a.txt', 'b.txt'])
  library.pause()
  for (const gate of gates) gate.resolve()
  await library.idle()
  expect([...names()].sort()).toEqual(['a.txt', 'b.txt'])
  library.resume()
  await library.idle()
  expect(library.list().documents.map(({ state }) => state)).toEqual(Array(4).fill('indexed'))
  await library.close()
})
