import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { resetDisk, setDisk } from '../../helpers/limitedDisk.ts'
import { lineStores } from '../../helpers/lineStores.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

vi.mock('node:fs/promises', async (load) => {
  const { limitDisk } = await import('../../helpers/limitedDisk.ts')
  return limitDisk(await load())
})
afterEach(resetDisk)

/** Characters of one to four bytes, and those that JSON writes in another way. */
const [first, second, third] = ['eins ä€𝄞', 'zwei "\n\\" 𝄞', 'drei']

describe.each(Object.entries(lineStores))('%s', (_, open) => {
  test('cut at any byte of the last record, loses only this record', async () => {
    const store = await open(await createTempDir())
    await store.add(first)
    const from = (await stat(store.file)).size
    await store.add(second)
    const whole = await readFile(store.file)
    for (let cut = from; cut <= whole.length; cut += 1) {
      await writeFile(store.file, whole.subarray(0, cut))
      const kept = cut < whole.length - 1 ? [first] : [first, second]
      expect(await store.texts()).toEqual(kept)
      await store.add(third)
      expect(await store.texts()).toEqual([...kept, third])
    }
    expect(store.notices).toEqual([])
  })

  test('torn, then appended to without being read first, loses only the torn record', async () => {
    const store = await open(await createTempDir())
    await store.add(first)
    const from = (await stat(store.file)).size
    await store.add(second)
    const whole = await readFile(store.file)
    for (const cut of [from + 1, whole.length - 2, whole.length - 1]) {
      await writeFile(store.file, whole.subarray(0, cut))
      await store.add(third)
      const kept = cut < whole.length - 1 ? [first] : [first, second]
      expect(await store.texts()).toEqual([...kept, third])
    }
  })

  test('a broken line does not affect the others, and its bytes are kept', async () => {
    const root = await createTempDir()
    const store = await open(root)
    await store.add(first)
    const damage = '{"half a rec\u0000\u0000'
    await writeFile(store.file, `${damage}\n`, { flag: 'a' })
    const damaged = await readFile(store.file)
    await store.add(second)
    expect(await store.texts()).toEqual([first, second])
    const folder = path.dirname(store.file)
    const files = await Promise.all(
      (await readdir(folder)).map((name) => readFile(path.join(folder, name))),
    )
    expect(files.some((bytes) => bytes.subarray(0, damaged.length).equals(damaged))).toBe(true)
    expect(store.notices.length).toBeLessThanOrEqual(1)
  })

  test('a disk that fills up in the middle of a record keeps the records before and after it', async () => {
    const store = await open(await createTempDir())
    await store.add(first)
    const before = await readFile(store.file)
    await store.add(second)
    const size = (await stat(store.file)).size - before.length
    for (const room of [0, 1, Math.floor(size / 2), size - 1]) {
      await writeFile(store.file, before)
      setDisk({ room })
      await expect(store.add(second)).rejects.toMatchObject({ code: 'disk-full' })
      resetDisk()
      expect(await readFile(store.file)).toEqual(before)
      await store.add(third)
      expect(await store.texts()).toEqual([first, third])
    }
  })

  test('a failed flush keeps the records before it', async () => {
    const store = await open(await createTempDir())
    await store.add(first)
    const before = await readFile(store.file)
    setDisk({ losesFlushes: true })
    await expect(store.add(second)).rejects.toMatchObject({ code: 'disk-full' })
    resetDisk()
    // Results are not flushed one by one, so only `close` could report a failure.
    if (path.basename(store.file) !== 'results.jsonl') {
      expect(await readFile(store.file)).toEqual(before)
    }
    await store.add(third)
    expect((await store.texts()).filter((text) => text !== second)).toEqual([first, third])
  })
})
