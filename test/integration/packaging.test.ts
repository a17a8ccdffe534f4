import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  closeSync,
  readdirSync,
  readSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { extractArchive, readArchive, type ArchivedFile } from '../helpers/asar.ts'

// Only Electron's own files need not be real for packing: everything that
// Penknife adds is packed here as it is for a release, looked at, and run.

const root = path.resolve(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
const electronVersion = (require('electron/package.json') as { version: string }).version

let directory: string
let resources: string
let binary: string
let files: readonly ArchivedFile[]

/** An Electron with only what packing looks at: the sentinel that precedes the fuses. */
function makeElectron(into: string): void {
  mkdirSync(path.join(into, 'resources'), { recursive: true })
  mkdirSync(path.join(into, 'locales'))
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  writeFileSync(path.join(into, 'electron'), `${sentinel}\x01\x09111111111`)
  chmodSync(path.join(into, 'electron'), 0o755)
  writeFileSync(path.join(into, 'version'), electronVersion)
  writeFileSync(path.join(into, 'locales', 'en-US.pak'), '')
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox']) {
    writeFileSync(path.join(into, name), '')
  }
}

describe.runIf(process.platform === 'linux')('the packed app', () => {
  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'penknife-package-'))
    makeElectron(path.join(directory, 'electron'))
    const packed = spawnSync(
      process.execPath,
      [
        path.join(root, 'node_modules', 'electron-builder', 'cli.js'),
        '--dir',
        '--linux',
        '--publish=never',
        `-c.electronDist=${path.join(directory, 'electron')}`,
        `-c.directories.output=${path.join(directory, 'dist')}`,
      ],
      { cwd: root, encoding: 'utf8' },
    )
    if (packed.status !== 0) throw new Error(packed.stdout + packed.stderr)
    const [unpacked = ''] = readdirSync(path.join(directory, 'dist')).filter((name) =>
      name.endsWith('unpacked'),
    )
    const app = path.join(directory, 'dist', unpacked)
    binary = path.join(app, 'penknife')
    resources = path.join(app, 'resources')
    files = readArchive(path.join(resources, 'app.asar')).files
  }, 300_000)

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true })
  })

  test('contains the whole build and the packages that it needs, and nothing else of the project', () => {
    const names = new Set(files.map(({ name }) => name))
    const top = new Set(files.map(({ name }) => name.split('/')[0]))
    expect([...top].sort()).toEqual(['node_modules', 'out', 'package.json'])
    for (const part of ['main', 'preload', 'renderer']) {
      for (const found of readdirSync(path.join(root, 'out', part), {
        recursive: true,
        withFileTypes: true,
      })) {
        if (!found.isFile()) continue
        const name = path.relative(root, path.join(found.parentPath, found.name))
        expect(names, name).toContain(name)
      }
    }
  })

  test('has the models, the sample library and the notices next to the archive', () => {
    for (const name of [
      'models/penknife-embed/onnx/model.onnx',
      'models/penknife-tiny/penknife-tiny-q8_0.gguf',
      'sample/questions.json',
      'templates/1-review.json',
      'catalogue.json',
      'LICENSE',
      'THIRD-PARTY-NOTICES.md',
    ]) {
      expect(existsSync(path.join(resources, name)), name).toBe(true)
    }
    expect(files.filter(({ name }) => /\.(gguf|onnx)$/.test(name))).toEqual([])
  })

  test('lists its packages, and none that only serve to build it', () => {
    const text = readFileSync(path.join(resources, 'sbom.cdx.json'), 'utf8')
    const { bomFormat, components } = JSON.parse(text) as {
      bomFormat: string
      components: readonly { name: string; version: string; hashes?: readonly unknown[] }[]
    }
    expect(bomFormat).toBe('CycloneDX')
    const names = new Set(components.map(({ name }) => name))
    for (const name of ['electron', 'node-llama-cpp', '@lancedb/lancedb', 'react', 'zod']) {
      expect(names, name).toContain(name)
    }
    for (const name of ['vitest', 'eslint', 'electron-builder', 'typescript-eslint']) {
      expect(names, name).not.toContain(name)
    }
    expect(components.every(({ version }) => version !== '')).toBe(true)
    // Every package in the archive is in the list, but the empty ones that stand in for others.
    const empty = ['@napi-rs/canvas', 'onnxruntime-web', 'openai', 'sharp']
    const packed = files.flatMap(
      ({ name }) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(name)?.[1] ?? [],
    )
    expect(packed.filter((name) => !names.has(name))).toEqual(empty)
  })

  test('keeps every native file outside the archive, for this system and processor only', () => {
    const native = files.filter(({ name }) => /\.(node|so|dll|dylib|exe)(\.\d+)*$/.test(name))
    expect(native.length).toBeGreaterThan(10)
    expect(native.filter(({ offset }) => offset !== null)).toEqual([])
    const foreign = native.filter(({ name }) => !isOwnBinary(name)).map(({ name }) => name)
    expect(foreign).toEqual([])
    expect(native.filter(({ name }) => name.includes('cuda'))).toEqual([])
    for (const owner of ['@lancedb/', '@node-llama-cpp/', 'onnxruntime-node/']) {
      expect(
        native.some(({ name }) => name.includes(owner)),
        owner,
      ).toBe(true)
    }
  })

  test('has its fuses set', async () => {
    const fuses = await getCurrentFuseWire(binary)
    // A fuse is the character 1 or 0 in the binary.
    const on = (fuse: FuseV1Options) => Number(fuses[fuse]) === '1'.charCodeAt(0)
    expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
    expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
    expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
    expect(on(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
  })

  test('reads, indexes and answers with what was packed', () => {
    const app = path.join(directory, 'app')
    extractArchive(path.join(resources, 'app.asar'), app)
    symlinkSync(resources, path.join(app, 'resources'))
    const cli = (...args: string[]) => {
      const ran = spawnSync(
        process.execPath,
        [path.join(app, 'out/main/cli.js'), '--json', `--data-dir=${directory}/data`, ...args],
        { encoding: 'utf8', cwd: directory },
      )
      expect(ran.stderr + ran.stdout).not.toMatch(/Cannot find|ERR_MODULE_NOT_FOUND/)
      expect(ran.status, ran.stderr).toBe(0)
      return ran.stdout
    }
    const imported = cli('import', path.join(resources, 'sample'))
    expect(imported).toMatch(/"indexed"/)
    expect(imported).not.toMatch(/"failed"/)
    const answer = JSON.parse(cli('ask', 'How many days of leave can be carried over?')) as {
      readonly kind: string
      readonly tokens: { readonly prompt: number }
    }
    // The model quotes, or refuses; without it there would be passages only.
    expect(answer.kind).toMatch(/^(quoted|not-found)$/)
    expect(answer.tokens.prompt).toBeGreaterThan(100)
  })
})

/** Whether a native file next to the archive is for the processor that this runs on. */
function isOwnBinary(name: string): boolean {
  const head = Buffer.alloc(20)
  const file = openSync(path.join(resources, 'app.asar.unpacked', name), 'r')
  readSync(file, head, 0, head.length, 0)
  closeSync(file)
  // Bytes 18 and 19 of an ELF file name the machine: 62 is x86-64, 183 is AArch64.
  const machine = process.arch === 'arm64' ? 183 : 62
  return head.subarray(0, 4).equals(Buffer.from('\x7fELF', 'latin1')) && head[18] === machine
}
