import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inspectModel } from '../../../../src/main/llm/gguf/modelFacts.ts'
import { openDownloads, type Downloads } from '../../../../src/main/models/downloads/downloads.ts'
import { startFileServer, type FileServer } from '../../../helpers/fileServer.ts'
import { ggufHeader, llamaMetadata } from '../../../helpers/gguf.ts'

const gib = 1024 ** 3
const pieceBytes = 16 * 1024 * 1024
const weights = { name: 'rest.weight', dimensions: [gib + gib / 1024], type: 0 }
const head = ggufHeader(llamaMetadata, [weights])
/** 4 GiB and 4 MiB of weights after the header, which is padded to 32 bytes. */
const totalBytes = Math.ceil(head.length / 32) * 32 + 4 * (gib + gib / 1024)

let directory: string
let server: FileServer
let installed: string

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'penknife-large-'))
  server = await startFileServer(Buffer.alloc(0))
  server.behave = serve
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true, force: true })
})

/** The file from `from` to `to`: the header, and then every eight bytes say where they stand. */
function bytesAt(from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to + 1 - from)
  for (let at = Math.ceil(from / 8) * 8; at + 8 <= to + 1; at += 8) {
    bytes.writeDoubleLE(at, at - from)
  }
  if (from === 0) head.copy(bytes)
  return bytes
}

const serve: FileServer['behave'] = (request, response) => {
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/u.exec(request.headers.range ?? '') ?? []
  const end = to === '' ? totalBytes - 1 : Number(to)
  const range = `bytes ${from}-${String(end)}/${String(totalBytes)}`
  response.writeHead(206, { etag: '"large"', 'content-range': range })
  // Whoever asks for all of it only wants to know how long it is.
  response.end(to === '' ? '' : bytesAt(Number(from), end))
}

const plan = () => {
  const file = { name: 'm.gguf', url: `${server.address}/m.gguf`, sizeBytes: null, sha256: null }
  return { id: 'm', role: 'answers', name: 'M', files: [file] } as const
}

function openWith(freeBytes: number): Promise<Downloads> {
  return openDownloads({
    folder: directory,
    notice: () => undefined,
    logger: { error: () => undefined },
    proxy: () => null,
    onDone: (_plan, file) => Promise.resolve(void (installed = file)),
    freeBytes: () => Promise.resolve(freeBytes),
  })
}

/**
 * As if all had arrived but the first piece, half of the last one below 4 GiB, and what follows.
 * Nothing of that was ever written: the file has holes and takes no room on the disk.
 */
function leaveMostOfIt(): number {
  const pieces = Array.from({ length: Math.ceil(totalBytes / pieceBytes) }, () => pieceBytes)
  pieces.splice(0, 1, 0)
  pieces.splice(255, 2, pieceBytes / 2, 0)
  const doneBytes = pieces.reduce((sum, one) => sum + one, 0)
  const folder = path.join(directory, '.downloads')
  const file = path.join(folder, 'm', 'm.gguf')
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, '')
  truncateSync(file, 4 * gib - pieceBytes / 2)
  const { url } = plan().files[0]
  const record = { version: 1, url, totalBytes, etag: '"large"', sha256: null, pieces }
  writeFileSync(`${file}.json`, JSON.stringify(record))
  const downloads = [{ plan: plan(), doneBytes, totalBytes }]
  writeFileSync(path.join(folder, 'downloads.json'), JSON.stringify({ version: 1, downloads }))
  return doneBytes
}

test('a file of more than 4 GiB goes on where it was, byte for byte', async () => {
  const doneBytes = leaveMostOfIt()
  const downloads = await openWith(gib)
  expect(downloads.list()).toMatchObject([{ doneBytes, totalBytes, state: { status: 'paused' } }])
  await downloads.resume('m')
  await downloads.idle()
  expect(downloads.list()).toMatchObject([{ doneBytes: totalBytes, state: { status: 'done' } }])
  expect([...server.ranges].sort()).toEqual([
    'bytes=0-16777215',
    'bytes=4286578688-4294967295',
    `bytes=4294967296-${String(totalBytes - 1)}`,
  ])
  await downloads.dispose()

  expect((await inspectModel(installed)).sizeBytes).toBe(totalBytes)
  const file = await open(installed)
  const half = 4 * gib - pieceBytes / 2
  for (const from of [4096, half, 4 * gib - 8, 4 * gib, totalBytes - 32]) {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, from)
    expect(buffer.readDoubleLE(), String(from)).toBe(from)
  }
  const { size } = await file.stat()
  await file.close()
  expect(size).toBe(totalBytes)
})

test.each([
  ['all of it', () => 0],
  ['what is left of it', leaveMostOfIt],
])('it is not fetched where the disk has no room for %s', async (_, prepare) => {
  const missing = totalBytes - prepare()
  const downloads = await openWith(missing + 100e6)
  await downloads.start(plan())
  await downloads.idle()
  const [failed] = downloads.list()
  const [needed, free] = [missing, missing + 100e6].map((bytes) => (bytes / 1e9).toFixed(1))
  const message = `${needed ?? ''} GB are still to come and the disk has ${free ?? ''} GB free`
  expect(failed).toMatchObject({ totalBytes, state: { status: 'failed' } })
  expect(JSON.stringify(failed)).toContain(message)
  expect(server.requests()).toBeLessThanOrEqual(1)
  await downloads.dispose()
})
