import { opendir, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { FoundModel } from '../../shared/domain/languageModel.ts'
import { AppError, throwIfAborted } from '../../shared/errors.ts'
import { parseJson } from '../disk/jsonFile.ts'
import { systemErrorCode } from '../disk/systemError.ts'
import { inspectModel } from '../llm/gguf/modelFacts.ts'
import type { PlaceFolder } from './modelPlaces.ts'

/**
 * Deepest level that is searched: folders of models are flat, and a search of a whole disk must end
 * soon.
 */
const deepest = 6
const mostEntries = 50_000
/** Parts of a split model other than the first, and vision projectors. */
const notAModel = /-(?!00001)\d{5}-of-\d{5}\.gguf$|^mmproj/iu

interface Candidate {
  readonly place: PlaceFolder['place']
  readonly name: string
  readonly file: string
}

/**
 * Finds GGUF files in folders, each once even if it has several names. Nothing is copied or
 * changed; folders that are missing or unreadable are skipped.
 *
 * @param installed paths of the files that are already installed.
 * @throws AppError `cancelled`.
 */
export async function scanModels(
  places: readonly PlaceFolder[],
  installed: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<readonly FoundModel[]> {
  const found = new Map<string, FoundModel>()
  for (const { place, folder } of places) {
    const candidates = place === 'ollama' ? fromOllama(folder) : fromFolder(place, folder)
    for await (const candidate of candidates) {
      throwIfAborted(signal)
      const real = await realpath(candidate.file)
      if (!found.has(real)) found.set(real, await describe(candidate, installed))
    }
  }
  return [...found.values()]
}

async function describe(
  { place, name, file }: Candidate,
  installed: ReadonlySet<string>,
): Promise<FoundModel> {
  const known = { place, file, installed: installed.has(file) }
  try {
    const facts = await inspectModel(file)
    return { ...known, name, sizeBytes: facts.sizeBytes, facts, problem: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { size } = await stat(file)
    return { ...known, name, sizeBytes: size, facts: null, problem: error.message }
  }
}

async function* fromFolder(place: PlaceFolder['place'], folder: string): AsyncGenerator<Candidate> {
  for await (const file of walk(folder)) {
    const base = path.basename(file)
    if (!/\.gguf$/iu.test(base) || notAModel.test(base)) continue
    yield { place, name: base.replace(/\.gguf$/iu, ''), file }
  }
}

const ollamaManifest = z.object({
  layers: z.array(z.object({ mediaType: z.string(), digest: z.string() })),
})

/** Ollama names files by their hashes; manifests say which model a file is. */
async function* fromOllama(folder: string): AsyncGenerator<Candidate> {
  const manifests = path.join(folder, 'manifests')
  for await (const file of walk(manifests)) {
    const text = await readFile(file, 'utf8').catch(passOver)
    const manifest = text === undefined ? undefined : parseJson(text, ollamaManifest)
    const layer = manifest?.layers.find((one) => one.mediaType.endsWith('.image.model'))
    const hash = /^sha256:([0-9a-f]{64})$/u.exec(layer?.digest ?? '')?.[1]
    if (hash === undefined) continue
    const blob = path.join(folder, 'blobs', `sha256-${hash}`)
    if ((await stat(blob).catch(passOver)) === undefined) continue
    // HOST/NAMESPACE/MODEL/TAG; Ollama itself shows MODEL:TAG.
    const [model = '', tag = ''] = path.relative(manifests, file).split(path.sep).slice(-2)
    yield { place: 'ollama', name: `${model}:${tag}`, file: blob }
  }
}

/** All files in a folder, recursively; links to files are followed, links to folders aren't. */
async function* walk(root: string): AsyncGenerator<string> {
  let left = mostEntries
  let folders = [root]
  for (let depth = 0; depth <= deepest && folders.length > 0; depth += 1) {
    const next: string[] = []
    for (const folder of folders) {
      const directory = await opendir(folder).catch(passOver)
      if (directory === undefined) continue
      for await (const entry of directory) {
        left -= 1
        if (left < 0) return
        const file = path.join(folder, entry.name)
        if (entry.isDirectory()) next.push(file)
        else if (entry.isFile() || (await isLinkToFile(entry.isSymbolicLink(), file))) yield file
      }
    }
    folders = next
  }
}

async function isLinkToFile(isLink: boolean, file: string): Promise<boolean> {
  return isLink && (await stat(file).catch(passOver))?.isFile() === true
}

function passOver(error: unknown): undefined {
  const code = systemErrorCode(error)
  if (code === undefined) throw error
  return undefined
}
