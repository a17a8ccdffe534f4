import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { appendLines, openLineFile, readLineFile, toLine } from '../../../src/main/disk/lineFile.ts'
import { resetDisk, setDisk } from '../../helpers/limitedDisk.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

vi.mock('node:fs/promises', async (load) => {
  const { limitDisk } = await import('../../helpers/limitedDisk.ts')
  return limitDisk(await load())
})

afterEach(() => {
  resetDisk()
  vi.useRealTimers()
})

/** A file with a text in a folder of its own. */
async function fileWith(text: string | Uint8Array): Promise<string> {
  const file = path.join(await createTempDir(), 'values.jsonl')
  await writeFile(file, text)
  return file
}

async function valuesIn(file: string) {
  const values: unknown[] = []
  const read = await readLineFile(file, (line) => {
    try {
      values.push(JSON.parse(line.toString('utf8')))
      return true
    } catch {
      return false
    }
  })
  return { values, ...read }
}

const first = { name: 'eins' }
const second = { name: 'zwei: ä€𝄞 "\n' }
const third = { name: 'drei' }

describe('reading', () => {
  test('a missing file has no lines', async () => {
    expect(await readLineFile(path.join(await createTempDir(), 'none'), () => true)).toBeUndefined()
  })

  test('a broken line does not affect the others', async () => {
    const file = await fileWith(`${toLine(first)}{"name":\n\u0000\u0000\n${toLine(second)}`)
    expect(await valuesIn(file)).toEqual({ values: [first, second], broken: 2, torn: false })
  })

  test('Windows line breaks, blank lines, a byte order mark and a missing last line break are not damage', async () => {
    const text = `\uFEFF${JSON.stringify(first)}\r\n\r\n \t\n${JSON.stringify(second)}`
    const file = await fileWith(text)
    expect(await valuesIn(file)).toEqual({ values: [first, second], broken: 0, torn: false })
  })

  test('a last line that cannot be parsed is broken, not torn, if it has its line break', async () => {
    const file = await fileWith(`${toLine(first)}{"else":1}`)
    const read = await readLineFile(file, (line) => line.includes('name'))
    expect(read).toEqual({ broken: 1, torn: false })
  })
})

describe('appending', () => {
  test('cut at any byte of the last line, only this line is lost', async () => {
    const whole = Buffer.from(toLine(first) + toLine(second))
    const from = Buffer.byteLength(toLine(first))
    for (let cut = from; cut <= whole.length; cut += 1) {
      const file = await fileWith(whole.subarray(0, cut))
      const isThere = cut >= whole.length - 1
      const kept = isThere ? [first, second] : [first]
      const torn = cut > from && !isThere
      expect(await valuesIn(file)).toEqual({ values: kept, broken: 0, torn })
      await appendLines(file, [third])
      expect(await valuesIn(file)).toEqual({ values: [...kept, third], broken: 0, torn: false })
    }
  })

  test('a byte order mark before a single line without a line break loses nothing', async () => {
    const file = await fileWith(`\uFEFF${JSON.stringify(first)}`)
    await appendLines(file, [second])
    expect((await valuesIn(file)).values).toEqual([first, second])
  })

  test('a torn line that is longer than one read is cut off completely', async () => {
    const file = await fileWith(`${toLine(first)}{"name":"${'x'.repeat(200_000)}`)
    await appendLines(file, [second])
    expect(await readFile(file, 'utf8')).toBe(toLine(first) + toLine(second))
  })

  test('opening a file changes nothing', async () => {
    const text = `${toLine(first)}{"na`
    const file = await fileWith(text)
    await (await openLineFile(file)).close()
    expect(await readFile(file, 'utf8')).toBe(text)
  })

  test('a missing file is an error, unless it is to be created', async () => {
    const file = path.join(await createTempDir(), 'values.jsonl')
    await expect(appendLines(file, [first])).rejects.toMatchObject({ code: 'ENOENT' })
    const lines = await openLineFile(file, { create: true })
    await lines.append([first])
    await lines.close()
    expect((await valuesIn(file)).values).toEqual([first])
  })

  test('concurrent appends are written one after another', async () => {
    const file = await fileWith('')
    const lines = await openLineFile(file)
    const values = Array.from({ length: 50 }, (_, n) => ({ n }))
    await Promise.all(values.map((value) => lines.append([value])))
    await lines.close()
    expect((await valuesIn(file)).values).toEqual(values)
  })
})

describe('on a disk that fills up', () => {
  test('the file is unchanged after a failed append, and the next append is complete', async () => {
    const size = Buffer.byteLength(toLine(second) + toLine(third))
    for (let room = 0; room < size; room += 1) {
      const file = await fileWith(toLine(first))
      const lines = await openLineFile(file)
      setDisk({ room })
      await expect(lines.append([second, third])).rejects.toMatchObject({ code: 'disk-full' })
      resetDisk()
      expect(await readFile(file, 'utf8')).toBe(toLine(first))
      await lines.append([third])
      await lines.close()
      expect(await readFile(file, 'utf8')).toBe(toLine(first) + toLine(third))
    }
  })

  test('a partial line that cannot be cut off now is cut off by the next append or the next process', async () => {
    const room = 5
    for (const reopens of [false, true]) {
      const file = await fileWith(toLine(first))
      const lines = await openLineFile(file)
      setDisk({ room, refusesCuts: true })
      await expect(lines.append([second])).rejects.toMatchObject({ code: 'disk-full' })
      resetDisk()
      expect((await stat(file)).size).toBe(toLine(first).length + room)
      const next = reopens ? await openLineFile(file) : lines
      await next.append([third])
      await next.close()
      if (reopens) await lines.close()
      expect(await readFile(file, 'utf8')).toBe(toLine(first) + toLine(third))
    }
  })

  test('a line that was written but not flushed is removed', async () => {
    const file = await fileWith(toLine(first))
    setDisk({ losesFlushes: true })
    await expect(appendLines(file, [second])).rejects.toMatchObject({ code: 'disk-full' })
    expect(await readFile(file, 'utf8')).toBe(toLine(first))
  })

  test('closing the file flushes pending lines', async () => {
    const file = await fileWith('')
    const lines = await openLineFile(file, { flushEveryMs: 60_000 })
    setDisk({ losesFlushes: true })
    await lines.append([first])
    await expect(lines.close()).rejects.toMatchObject({ code: 'disk-full' })
  })
})

test('after any appends, torn lines and failures, the file contains what was confirmed', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('append' as const), text: fc.string({ unit: 'grapheme' }) }),
    fc.record({ kind: fc.constant('full' as const), room: fc.nat({ max: 40 }) }),
    fc.record({ kind: fc.constant('kill' as const), keep: fc.nat({ max: 40 }) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const file = await fileWith('')
      const confirmed: unknown[] = []
      for (const one of steps) {
        if (one.kind === 'append') {
          await appendLines(file, [{ text: one.text }])
          confirmed.push({ text: one.text })
        } else if (one.kind === 'full') {
          setDisk({ room: one.room })
          const value = { text: 'refused'.repeat(10) }
          await expect(appendLines(file, [value])).rejects.toMatchObject({ code: 'disk-full' })
          resetDisk()
        } else {
          // A process that was killed in the middle of a line.
          const line = Buffer.from(JSON.stringify({ text: 'ä€𝄞'.repeat(5) }))
          await writeFile(file, line.subarray(0, one.keep), { flag: 'a' })
        }
      }
      // A missing line break after a kill means a torn line.
      expect((await valuesIn(file)).values).toEqual(confirmed)
    }),
    { numRuns: 30 },
  )
})

test('what is flushed from time to time is flushed though the clock is set back', async () => {
  const file = await fileWith('')
  const opened = await openLineFile(file, { flushEveryMs: 1 })
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
  await delay(5)
  setDisk({ losesFlushes: true })
  await expect(opened.append([first])).rejects.toMatchObject({ code: 'disk-full' })
  resetDisk()
  await opened.close()
})
