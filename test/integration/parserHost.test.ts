import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHostParser, type HostParserOptions } from '../../src/main/parsing/hostParser.ts'
import type { ParsedDocument, Parser } from '../../src/main/parsing/parser.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import type { HostProcess } from '../../src/main/processes/hostProcess.ts'
import type { Chunk } from '../../src/shared/domain/chunk.ts'
import { smallDocument, smallDocuments } from '../helpers/fixtures/documents.ts'
import { setPdf, type Passage } from '../helpers/fixtures/setPdf.ts'
import { writePdf } from '../helpers/fixtures/writePdf.ts'

const passageSize = {
  tokenizerDir: path.resolve('resources/models/penknife-embed'),
  maxTokens: 1_000,
}

let folder: string
let parser: Parser
let started: HostProcess[]

function create(options: Omit<HostParserOptions, 'start'> = {}): Parser {
  const start = createForkedHosts(path.resolve('out/main'))
  parser = createHostParser({
    start(entry, options) {
      const host = start(entry, options)
      started.push(host)
      return host
    },
    ...options,
  })
  return parser
}

function parse(
  name: string,
  content: Uint8Array,
  signal?: AbortSignal,
  onProgress: Parameters<Parser['parse']>[1] = () => undefined,
): Promise<ParsedDocument> {
  const into = mkdtempSync(path.join(folder, 'job-'))
  const file = path.join(into, 'original')
  writeFileSync(file, content)
  const job = { file, name, into, passageSize, bytes: content.byteLength, othersWait: false }
  return parser.parse(job, onProgress, signal)
}

function isAlive(host: HostProcess | undefined): boolean {
  try {
    return host?.pid !== undefined && process.kill(host.pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

/** A text that takes the parser seconds: most of its words are new to the token counter. */
function slowText(bytes: number): Uint8Array {
  let text = ''
  for (let i = 0; text.length < bytes; i += 1) text += `${(i * 2654435761).toString(36)}q${i}.\n\n`
  return Buffer.from(text)
}

beforeEach(() => {
  started = []
  folder = mkdtempSync(path.join(tmpdir(), 'penknife-parser-'))
})
afterEach(async () => {
  await parser.dispose()
  rmSync(folder, { recursive: true, force: true })
})

describe('the parser process', () => {
  it('reads every format, one file after another, in one process', async () => {
    create()
    const documents = await Promise.all(smallDocuments.map(({ name, bytes }) => parse(name, bytes)))
    expect(documents.map(({ format }) => format)).toEqual(
      smallDocuments.map(({ format }) => format),
    )
    expect(started).toHaveLength(1)
  })

  it('measures passages in the tokens of the embedder', async () => {
    create()
    const { bytes } = smallDocument('text')
    const into = mkdtempSync(path.join(folder, 'job-'))
    const file = path.join(into, 'a.txt')
    writeFileSync(file, bytes)
    const job = { file, name: 'a.txt', into, passageSize, bytes: bytes.length, othersWait: false }
    await parser.parse(job, () => undefined)
    const [line = ''] = readFileSync(path.join(into, 'chunks.jsonl'), 'utf8').split('\n')
    const chunk = JSON.parse(line) as Chunk
    expect(chunk.tokens).toBeGreaterThan(20)
    expect(chunk.tokens).toBeLessThan(60)
  })

  it('reports its progress', async () => {
    create()
    const passages: Passage[] = Array.from({ length: 300 }, (_, i) => ({
      paragraph: `Paragraph ${i} says little, but it says it at some length, and it stands alone.`,
    }))
    const told: (readonly [number, number | null])[] = []
    const bytes = writePdf(setPdf(passages))
    const { pages } = await parse('a.pdf', bytes, undefined, (progress) => {
      told.push([progress.page, progress.pages])
    })
    expect(pages).toBeGreaterThan(5)
    expect(told.at(-1)).toEqual([pages, pages])
  })

  it('says why a file cannot be read', async () => {
    create()
    await expect(parse('a.txt', new Uint8Array())).rejects.toMatchObject({
      code: 'document-empty',
    })
    expect(started).toHaveLength(1)
  })

  it('gives up on a file that takes too long, and reads the next', async () => {
    create({ patienceOf: () => ({ stallMs: 1_500, totalMs: 60_000 }) })
    // The first file includes the start of the process.
    await expect(parse('a.txt', slowText(20_000_000))).rejects.toMatchObject({ code: 'timed-out' })
    expect(isAlive(started[0])).toBe(false)
    await parser.dispose()
    create()
    await expect(parse('b.txt', Buffer.from('Fine.'))).resolves.toMatchObject({ words: 1 })
  })

  it('stops at once when aborted, and reads the next', async () => {
    create()
    const controller = new AbortController()
    const stopped = parse('a.txt', slowText(20_000_000), controller.signal)
    const next = parse('b.txt', Buffer.from('Fine.'))
    setTimeout(() => controller.abort(), 500)
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    await expect(next).resolves.toMatchObject({ words: 1 })
    expect(started).toHaveLength(2)
  })

  it('reads one file while another is stuck in a process of its own', async () => {
    create({ count: 2 })
    const controller = new AbortController()
    const stuck = parse('a.txt', slowText(20_000_000), controller.signal)
    for (const name of ['b.txt', 'c.txt']) {
      await expect(parse(name, Buffer.from('Fine.'))).resolves.toMatchObject({ words: 1 })
    }
    controller.abort()
    await expect(stuck).rejects.toMatchObject({ code: 'cancelled' })
    expect(started.map(isAlive)).toEqual([false, true])
  })

  it('does not begin a file that was aborted while it waited', async () => {
    create()
    const controller = new AbortController()
    const first = parse('a.txt', Buffer.from('First.'))
    const second = parse('b.txt', Buffer.from('Second.'), controller.signal)
    controller.abort()
    await expect(second).rejects.toMatchObject({ code: 'cancelled' })
    await expect(first).resolves.toMatchObject({ words: 1 })
    expect(started).toHaveLength(1)
  })

  it('survives a file that exhausts the heap', async () => {
    create({ limits: { heapMiB: 128 } })
    const failure = parse('a.csv', Buffer.from('a,b\n'.repeat(4_000_000)))
    await expect(failure).rejects.toMatchObject({ code: 'out-of-memory' })
    await expect(parse('b.txt', Buffer.from('Fine.'))).resolves.toMatchObject({ words: 1 })
  })

  it('survives a file that exhausts memory outside the heap', async () => {
    create({ limits: { memoryMiB: 40 } })
    const failure = parse('a.txt', slowText(1_000_000))
    await expect(failure).rejects.toMatchObject({ code: 'out-of-memory' })
  })

  it('says so when a file crashes the process', async () => {
    create()
    const failure = parse('a.txt', slowText(20_000_000))
    setTimeout(() => started[0]?.pid !== undefined && process.kill(started[0].pid, 'SIGTERM'), 500)
    await expect(failure).rejects.toMatchObject({ code: 'host-crashed' })
    await expect(parse('b.txt', Buffer.from('Fine.'))).resolves.toMatchObject({ words: 1 })
  })

  it('refuses half a gigabyte of text, and keeps running', async () => {
    create()
    const file = path.join(folder, 'huge.txt')
    execFileSync('truncate', ['-s', '500M', file])
    const job = { file, name: 'huge.txt', into: folder, passageSize, bytes: 5e8, othersWait: false }
    await expect(parser.parse(job, () => undefined)).rejects.toMatchObject({
      code: 'document-too-large',
    })
  })
})
