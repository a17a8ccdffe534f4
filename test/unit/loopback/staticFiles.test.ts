import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStaticFiles } from '../../../src/main/shell/staticFiles.ts'

let directory: string
let root: string

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'penknife-static-'))
  root = path.join(directory, 'window')
  mkdirSync(path.join(root, 'assets'), { recursive: true })
  writeFileSync(path.join(root, 'index.html'), 'page')
  writeFileSync(path.join(root, 'assets', 'a b.js'), 'script')
  writeFileSync(path.join(directory, 'secret.txt'), 'secret')
  symlinkSync(path.join(directory, 'secret.txt'), path.join(root, 'link.txt'))
})

afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

test('finds the page at the root and files by their encoded names', () => {
  const find = createStaticFiles(root)
  expect(find('/')).toEqual({
    file: path.join(root, 'index.html'),
    contentType: 'text/html; charset=utf-8',
    immutable: false,
  })
  expect(find('/assets/a%20b.js')).toMatchObject({
    contentType: 'text/javascript; charset=utf-8',
    immutable: true,
  })
})

test('does not follow a link out of the folder', () => {
  expect(createStaticFiles(root)('/link.txt')).toBeUndefined()
})

test('no pathname leads out of the folder', () => {
  const find = createStaticFiles(root)
  const piece = fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%2E.',
    '/',
    '\\',
    '%2f',
    '%5c',
    '%252e',
    'secret.txt',
    'window',
    'assets',
    'index.html',
    '\0',
    '%00',
    '%',
    'file:',
    directory,
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const found = find(`/${pieces.join('')}`) ?? find(`/${pieces.join('/')}`)
      if (found !== undefined) expect(path.relative(root, found.file)).not.toMatch(/^\.\./)
    }),
    { numRuns: 2_000 },
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const found = find(text)
      if (found !== undefined) expect(path.relative(root, found.file)).not.toMatch(/^\.\./)
    }),
  )
})
