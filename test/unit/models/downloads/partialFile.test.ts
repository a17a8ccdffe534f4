import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openPartial, type PartialFile } from '../../../../src/main/models/downloads/partialFile.ts'

const mib = 1024 * 1024
const url = 'https://hub.test/m.gguf'
const begun = { url, totalBytes: 100, etag: '"v1"', sha256: null }

let directory: string
let file: string
const told: string[] = []

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'penknife-partial-'))
  file = path.join(directory, 'm.gguf')
  told.length = 0
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function open(address = url): Promise<PartialFile> {
  return openPartial(file, address, (sentence) => told.push(sentence))
}

/** The file's content after closing it. */
async function reopened(address?: string): Promise<Pick<PartialFile, 'source' | 'doneBytes'>> {
  const partial = await open(address)
  const { source, doneBytes } = partial
  await partial.close()
  return { source, doneBytes }
}

test('resumes where it was closed', async () => {
  const first = await open()
  await first.begin(begun)
  await first.append(Buffer.from('hello '))
  await first.close()
  const second = await open()
  expect(second).toMatchObject({ source: begun, doneBytes: 6 })
  await second.append(Buffer.from('world'))
  await second.close()
  expect(readFileSync(file, 'utf8')).toBe('hello world')
  expect(await reopened()).toMatchObject({ doneBytes: 11 })
})

test('does not resume the file of another address', async () => {
  const first = await open()
  await first.begin(begun)
  await first.append(Buffer.from('hello'))
  await first.close()
  expect(await reopened('https://other.test/m.gguf')).toEqual({ source: null, doneBytes: 0 })
})

test('restarted, it contains nothing of the earlier file', async () => {
  const partial = await open()
  await partial.begin(begun)
  await partial.append(Buffer.from('a long beginning'))
  await partial.save()
  await partial.begin({ ...begun, etag: '"v2"' })
  await partial.append(Buffer.from('short'))
  await partial.close()
  expect(readFileSync(file, 'utf8')).toBe('short')
  expect(await reopened()).toMatchObject({ source: { etag: '"v2"' }, doneBytes: 5 })
})

test('trusts the length of the file if it is shorter than recorded', async () => {
  const partial = await open()
  await partial.begin(begun)
  await partial.append(Buffer.from('hello'))
  await partial.close()
  truncateSync(file, 2)
  expect(await reopened()).toMatchObject({ doneBytes: 2 })
})

/** As version 0.1.0 left it: pieces of 16 MiB, several fetched at once. */
function leavePieces(totalBytes: number, pieces: readonly number[]): void {
  writeFileSync(file, '')
  truncateSync(file, totalBytes)
  const record = { ...begun, totalBytes, version: 1, pieces }
  writeFileSync(`${file}.json`, JSON.stringify(record))
}

test.each([
  ['nothing of the first', [0, 16 * mib, 3 * mib], 0],
  ['part of the first', [5, 16 * mib, 3 * mib], 5],
  ['a gap in the second', [16 * mib, 7 * mib, 3 * mib], 23 * mib],
  ['part of the last', [16 * mib, 16 * mib, mib], 33 * mib],
  ['all', [16 * mib, 16 * mib, 3 * mib], 35 * mib],
])('continues what was fetched in pieces: %s', async (_, pieces, doneBytes) => {
  leavePieces(35 * mib, pieces)
  expect(await reopened()).toEqual({ source: { ...begun, totalBytes: 35 * mib }, doneBytes })
  // And again, from the record that was written since.
  expect(await reopened()).toMatchObject({ doneBytes })
  expect(told).toEqual([])
})

test('reports and keeps a broken record, and restarts the file', async () => {
  writeFileSync(file, 'hello')
  writeFileSync(`${file}.json`, '{"version": 3}')
  expect(await reopened()).toEqual({ source: null, doneBytes: 0 })
  expect(told).toEqual([expect.stringMatching(/m\.gguf can't be resumed/u)])
  expect(existsSync(`${file}.json`)).toBe(false)
})
