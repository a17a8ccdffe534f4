import path from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import type { Format } from './format.ts'
import { lookalike } from './lookalikes.ts'
import { csv } from './csv.ts'
import { docx } from './docx.ts'
import { eml } from './eml.ts'
import { epub } from './epub.ts'
import { html } from './html.ts'
import { markdown } from './markdown.ts'
import { pdf } from './pdf.ts'
import { pptx } from './pptx.ts'
import { text } from './text.ts'
import { xlsx } from './xlsx.ts'

/** Every kind of file that can be read. A new one is a file beside this one and a line here. */
export const formats: readonly Format[] = [
  pdf,
  docx,
  pptx,
  xlsx,
  epub,
  html,
  eml,
  markdown,
  text,
  csv,
]

/** Formats that tell themselves by their first bytes: what has only their extension is none. */
const marked: ReadonlySet<Format['id']> = new Set(['pdf', 'docx', 'pptx', 'xlsx', 'epub'])

/**
 * Tells a file's format: by its first bytes where those are telling, else by its extension.
 *
 * @throws AppError `unsupported-format`, `document-encrypted` with a sentence that names what the
 * file looks like.
 */
export function detectFormat(name: string, bytes: Uint8Array): Format {
  const extension = path.extname(name).slice(1).toLowerCase()
  const known = formats.find(({ extensions }) => extensions.includes(extension))
  const looks = lookalike(bytes)
  if (looks instanceof AppError) throw looks
  if (looks !== null) return byId(looks)
  if (known === undefined) return text
  if (marked.has(known.id)) throw notReally(known)
  return known
}

function notReally(format: Format): AppError {
  return new AppError(
    'document-unreadable',
    `This file is called a ${format.name} file but is none. It may be damaged: open it in the program that made it and save it again.`,
  )
}

function byId(id: Format['id']): Format {
  const format = formats.find((one) => one.id === id)
  if (format === undefined) throw new Error(`There is no format ${id}.`)
  return format
}
