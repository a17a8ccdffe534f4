import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import { createHostTableReader } from '../../src/main/templates/tables/hostTableReader.ts'
import { createTempDir } from '../helpers/tempDir.ts'

const start = createForkedHosts(path.resolve('out/main'))
const never = new AbortController().signal

/** Runs a task and returns the largest share of its time that blocked the event loop, 0 to 1. */
async function longestStall(task: () => Promise<void>): Promise<number> {
  const started = performance.now()
  let longest = 0
  let last = started
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - 5)
    last = now
  }, 5)
  try {
    await task()
  } finally {
    clearInterval(timer)
  }
  return longest / (performance.now() - started)
}

test('fifty megabytes of CSV are read without blocking the window', async () => {
  const spool = await createTempDir()
  const line = `"A text of some length, with a comma, ${'and words '.repeat(40)}",good\n`
  const count = Math.ceil((50 * 1024 ** 2) / line.length)
  const bytes = Buffer.from(`text,label\n${line.repeat(count)}`)
  const read = createHostTableReader({ start, spool })
  let rows = 0
  const stall = await longestStall(async () => {
    const table = await read({ name: 'large.csv', bytes }, never)
    rows = table.rows.length
  })
  expect(rows).toBe(count)
  // Read in this process, it would be nearly all of the time.
  expect(stall).toBeLessThan(0.5)
  expect(await readdir(spool)).toEqual([])
})

test('a table that cannot be read says why, and leaves no file', async () => {
  const spool = await createTempDir()
  const read = createHostTableReader({ start, spool })
  const file = { name: 'rows.json', bytes: Buffer.from('{') }
  await expect(read(file, never)).rejects.toMatchObject({ code: 'document-unreadable' })
  expect(await readdir(spool)).toEqual([])
})
