import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { modelPlaces } from '../../../src/main/models/modelPlaces.ts'
import { scanModels } from '../../../src/main/models/scanModels.ts'
import { ggufFile, ggufHeader, llamaMetadata, llamaTensors } from '../../helpers/gguf.ts'

const model = ggufFile(llamaMetadata, llamaTensors)
const never = new AbortController().signal
let home: string

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'penknife-scan-'))
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
})

function write(name: string, bytes: Uint8Array | string): string {
  const file = path.join(home, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, bytes)
  return file
}

function scan(installed: readonly string[] = []) {
  const places = modelPlaces({ platform: 'linux', home, env: {} })
  const own = places.filter(({ folder }) => folder.startsWith(home))
  return scanModels(own, new Set(installed), never)
}

test('models of other programs are found in their folders', async () => {
  const studio = write('.lmstudio/models/someone/Some-GGUF/some.Q4_K_M.gguf', model)
  write('.local/share/nomic.ai/GPT4All/gpt4all.gguf', model)
  write('.local/share/Jan/data/llamacpp/models/m/model.gguf', model)
  write('.cache/llama.cpp/m_x.gguf', model)
  write('.cache/llama.cpp/notes.txt', 'nothing')
  const blob = write('.cache/huggingface/hub/models--a--b/blobs/0123', model)
  mkdirSync(path.join(home, '.cache/huggingface/hub/models--a--b/snapshots/main'), {
    recursive: true,
  })
  symlinkSync(blob, path.join(home, '.cache/huggingface/hub/models--a--b/snapshots/main/x.gguf'))
  const found = await scan([studio])
  expect(found.map(({ place, name, installed }) => [place, name, installed]).sort()).toEqual([
    ['gpt4all', 'gpt4all', false],
    ['hugging-face', 'x', false],
    ['jan', 'model', false],
    ['llama.cpp', 'm_x', false],
    ['lm-studio', 'some.Q4_K_M', true],
  ])
  expect(found.every(({ problem }) => problem === null)).toBe(true)
})

test('Ollama’s models are found by their manifests', async () => {
  const hash = 'a'.repeat(64)
  const blob = write(`.ollama/models/blobs/sha256-${hash}`, model)
  const layers = [
    { mediaType: 'application/vnd.ollama.image.template', digest: `sha256:${'b'.repeat(64)}` },
    { mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${hash}` },
  ]
  const manifests = '.ollama/models/manifests/registry.ollama.ai/library'
  write(`${manifests}/llama2/7b-chat`, JSON.stringify({ layers }))
  write(`${manifests}/gone/latest`, JSON.stringify({ layers: layers.slice(0, 1) }))
  const escaping = [{ ...layers[1], digest: 'sha256:../../etc/passwd' }]
  write(`${manifests}/odd/latest`, JSON.stringify({ layers: escaping }))
  write(`${manifests}/broken/latest`, '{')
  expect(await scan()).toMatchObject([
    { place: 'ollama', name: 'llama2:7b-chat', file: blob, facts: { architecture: 'llama' } },
  ])
})

test('unusable models are listed with the reason; parts and vision projectors are not listed', async () => {
  write('.lmstudio/models/a/bert.gguf', ggufHeader({ 'general.architecture': 'bert' }))
  write('.lmstudio/models/a/mmproj-a.gguf', model)
  write('.lmstudio/models/a/big-00002-of-00002.gguf', model)
  const found = await scan()
  expect(found).toHaveLength(1)
  expect(found[0]?.problem).toContain('embedding model')
})

test('the folders searched depend on the system', () => {
  const folders = (platform: NodeJS.Platform, env = {}) =>
    modelPlaces({ platform, home: '/h', env }).map(({ folder }) => folder)
  expect(folders('darwin')).toContain('/h/Library/Application Support/nomic.ai/GPT4All')
  expect(folders('linux', { OLLAMA_MODELS: '/disk/ollama' })).toContain('/disk/ollama')
  expect(folders('linux', { HF_HOME: '/hf' })).toContain('/hf/hub')
})
