import { existsSync } from 'node:fs'
import path from 'node:path'
import type { InstalledModel } from '../../shared/domain/languageModel.ts'
import type { CatalogueEntry } from '../../shared/domain/modelCatalogue.ts'
import { AppError } from '../../shared/errors.ts'
import { bundledEmbedder, bundledLanguages } from '../embedding/embedderProfile.ts'
import type { InstalledEmbedder } from '../embedding/installedEmbedder.ts'
import type { EmbedderProfile } from '../embedding/host/embedderContract.ts'
import { embedderVersion } from './embedderVersion.ts'

/** Identity and folder of an embedder. */
type Placement = Pick<InstalledModel, 'id' | 'role' | 'origin' | 'name' | 'file'>

/** The files that every embedder has in addition to its weights. */
const described = ['config.json', 'tokenizer.json', 'tokenizer_config.json']
const weights = ['model', 'model_quantized'] as const

/**
 * What is needed to run an installed embedder. Pooling, prefixes and the like come from the
 * catalogue: an ONNX file doesn't contain them.
 *
 * @throws AppError `invalid-input` for a language model, `model-missing` if files are gone.
 */
export async function installedEmbedder(
  model: Placement,
  catalogue: readonly CatalogueEntry[],
): Promise<InstalledEmbedder> {
  const { id, name, role, file: dir } = model
  if (role !== 'passages') {
    throw new AppError('invalid-input', `${name} writes answers; it does not find passages.`)
  }
  const { languages, ...facts } = factsOf(model, catalogue)
  const files = [...described, `onnx/${facts.weights}.onnx`].map((one) => path.join(dir, one))
  const version = await embedderVersion(files, { ...facts, dir: undefined })
  return { model: { id, name }, profile: { ...facts, id: `${id}-${version}` }, languages }
}

/** Why an embedder can't be used, as a sentence; null if all its files are there. */
export function embedderProblem(name: string, dir: string): string | null {
  const absent = described.find((file) => !existsSync(path.join(dir, file)))
  const missing = absent ?? (weightsIn(dir) === undefined ? 'onnx/model.onnx' : undefined)
  return missing === undefined
    ? null
    : `${name} is not whole: ${missing} is missing from ${dir}. Remove it and download it again.`
}

function weightsIn(dir: string): (typeof weights)[number] | undefined {
  return weights.find((name) => existsSync(path.join(dir, 'onnx', `${name}.onnx`)))
}

function factsOf(
  { id, name, origin, file: dir }: Placement,
  catalogue: readonly CatalogueEntry[],
): EmbedderProfile & Pick<InstalledEmbedder, 'languages'> {
  const problem = embedderProblem(name, dir)
  const found = weightsIn(dir)
  if (problem !== null || found === undefined) throw new AppError('model-missing', problem ?? name)
  if (origin === 'bundled') return { ...bundledEmbedder(dir), languages: bundledLanguages }
  const facts = catalogue.find((entry) => entry.id === id)?.embedding ?? null
  if (facts === null) {
    throw new AppError('invalid-input', `The catalogue does not say how ${name} is to be used.`)
  }
  const { normalise, ...rest } = facts
  return { ...rest, id, dir, weights: found, normalize: normalise }
}
