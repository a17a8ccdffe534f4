import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../src/main/shell/contentSecurity.ts'

// What only the built files can prove.

const out = path.resolve(import.meta.dirname, '../../out')
const read = (...parts: string[]): string => readFileSync(path.join(out, ...parts), 'utf8')

test('the preload is one CommonJS file that requires electron and nothing else', () => {
  expect(readdirSync(path.join(out, 'preload'))).toEqual(['index.cjs'])
  const required: string[] = []
  const exposed: string[] = []
  const program = read('preload', 'index.cjs')
  expect(program).not.toMatch(/^\s*(import|export)\b|\bimport\(/m)
  // A sandboxed preload has no other globals than these.
  runInNewContext(program, {
    require(name: string) {
      required.push(name)
      return { contextBridge: { exposeInMainWorld: (key: string) => exposed.push(key) } }
    },
    module: { exports: {} },
    exports: {},
  })
  expect(required).toEqual(['electron'])
  expect(exposed).toEqual(['penknife'])
})

/** A policy as a map from directive to its sources. */
function directives(policy: string): Map<string, readonly string[]> {
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/)
      return [name, sources]
    }),
  )
}

test('the page states the policy that the shells send', () => {
  const stated = [
    ...read('renderer', 'index.html').matchAll(
      /<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]+)"/g,
    ),
  ].map(([, policy = '']) => policy)
  expect(stated).toHaveLength(1)
  const page = directives(stated[0] ?? '')
  const header = directives(contentSecurityPolicy('ws://127.0.0.1:*'))
  for (const [name, sources] of header) {
    // A page cannot state who may frame it, and does not know its port.
    if (name === 'frame-ancestors') continue
    if (name === 'connect-src') expect(page.get(name)).toEqual(expect.arrayContaining([...sources]))
    else expect(page.get(name), name).toEqual(sources)
  }
})

test('only the page’s own scripts may run, and only connect to its own origin', () => {
  for (const socket of [null, 'ws://127.0.0.1:1']) {
    const policy = directives(contentSecurityPolicy(socket))
    expect(policy.get('default-src')).toEqual(["'none'"])
    expect(policy.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"])
    expect(policy.get('connect-src')).toEqual(["'self'", ...(socket === null ? [] : [socket])])
    expect(policy.get('frame-ancestors')).toEqual(["'none'"])
  }
})

test('the page and its styles load nothing from elsewhere and have no inline script', () => {
  const page = read('renderer', 'index.html')
  for (const [, address = ''] of page.matchAll(/\b(?:src|href)="([^"]*)"/g)) {
    expect(address).toMatch(/^(\.?\/assets\/|data:,)/)
  }
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/)
  const assets = readdirSync(path.join(out, 'renderer', 'assets'))
  const styles = assets.filter((name) => name.endsWith('.css'))
  expect(styles.length).toBeGreaterThan(0)
  for (const style of styles) {
    expect(read('renderer', 'assets', style)).not.toMatch(/@import|url\(\s*["']?(?:https?:)?\/\//)
  }
})

test('every program that is started by its name was built', () => {
  const programs = readdirSync(path.join(out, 'main'))
  for (const name of ['index', 'serve', 'cli', 'llm.host', 'embedder.host', 'parser.host']) {
    expect(programs).toContain(`${name}.js`)
  }
})

test('electron is loaded by the desktop program alone', () => {
  const chunks = readdirSync(path.join(out, 'main', 'chunks')).map((name) => `chunks/${name}`)
  const users = [...readdirSync(path.join(out, 'main')), ...chunks]
    .filter((name) => name.endsWith('.js'))
    .filter((name) =>
      /from\s*["']electron["']|require\(["']electron["']\)/.test(read('main', name)),
    )
  expect(users).toEqual(['index.js'])
})
