import { mkdirSync, readFileSync, writeFileSync, copyFileSync, chmodSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** A file in an archive. */
export interface ArchivedFile {
  /** Below the archive's root, with slashes. */
  readonly name: string
  readonly size: number
  /** null: it is outside the archive, in `NAME.asar.unpacked`. */
  readonly offset: number | null
}

interface Entry {
  readonly files?: Readonly<Record<string, Entry>> | undefined
  readonly size?: number | undefined
  readonly offset?: string | undefined
}

const entry: z.ZodType<Entry> = z.lazy(() =>
  z.object({
    files: z.record(z.string(), entry).optional(),
    size: z.number().optional(),
    offset: z.string().optional(),
  }),
)

/**
 * Lists Electron's archive format: four little-endian sizes, of which the last is the length of the
 * JSON index that follows; then the files, one after another.
 */
export function readArchive(archive: string): { files: readonly ArchivedFile[]; start: number } {
  const bytes = readFileSync(archive)
  const index = bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8')
  const files: ArchivedFile[] = []
  const walk = (above: string, { files: below, size = 0, offset }: Entry): void => {
    if (below === undefined) {
      files.push({ name: above, size, offset: offset === undefined ? null : Number(offset) })
      return
    }
    for (const [name, child] of Object.entries(below)) {
      walk(above === '' ? name : `${above}/${name}`, child)
    }
  }
  walk('', entry.parse(JSON.parse(index)))
  return { files, start: 8 + bytes.readUInt32LE(4) }
}

/** Writes an archive's files, including the unpacked ones, to a folder. */
export function extractArchive(archive: string, into: string): void {
  const bytes = readFileSync(archive)
  const { files, start } = readArchive(archive)
  for (const { name, size, offset } of files) {
    const target = path.join(into, name)
    mkdirSync(path.dirname(target), { recursive: true })
    if (offset === null) {
      copyFileSync(path.join(`${archive}.unpacked`, name), target)
      chmodSync(target, 0o755)
    } else {
      writeFileSync(target, bytes.subarray(start + offset, start + offset + size))
    }
  }
}
