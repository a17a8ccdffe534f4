import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultChunkOptions } from '../../../src/main/parsing/chunking/chunkOptions.ts'
import { defaultParseLimits, type ParseLimits } from '../../../src/main/parsing/parseLimits.ts'
import { parseFile } from '../../../src/main/parsing/parseFile.ts'
import type { ParsedDocument } from '../../../src/main/parsing/parser.ts'
import type { Chunk } from '../../../src/shared/domain/chunk.ts'
import { page, pageLayout } from '../../../src/shared/domain/page.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { smallDocuments } from '../../helpers/fixtures/documents.ts'
import { writePdf } from '../../helpers/fixtures/writePdf.ts'
import { writeZip } from '../../helpers/fixtures/writeZip.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'penknife-parse-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function parse(
  name: string,
  bytes: Uint8Array,
  limits: Partial<ParseLimits> = {},
): Promise<ParsedDocument> {
  const file = path.join(folder, 'original')
  await writeFile(file, bytes)
  return parseFile(
    { file, name, into: folder },
    {
      limits: { ...defaultParseLimits, ...limits },
      chunking: defaultChunkOptions,
      countTokens: (text) => text.split(/\s+/).length,
      signal: new AbortController().signal,
      onPage: () => undefined,
    },
  )
}

async function lines(name: string): Promise<readonly unknown[]> {
  const content = await readFile(path.join(folder, name), 'utf8')
  return content
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

describe('parseFile', () => {
  it('says what it left out', async () => {
    const message = [
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: image/png',
      '',
      'A',
      '--b',
    ]
    const bytes = (...more: readonly string[]): Buffer =>
      Buffer.from([...message, ...more].join('\r\n'))
    expect(await parse('a.eml', bytes('', 'Some words.', '--b--'))).toMatchObject({
      leftOut: [{ what: 'picture', count: 1 }],
      reason: null,
    })
    await expect(parse('a.eml', bytes('Content-Type: image/gif', '', 'B'))).rejects.toThrow(
      'There is no text in this document. 2 pictures were not read.',
    )
  })

  it.each(smallDocuments)(
    'writes the pages and passages of $name',
    async ({ name, bytes, format }) => {
      const document = await parse(name, bytes)
      expect(document).toMatchObject({
        format,
        bytes: bytes.byteLength,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        unreadPages: [],
        reason: null,
      })
      const pages = (await lines('text.jsonl')).map((line) => page.parse(line))
      const chunks = (await lines('chunks.jsonl')) as Chunk[]
      expect(pages).toHaveLength(document.pages)
      expect(chunks).toHaveLength(document.chunks)
      expect(document.words).toBeGreaterThan(10)
      for (const { page: number, start, end, text } of chunks) {
        expect(pages[number - 1]?.text.slice(start, end)).toBe(text)
      }
      const hasLayout = (await readdir(folder)).includes('layout.jsonl')
      expect(hasLayout).toBe(format === 'pdf')
      if (hasLayout) for (const line of await lines('layout.jsonl')) pageLayout.parse(line)
    },
  )

  it('says which pages are pictures', async () => {
    const text = [{ x: 72, y: 100, text: 'Some words.' }]
    const pages = [{ texts: text }, { picture: true }, { picture: true }]
    const document = await parse('a.pdf', writePdf(pages))
    expect(document.unreadPages).toEqual([2, 3])
    expect(document.reason?.message).toContain('Pages 2 and 3 hold pictures')
  })

  const locked = writePdf([{ texts: [{ x: 72, y: 100, text: 'No.' }] }], { password: 'no' })
  it.each<readonly [string, Uint8Array, string, RegExp]>([
    ['a.txt', new Uint8Array(), 'document-empty', /empty/],
    ['a.txt', Buffer.from(' \n\t '), 'document-empty', /no text/],
    ['a.pdf', writePdf([{}]), 'document-empty', /no text/],
    ['a.pdf', writePdf([{ picture: true }]), 'document-empty', /scanned/],
    ['a.pdf', locked, 'document-encrypted', /password/],
    ['a.docx', Buffer.from('PK\x03\x04word/document.xml'), 'document-unreadable', /damaged/],
    ['a.docx', Buffer.from('not a container'), 'document-unreadable', /Word file but is none/],
  ])('%s fails with a reason (%#)', async (name, bytes, code, message) => {
    const failure = parse(name, bytes)
    await expect(failure).rejects.toMatchObject({ code })
    await expect(failure).rejects.toThrow(message)
  })

  it('refuses a file above the limit', async () => {
    await expect(parse('a.txt', Buffer.alloc(100, 'a'), { bytes: 99 })).rejects.toMatchObject({
      code: 'document-too-large',
    })
  })

  it('refuses a container whose text unpacks to more than the limit', async () => {
    const text = `<w:p><w:r><w:t>${' '.repeat(3 * 1024 * 1024)}</w:t></w:r></w:p>`
    const bomb = writeZip([{ name: 'word/document.xml', data: text }])
    expect(bomb.byteLength).toBeLessThan(10_000)
    const limits = { unpackedBytes: 2 * 1024 * 1024 }
    await expect(parse('a.docx', bomb, limits)).rejects.toMatchObject({
      code: 'document-too-large',
    })
  })

  it('never unpacks the pictures of a document', async () => {
    const limits = { unpackedBytes: 1024 * 1024 }
    const file = writeZip([
      { name: 'word/document.xml', data: '<w:p><w:r><w:t>Some words.</w:t></w:r></w:p>' },
      { name: 'word/media/image.png', data: new Uint8Array(3 * 1024 * 1024) },
    ])
    expect((await parse('a.docx', file, limits)).words).toBe(2)
  })

  it('distinguishes a missing file from one without permission', async () => {
    const job = { file: path.join(folder, 'gone'), name: 'gone.txt', into: folder }
    const options = {
      limits: defaultParseLimits,
      chunking: defaultChunkOptions,
      countTokens: () => 1,
      signal: new AbortController().signal,
      onPage: () => undefined,
    }
    await expect(parseFile(job, options)).rejects.toMatchObject({ code: 'not-found' })
    await expect(parseFile({ ...job, file: folder }, options)).rejects.toMatchObject({
      code: 'document-unreadable',
    })
  })
})

describe('damaged files', () => {
  const damage = fc.record({
    flips: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 30 }),
    keep: fc.double({ min: 0.05, max: 1, noNaN: true }),
  })

  it.each(smallDocuments)('$name: is read, or fails with a reason', async ({ name, bytes }) => {
    await fc.assert(
      fc.asyncProperty(damage, async ({ flips, keep }) => {
        const broken = Uint8Array.from(bytes).subarray(0, Math.ceil(bytes.byteLength * keep))
        for (const [at, bits] of flips) {
          const index = at % broken.byteLength
          broken[index] = (broken[index] ?? 0) ^ bits
        }
        try {
          await parse(name, broken)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          expect((error as AppError).code).not.toBe('internal')
        }
      }),
      { numRuns: 40 },
    )
  })
})
