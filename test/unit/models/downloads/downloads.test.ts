import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DownloadPlan } from '../../../../src/main/models/downloads/downloadPlan.ts'
import {
  openDownloads,
  type Downloads,
  type DownloadsDeps,
} from '../../../../src/main/models/downloads/downloads.ts'
import type { Download } from '../../../../src/shared/contract/models.ts'
import { rangeOf, sha256, startFileServer, type FileServer } from '../../../helpers/fileServer.ts'
import { ggufFile, llamaMetadata, llamaTensors } from '../../../helpers/gguf.ts'

const mib = 1024 * 1024
/** A model file of 4 MiB. */
const tensor = { name: 'rest.weight', dimensions: [mib], type: 0 }
const content = ggufFile(llamaMetadata, [...llamaTensors, tensor])
for (let at = 4096; at < content.length; at += 4096) content.writeUInt32LE(at, at)

let directory: string
let server: FileServer
const opened: Downloads[] = []
const installed: string[] = []

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'penknife-downloads-'))
  server = await startFileServer(content)
  installed.length = 0
})
afterEach(async () => {
  for (const downloads of opened.splice(0)) await downloads.dispose()
  await server[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true, force: true })
})

async function open(change: Partial<DownloadsDeps> = {}): Promise<Downloads> {
  const downloads = await openDownloads({
    folder: path.join(directory, 'models'),
    notice: () => undefined,
    logger: { error: () => undefined },
    proxy: () => null,
    onDone: (_plan, file) => Promise.resolve(void installed.push(file)),
    waitsMs: [5, 5, 5],
    silenceMs: 60_000,
    ...change,
  })
  opened.push(downloads)
  return downloads
}

function plan(change: Partial<DownloadPlan['files'][number]> = {}): DownloadPlan {
  const file = { name: 'm.gguf', url: `${server.address}/m.gguf`, sizeBytes: null, sha256: null }
  return { id: 'm', role: 'answers', name: 'M', files: [{ ...file, ...change }] }
}

async function fetchAll(downloads: Downloads, what = plan()): Promise<Download> {
  await downloads.start(what)
  await downloads.idle()
  const [now] = downloads.list()
  if (now === undefined) throw new Error('There is no download')
  return now
}

function expectWhole(): void {
  expect(installed).toEqual([path.join(directory, 'models', 'm', 'm.gguf')])
  expect(sha256(readFileSync(installed[0] ?? ''))).toBe(sha256(content))
}

function failure(download: Download): string {
  if (download.state.status !== 'failed') throw new Error(`It is ${download.state.status}`)
  return `${download.state.error.code}: ${download.state.error.message}`
}

describe('a download', () => {
  test('uses one connection, is verified and moved into place', async () => {
    const downloads = await open()
    const states = new Set<string>()
    downloads.onChange(([one]) => one !== undefined && states.add(one.state.status))
    const done = await fetchAll(downloads, plan({ sha256: sha256(content) }))
    expect(done).toMatchObject({
      doneBytes: content.length,
      totalBytes: content.length,
      state: { status: 'done', model: 'm' },
    })
    expect([...states]).toEqual(['downloading', 'verifying', 'done'])
    expect(server.ranges).toEqual(['bytes=0-'])
    expectWhole()
    expect(existsSync(path.join(directory, 'models', '.downloads', 'm'))).toBe(false)
  })

  test('is fetched whole from a host that does not support ranges', async () => {
    server.behave = (_, response) =>
      response.writeHead(200, { 'content-length': content.length }).end(content)
    expect((await fetchAll(await open())).state.status).toBe('done')
    expectWhole()
  })

  test('follows redirects, and checks the hash that they name', async () => {
    server.behave = (request, response, next) => {
      if (request.url !== '/m.gguf') next()
      else {
        const hash = `"${sha256(Buffer.from('another'))}"`
        response.writeHead(302, { location: '/real', 'x-linked-etag': hash }).end()
      }
    }
    expect(failure(await fetchAll(await open()))).toContain('the hash differs')
    expect(installed).toEqual([])
  })

  test("prefers the catalogue's hash to the host's", async () => {
    server.behave = (request, response, next) => {
      if (request.url !== '/m.gguf') next()
      else {
        const hash = `"${sha256(Buffer.from('another'))}"`
        response.writeHead(302, { location: '/real', 'x-linked-etag': hash }).end()
      }
    }
    const done = await fetchAll(await open(), plan({ sha256: sha256(content) }))
    expect(done.state.status).toBe('done')
    expectWhole()
  })

  test('uses a proxy', async () => {
    let through = 0
    const proxy = createServer().on('connect', (request, socket, head) => {
      through += 1
      const { hostname, port } = new URL(`http://${request.url ?? ''}`)
      const out = connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        out.write(head)
        out.pipe(socket).pipe(out)
      })
      out.on('error', () => socket.destroy())
      socket.on('error', () => out.destroy())
    })
    const address = await listening(proxy)
    const downloads = await open({ proxy: () => address })
    expect((await fetchAll(downloads)).state.status).toBe('done')
    expect(through).toBeGreaterThan(0)
    expectWhole()
    await downloads.dispose()
    proxy.closeAllConnections()
    proxy.close()
  })
})

describe('a broken connection', () => {
  test('several times: the download resumes at its position, and nothing is fetched twice', async () => {
    server.behave = cutAfter(0.9 * mib)
    expect((await fetchAll(await open())).state.status).toBe('done')
    expectWhole()
    const starts = server.ranges.map((range) => Number(/^bytes=(\d+)-$/u.exec(range)?.[1]))
    expect(starts.length).toBeGreaterThan(4)
    expect(starts).toEqual([...new Set(starts)].sort((one, other) => one - other))
    // Each part is requested of the version that the download began with.
    const etag = `"${sha256(content).slice(0, 12)}"`
    expect(server.versions).toEqual([undefined, ...starts.slice(1).map(() => etag)])
  })

  test('for good: it says so, keeps what has arrived, and can be resumed later', async () => {
    const downloads = await open()
    const cut = cutAfter(0.9 * mib)
    server.behave = (request, response, next, count) => {
      if (count < 2) cut(request, response, next, count)
      else response.destroy()
    }
    const failed = await fetchAll(downloads)
    expect(failure(failed)).toMatch(/^disconnected: .*broke.*kept/u)
    expect(failed.doneBytes).toBeGreaterThan(0)
    server.behave = (_a, _b, next) => next()
    server.ranges.length = 0
    await downloads.resume('m')
    await downloads.idle()
    expectWhole()
    expect(server.ranges).toEqual([`bytes=${String(failed.doneBytes)}-`])
  })

  test('before anything was read, while free disk space is checked', async () => {
    let closed: () => void
    const broken = new Promise<void>((resolve) => (closed = resolve))
    server.behave = (_, response, next, count) => {
      if (count > 0) {
        next()
        return
      }
      response.on('close', () => closed())
      response.writeHead(200, { 'content-length': content.length })
      response.write(content.subarray(0, 1000), () => response.destroy())
    }
    const freeBytes = async (): Promise<null> => {
      await broken
      await new Promise((resolve) => setTimeout(resolve, 50))
      return null
    }
    expect((await fetchAll(await open({ freeBytes }))).state.status).toBe('done')
    expectWhole()
  })

  test('a host that stops sending is asked again', async () => {
    server.behave = (request, response, next, count) => {
      if (count > 0) {
        next()
        return
      }
      const { from, to } = rangeOf(request, content.length)
      response.writeHead(206, rangeHeaders(from, to))
      response.write(content.subarray(from, from + 1000))
    }
    const started = Date.now()
    expect((await fetchAll(await open({ silenceMs: 400 }))).state.status).toBe('done')
    expect(Date.now() - started).toBeGreaterThan(300)
    expectWhole()
  })

  test('a host that is busy is asked again', async () => {
    server.behave = (_, response, next, count) =>
      count < 2 ? response.writeHead(503).end() : next()
    expect((await fetchAll(await open())).state.status).toBe('done')
    expectWhole()
  })

  test('when the app is closed: the download waits, and asks no host until it is resumed', async () => {
    const first = await open()
    server.behave = slowly
    await first.start(plan())
    await until(() => (first.list()[0]?.doneBytes ?? 0) > mib / 2)
    await first.dispose()
    const requests = server.requests()
    const second = await open()
    const [waiting] = second.list()
    expect(waiting?.state).toEqual({ status: 'paused' })
    expect(waiting?.doneBytes).toBeGreaterThan(mib / 2)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(server.requests()).toBe(requests)
    server.behave = (_a, _b, next) => next()
    server.ranges.length = 0
    await second.resume('m')
    await second.idle()
    expectWhole()
    expect(server.ranges).toEqual([`bytes=${String(waiting?.doneBytes)}-`])
  })
})

describe('a person', () => {
  test('pauses and resumes', async () => {
    const downloads = await open()
    server.behave = slowly
    await downloads.start(plan())
    await until(() => (downloads.list()[0]?.doneBytes ?? 0) > mib / 2)
    await downloads.pause('m')
    expect(downloads.list()[0]?.state.status).toBe('paused')
    server.behave = (_a, _b, next) => next()
    await downloads.resume('m')
    await downloads.idle()
    expectWhole()
  })

  test('cancels, and no file is left', async () => {
    const downloads = await open()
    server.behave = slowly
    await downloads.start(plan())
    await until(() => (downloads.list()[0]?.doneBytes ?? 0) > mib / 2)
    await downloads.cancel('m')
    expect(downloads.list()).toEqual([])
    expect(existsSync(path.join(directory, 'models', '.downloads', 'm'))).toBe(false)
  })

  test('starts a waiting download again: it resumes, and knows how much has arrived', async () => {
    const downloads = await open()
    server.behave = slowly
    await downloads.start(plan())
    await until(() => (downloads.list()[0]?.doneBytes ?? 0) > mib / 2)
    await downloads.pause('m')
    server.behave = (_a, _b, next) => next()
    const done = await fetchAll(downloads)
    expect(done).toMatchObject({ totalBytes: content.length, state: { status: 'done' } })
    expectWhole()
  })

  test('cannot start the same download twice', async () => {
    const downloads = await open()
    server.behave = slowly
    await downloads.start(plan())
    await expect(downloads.start(plan())).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe('a file that changes at its host', () => {
  const changed = Buffer.from(content)
  changed.writeUInt32LE(7, content.length - 4)
  const longer = Buffer.concat([content, Buffer.alloc(4096)])
  const unversioned: FileServer['behave'] = (request, response) => {
    const { from, to } = rangeOf(request, server.content.length)
    const part = server.content.subarray(from, to + 1)
    response.writeHead(206, rangeHeaders(from, to, server.content.length)).end(part)
  }

  test.each([
    ['the host sends all of it', changed, (_a, _b, next) => next()],
    ['only its ETag tells, because the host ignores the requested version', changed, forgetful],
    ['only its length tells', longer, unversioned],
  ] satisfies [string, Buffer, FileServer['behave']][])(
    'is downloaded again if %s',
    async (_, other, afterwards) => {
      const cut = cutAfter(0.9 * mib, afterwards === unversioned ? null : undefined)
      server.behave = (request, response, next, count) => {
        if (count === 0) {
          response.on('close', () => (server.content = other))
          cut(request, response, next, count)
        } else afterwards(request, response, next, count)
      }
      expect((await fetchAll(await open())).state.status).toBe('done')
      expect(sha256(readFileSync(installed[0] ?? ''))).toBe(sha256(other))
      expect(server.ranges).toHaveLength(3)
    },
  )

  test('on every request is given up', async () => {
    server.behave = (request, response, next, count) => {
      server.content = Buffer.from(content)
      server.content.writeUInt32LE(count, content.length - 4)
      cutAfter(mib / 8)(request, response, next, count)
    }
    expect(failure(await fetchAll(await open()))).toContain('keeps changing')
    expect(installed).toEqual([])
  })
})

describe('honest errors', () => {
  test.each([
    [401, /^permission-denied: .*licence/u],
    [403, /^permission-denied: .*licence/u],
    [404, /^not-found: /u],
    [410, /^not-found: /u],
    [400, /^invalid-input: .*400/u],
    [500, /^disconnected: .*busy \(500\)/u],
  ])('%i', async (status, reason) => {
    server.behave = (_, response) => response.writeHead(status).end('no')
    expect(failure(await fetchAll(await open()))).toMatch(reason)
    expect(installed).toEqual([])
  })

  test('a wrong hash: what arrived is deleted', async () => {
    const downloads = await open()
    const wrong = plan({ sha256: sha256(Buffer.from('x')) })
    expect(failure(await fetchAll(downloads, wrong))).toContain('the hash differs')
    expect(existsSync(path.join(directory, 'models', '.downloads', 'm'))).toBe(false)
    expect(installed).toEqual([])
  })

  test('another size than the catalogue says', async () => {
    const what = plan({ sizeBytes: content.length + 1 })
    expect(failure(await fetchAll(await open(), what))).toContain('another file')
  })

  test('a page instead of a model', async () => {
    server.content = Buffer.from('<html>Sign in</html>')
    expect(failure(await fetchAll(await open()))).toContain('not a GGUF')
  })

  test('a host that lies about the length', async () => {
    server.behave = (_, response) => {
      response.writeHead(200, { 'content-length': content.length })
      response.write(content.subarray(0, 1000), () => response.destroy())
    }
    expect(failure(await fetchAll(await open()))).toMatch(/^disconnected/u)
  })

  test('no room on the disk: reported before anything is written', async () => {
    const downloads = await open({ freeBytes: () => Promise.resolve(content.length) })
    expect(failure(await fetchAll(downloads))).toMatch(/^disk-full: .*Make room/u)
  })

  test('endless redirects', async () => {
    server.behave = (_, response) => response.writeHead(302, { location: '/m.gguf' }).end()
    expect(failure(await fetchAll(await open()))).toContain('without end')
  })

  test('a proxy that asks for a password', async () => {
    const proxy = createServer().on('connect', (_request, socket) => {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    })
    const address = await listening(proxy)
    const downloads = await open({ proxy: () => address })
    expect(failure(await fetchAll(downloads))).toMatch(/^permission-denied: The proxy/u)
    proxy.close()
  })

  test('a host that cannot be reached', async () => {
    const gone = createServer()
    const url = `${await listening(gone)}/m.gguf`
    await new Promise((resolve) => gone.close(resolve))
    expect(failure(await fetchAll(await open(), plan({ url })))).toContain('refuses connections')
  })
})

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${String(port)}`
}

function rangeHeaders(from: number, to: number, length = content.length) {
  const range = `bytes ${String(from)}-${String(to)}/${String(length)}`
  return { 'content-length': to - from + 1, 'content-range': range }
}

/** Breaks the connection after so many bytes. @param etag null: the host names no version. */
function cutAfter(bytes: number, etag?: null): FileServer['behave'] {
  return (request, response) => {
    const { from, to } = rangeOf(request, server.content.length)
    const part = server.content.subarray(from, Math.min(to + 1, from + bytes))
    response.writeHead(206, {
      ...rangeHeaders(from, to, server.content.length),
      ...(etag === null ? {} : { etag: `"${sha256(server.content).slice(0, 12)}"` }),
    })
    response.write(part, () => setTimeout(() => response.destroy(), 20))
  }
}

/** Sends the part that is asked for, whatever the version. */
const forgetful: FileServer['behave'] = (request, response) => {
  const { from, to } = rangeOf(request, server.content.length)
  const etag = `"${sha256(server.content).slice(0, 12)}"`
  response.writeHead(206, { ...rangeHeaders(from, to), etag })
  response.end(server.content.subarray(from, to + 1))
}

/** 64 KiB at a time. */
const slowly: FileServer['behave'] = (request, response) => {
  const { from, to } = rangeOf(request, content.length)
  response.writeHead(206, rangeHeaders(from, to))
  let at = from
  const timer = setInterval(() => {
    const end = Math.min(at + 64 * 1024, to + 1)
    response.write(content.subarray(at, end))
    at = end
    if (at <= to) return
    clearInterval(timer)
    response.end()
  }, 5)
  response.on('close', () => clearInterval(timer))
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}
