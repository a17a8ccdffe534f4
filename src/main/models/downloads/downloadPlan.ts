import { createHash } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'
import { modelRole } from '../../../shared/domain/languageModel.ts'
import type { CatalogueEntry } from '../../../shared/domain/modelCatalogue.ts'
import { AppError } from '../../../shared/errors.ts'

/** What to download, and where to put it. */
export const downloadPlan = z
  .object({
    /** Also the name of the folder. */
    id: z.string(),
    role: modelRole,
    name: z.string(),
    files: z
      .array(
        z.object({
          name: z.string(),
          url: z.string(),
          sizeBytes: z.number().int().nullable(),
          sha256: z.string().nullable(),
        }),
      )
      .min(1)
      .readonly(),
  })
  .readonly()
export type DownloadPlan = z.infer<typeof downloadPlan>

const publisher = 'https://huggingface.co'

/** The address at the mirror if one is set, else `url`. */
export function mirrored(url: string, mirror: string | null): string {
  if (mirror === null || !url.startsWith(`${publisher}/`)) return url
  return mirror.replace(/\/$/u, '') + url.slice(publisher.length)
}

export function planEntry(
  { id, role, name, files }: CatalogueEntry,
  mirror: string | null,
): DownloadPlan {
  const fetched = files.map((file) => ({ ...file, url: mirrored(file.url, mirror) }))
  return { id, role, name, files: fetched }
}

/** @throws AppError `invalid-input` unless it is the address of a GGUF file. */
export function planAddress(address: string): DownloadPlan {
  const url = new URL(address)
  const base = decodeURIComponent(path.posix.basename(url.pathname))
  const named = /^[\w.-]+\.gguf$/iu.test(base)
  if (!/^https?:$/u.test(url.protocol) || !named) {
    throw new AppError(
      'invalid-input',
      'This is not the address of a GGUF file: it begins with https:// and ends with .gguf.',
    )
  }
  const stem = base
    .replace(/\.gguf$/iu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/gu, '-')
  const mark = createHash('sha256').update(address).digest('hex').slice(0, 6)
  const file = { name: base, url: address, sizeBytes: null, sha256: null }
  return { id: `${stem}-${mark}`, role: 'answers', name: stem, files: [file] }
}

/** The path of a plan's file, whose name may contain folders, in a folder. */
export function fileOf(folder: string, name: string): string {
  return path.join(folder, ...name.split('/'))
}

/** The path of a model's main file or, for an embedder, of its folder. */
export function installedFile({ role, files }: DownloadPlan, folder: string): string {
  const [first] = files
  return role === 'passages' || first === undefined ? folder : path.join(folder, first.name)
}
