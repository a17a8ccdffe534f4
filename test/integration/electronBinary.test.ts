import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { downloadElectron, findElectron } from '../../scripts/electronBinary.mjs'

let directory: string
let installer: string

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'penknife-electron-test-'))
  installer = path.join(directory, 'install.cjs')
  writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ version: '45.4.1' }))
})

afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

/** What an installer leaves behind when it succeeds. */
const unpack = `
  const fs = require('node:fs'), path = require('node:path')
  fs.mkdirSync(path.join(__dirname, 'dist'))
  fs.writeFileSync(path.join(__dirname, 'dist', 'version'), 'v45.4.1')
  fs.writeFileSync(path.join(__dirname, 'dist', 'electron'), '')
  fs.writeFileSync(path.join(__dirname, 'path.txt'), 'electron')
`
/** Grows a file in the temporary folder, as a slow download does. */
const trickle = `
  const file = require('node:path').join(require('node:os').tmpdir(), 'download')
  let steps = 0
  const timer = setInterval(() => {
    require('node:fs').appendFileSync(file, 'x')
    if ((steps += 1) === 40) { clearInterval(timer); done() }
  }, 100)
`

const download = (program: string, stallMs = 800) => {
  writeFileSync(installer, program)
  return downloadElectron({ directory, installer, stallMs })
}

test('a download that works answers with the binary', async () => {
  expect(findElectron(directory)).toBeNull()
  expect(await download(unpack, 10_000)).toEqual({
    binary: path.join(directory, 'dist', 'electron'),
  })
  expect(findElectron(directory)).not.toBeNull()
})

test('a download that fails says so', async () => {
  expect(await download('process.exit(1)', 10_000)).toEqual({ reason: 'its download failed' })
})

test('a download that claims to have worked and left nothing has failed', async () => {
  expect(await download('', 10_000)).toEqual({ reason: 'its download failed' })
})

test('a stalled download is given up', async () => {
  expect(await download('setInterval(() => {}, 1000)')).toEqual({
    reason: 'its download made no progress for 0.8 seconds',
  })
})

test('a slow download that makes progress is not given up', async () => {
  // Longer in all than it may stall; a busy machine may be that late with its first step.
  const outcome = await download(`${trickle}; function done() { ${unpack} }`, 3_000)
  expect(outcome).toHaveProperty('binary')
})

test('a binary of another version is not used', async () => {
  await download(unpack, 10_000)
  mkdirSync(path.join(directory, 'dist'), { recursive: true })
  writeFileSync(path.join(directory, 'dist', 'version'), '44.0.0')
  expect(findElectron(directory)).toBeNull()
})
