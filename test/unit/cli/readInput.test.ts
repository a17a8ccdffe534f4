import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createInputReader } from '../../../src/main/cli/readInput.ts'

const { signal } = new AbortController()

describe('standard input', () => {
  it('is read to its end', async () => {
    const read = createInputReader(
      Readable.from([Buffer.from('input\n'), Buffer.from('fine')]),
      signal,
    )
    expect(Buffer.from(await read('rows')).toString()).toBe('input\nfine')
  })

  it('is read once: a second option is refused', async () => {
    const read = createInputReader(Readable.from([Buffer.from('input')]), signal)
    await read('rows')
    await expect(read('rows')).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('is not waited for in a terminal', async () => {
    const terminal = Object.assign(new Readable(), { isTTY: true })
    await expect(createInputReader(terminal, signal)('rows')).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(
        /^There is nothing on standard input\. Send the rows/u,
      ) as string,
    })
  })

  it('is not waited for when the command is stopped', async () => {
    const stop = new AbortController()
    const silent = new Readable({ read: () => undefined })
    const reading = createInputReader(silent, stop.signal)('rows')
    stop.abort()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  })
})
