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

/** The file from `from` to `to`, in which every eight bytes are their own offset. */
function bytesAt(from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to + 1 - from)
  for (let at = Math.ceil(from / 8) * 8; at + 8 <= to + 1; at += 8) {
    bytes.writeDoubleLE(at, at - from)
  }
  return bytes
}

const serve: FileServer['behave'] = (request, response) => {
  const from = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1])
  const range = `bytes ${String(from)}-${String(totalBytes - 1)}/${String(totalBytes)}`
  response.writeHead(206, { etag: '"large"', 'content-range': range })
  // A request for the whole file gets only its length.
  response.end(from === 0 ? '' : bytesAt(from, totalBytes - 1))
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

/** How much has arrived before the test. */
const doneBytes = 4 * gib - 8 * 1024 * 1024

/** As if all had arrived up to a little before 4 GiB. The header was written, the rest is a hole. */
function leaveMostOfIt(): number {
  const folder = path.join(directory, '.downloads')
  const file = path.join(folder, 'm', 'm.gguf')
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, head)
  truncateSync(file, doneBytes)
  const { url } = plan().files[0]
  const record = { version: 2, url, totalBytes, etag: '"large"', sha256: null, doneBytes }
  writeFileSync(`${file}.json`, JSON.stringify(record))
  const downloads = [{ plan: plan(), doneBytes, totalBytes }]
  writeFileSync(path.join(folder, 'downloads.json'), JSON.stringify({ version: 1, downloads }))
  return doneBytes
}

test('a file of more than 4 GiB resumes at its position, byte for byte', async () => {
  leaveMostOfIt()
  const downloads = await openWith(gib)
  expect(downloads.list()).toMatchObject([{ doneBytes, totalBytes, state: { status: 'paused' } }])
  await downloads.resume('m')
  await downloads.idle()
  expect(downloads.list()).toMatchObject([{ doneBytes: totalBytes, state: { status: 'done' } }])
  expect(server.ranges).toEqual([`bytes=${String(doneBytes)}-`])
  await downloads.dispose()

  expect((await inspectModel(installed)).sizeBytes).toBe(totalBytes)
  const file = await open(installed)
  for (const from of [doneBytes, 4 * gib - 8, 4 * gib, totalBytes - 32]) {
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
