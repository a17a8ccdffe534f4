import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Session } from 'electron'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { registerScheme, servePage } from '../../../src/main/electron/protocol.ts'
import { FakeSession, protocol } from '../../helpers/fakeElectron.ts'

vi.mock('electron', () => import('../../helpers/fakeElectron.ts'))

let directory: string
const session = new FakeSession()

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'penknife-protocol-'))
  const at = (name: string): string => path.join(directory, name)
  mkdirSync(at('window'))
  writeFileSync(at('window/index.html'), '<title>Penknife</title>')
  writeFileSync(at('secret.txt'), 'secret')
  writeFileSync(at('a.pdf'), '%PDF-1.7 and so on')
  writeFileSync(at('a.html'), '<script>alert(1)</script>')
  const originals = new Map([
    ['pdf', at('a.pdf')],
    ['html', at('a.html')],
    ['gone', at('gone.pdf')],
  ])
  servePage(session as unknown as Session, {
    rendererDir: at('window'),
    originalFile: (id) => originals.get(id) ?? null,
  })
})

afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

const request = async (url: string, method = 'GET'): Promise<Response> =>
  (await session.call('penknife:', { url, method })) as Response

test('the scheme is a secure standard one that neither bypasses the CSP nor allows CORS', () => {
  registerScheme()
  expect(protocol.schemes).toEqual([
    {
      scheme: 'penknife',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ])
})

test('the page comes with its policy', async () => {
  const page = await request('penknife://app/index.html')
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('Penknife')
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("connect-src 'self';")
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
})

test('a PDF is sent whole; anything else is never rendered', async () => {
  const pdf = await request('penknife://app/files/pdf')
  expect(pdf.headers.get('content-type')).toBe('application/pdf')
  expect(await pdf.text()).toBe('%PDF-1.7 and so on')
  const html = await request('penknife://app/files/html')
  expect(html.headers.get('content-type')).toBe('application/octet-stream')
  expect(html.headers.get('content-security-policy')).toContain('sandbox')
  await html.body?.cancel()
})

test.each([
  'penknife://app/../secret.txt',
  'penknife://app/%2e%2e/secret.txt',
  'penknife://app/..%2fsecret.txt',
  'penknife://app/files/gone',
  'penknife://app/files/unknown',
  'penknife://other/index.html',
])('there is nothing at %s', async (url) => {
  expect((await request(url)).status).toBe(404)
})

test('other methods are refused', async () => {
  expect((await request('penknife://app/index.html', 'POST')).status).toBe(404)
})
