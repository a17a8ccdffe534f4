import { MockAgent } from 'undici'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  createHttpSource,
  type HttpAnswer,
  type HttpSource,
} from '../../../../src/main/models/downloads/httpSource.ts'

let agent: MockAgent
let source: HttpSource

beforeEach(() => {
  agent = new MockAgent()
  agent.disableNetConnect()
  source = createHttpSource(agent)
})
afterEach(() => agent.close())

function redirect(from: string, location: string, headers: Record<string, string> = {}): void {
  const { origin, pathname } = new URL(from)
  agent
    .get(origin)
    .intercept({ path: pathname })
    .reply(302, '', { headers: { location, ...headers } })
}

function serve(url: string, headers: Record<string, string> = {}): void {
  const { origin, pathname } = new URL(url)
  agent.get(origin).intercept({ path: pathname }).reply(200, 'file', { headers })
}

function open(url: string): Promise<HttpAnswer> {
  return source.open(url, { from: 0, etag: null }, new AbortController().signal)
}

test('a redirect from https to http is not followed', async () => {
  redirect('https://hub.test/m', 'http://plain.test/m')
  serve('http://plain.test/m')
  await expect(open('https://hub.test/m')).rejects.toMatchObject({ code: 'invalid-input' })
  // Nothing was sent to the other address.
  expect(agent.pendingInterceptors()).toMatchObject([{ origin: 'http://plain.test' }])
})

test.each([
  ['https://hub.test/m', 'https://cdn.test/m'],
  ['http://hub.test/m', 'https://cdn.test/m'],
  ['http://hub.test/m', 'http://cdn.test/m'],
])('a redirect from %s to %s is followed, and its hash kept', async (from, to) => {
  redirect(from, to, { 'x-linked-etag': `"${'a'.repeat(64)}"` })
  serve(to, { etag: '"v1"', 'content-length': '4' })
  const answer = await open(from)
  expect(answer).toMatchObject({ from: 0, totalBytes: 4, etag: '"v1"', sha256: 'a'.repeat(64) })
  answer.close()
})

test('a weak ETag is ignored', async () => {
  serve('https://hub.test/m', { etag: 'W/"v1"' })
  const answer = await open('https://hub.test/m')
  expect(answer.etag).toBeNull()
  answer.close()
})
