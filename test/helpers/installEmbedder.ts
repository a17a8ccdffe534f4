import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { writeBertModel, type BertOptions } from './bertModel.ts'

/**
 * Puts a small BERT embedder into a data folder, as a download would have left it. The catalogue's
 * entry `id` has to match the options.
 *
 * @returns its folder.
 */
export async function installEmbedder(
  dataDir: string,
  { id, name }: { readonly id: string; readonly name: string },
  options: BertOptions,
): Promise<string> {
  const models = path.join(dataDir, 'models')
  const file = path.join(models, id)
  await mkdir(file, { recursive: true })
  await writeBertModel(file, options)
  const installed = { id, role: 'passages', origin: 'downloaded', name, file }
  const list = { version: 1, models: [installed] }
  await writeFile(path.join(models, 'models.json'), JSON.stringify(list))
  return file
}
