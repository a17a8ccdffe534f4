// A model file of more than 4 GiB, from a local server to the disk: how long it takes, and the delays
// of the event loop. Without a hash, which depends on the processor alone.
//
//   node bench/download.mjs [GIBIBYTES]
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { watchEventLoop } from './eventLoop.mjs'
import { buildModules, importModules, loadAverage, report } from './harness.mjs'
import { isSide, memoryOf } from './processes.mjs'

/**
 * @typedef {typeof import('../src/main/models/downloads/downloads.ts') &
 *   typeof import('../test/helpers/gguf.ts')} Built
 */

const modules = ['src/main/models/downloads/downloads.ts', 'test/helpers/gguf.ts']
const gib = 1024 ** 3

if (isSide) await serve(Number(process.argv[2]))
else await main(process.argv[2] ?? '4.1')

/**
 * The server: a header, and as many zeros as it says.
 *
 * @param {number} gibibytes
 */
async function serve(gibibytes) {
  const { ggufHeader, llamaMetadata } = /** @type {Built} */ (await importModules(modules))
  const floats = Math.round((gibibytes * gib) / 4)
  const head = ggufHeader(llamaMetadata, [{ name: 'rest.weight', dimensions: [floats], type: 0 }])
  const total = Math.ceil(head.length / 32) * 32 + floats * 4
  const zeros = Buffer.alloc(1024 * 1024)
  /**
   * @param {number} from
   * @param {number} end
   */
  function* bytes(from, end) {
    for (let at = from; at < end;) {
      const part = at < head.length ? head.subarray(at) : zeros
      const piece = part.subarray(0, Math.min(part.length, end - at))
      at += piece.length
      yield piece
    }
  }
  const server = createServer((request, response) => {
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    const from = Number(first ?? 0)
    const end = last === undefined || last === '' ? total : Number(last) + 1
    const range = `bytes ${from}-${end - 1}/${total}`
    response.writeHead(206, { etag: '"large"', 'content-range': range })
    pipeline(Readable.from(bytes(from, end)), response, () => undefined)
  })
  server.listen(0, '127.0.0.1', () => {
    process.send?.(/** @type {import('node:net').AddressInfo} */ (server.address()).port)
  })
}

/** @param {string} gibibytes A number. */
async function main(gibibytes) {
  await buildModules(modules)
  const { openDownloads } = /** @type {Built} */ (await importModules(modules))
  const host = fork(import.meta.filename, [gibibytes])
  const folder = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  try {
    const port = await new Promise((resolve) => host.once('message', resolve))
    let installed = ''
    const downloads = await openDownloads({
      folder,
      notice: () => undefined,
      logger: { error: () => undefined },
      proxy: () => null,
      onDone: async (_plan, file) => {
        installed = file
      },
    })
    const url = `http://127.0.0.1:${port}/m.gguf`
    const files = [{ name: 'm.gguf', url, sizeBytes: null, sha256: null }]
    const began = performance.now()
    const delays = await watchEventLoop(async () => {
      await downloads.start({ id: 'm', role: 'answers', name: 'M', files })
      await downloads.idle()
    })
    const seconds = (performance.now() - began) / 1000
    const [download] = downloads.list()
    await downloads.dispose()
    if (download?.state.status !== 'done') throw new Error(JSON.stringify(download?.state))
    const { doneBytes, totalBytes } = download
    await report('download', [
      [
        'bytes: arrived, expected, on the disk',
        `${doneBytes}, ${totalBytes}, ${statSync(installed).size}`,
      ],
      ['seconds, MB a second', `${seconds.toFixed(1)}, ${(doneBytes / 1e6 / seconds).toFixed(0)}`],
      ['event loop, p50, p99, longest, ms', delays],
      ['memory at the end, MiB', memoryOf(process.pid)],
      ['load average', loadAverage()],
    ])
  } finally {
    host.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}
