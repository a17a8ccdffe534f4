import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { templateVersion, type TemplateVersion } from '../../../shared/contract/templates.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import { makeFolder, move, replaceFile } from '../../disk/durableFile.ts'
import { brokenName, readJsonFile, writeJsonFile, type Notice } from '../../disk/jsonFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { folderInPlace } from '../../disk/wrongKind.ts'
import { readTemplate, writeTemplate } from './templateText.ts'

/**
 * The versions of a template: `0001.json` and so on, each a whole template, so that they can be
 * compared with any tool. Names and times are in a separate file, without which the versions are
 * still usable.
 */
export interface VersionFiles {
  /** All versions, oldest first, and the newest one that can be read. */
  load(): Promise<{
    readonly versions: readonly TemplateVersion[]
    readonly latest: Template | null
  }>
  /** @returns null if there is no such version. */
  read(version: number): Promise<Template | null>
  add(template: Template, name: string | null): Promise<TemplateVersion>
  /** Saves names and times. */
  describe(versions: readonly TemplateVersion[]): Promise<void>
  /** Describes all versions that are there, so that the number of one that is moved stays taken. */
  describeAll(): Promise<void>
}

export const versionDescriptions = z.object({
  schema: z.literal(1),
  versions: z.array(templateVersion),
})

/** Name of the file with the names and times of the versions. */
export const describedName = 'versions.json'

/** Name of the file of a version. */
export function versionFileName(version: number): string {
  return `${String(version).padStart(4, '0')}.json`
}

/** Includes files that were set aside: their numbers aren't reused, since runs refer to them. */
const fileName = /^(\d{4,9})(\.broken-[^.]*)?\.json$/u

export function createVersionFiles(directory: string, notice: Notice): VersionFiles {
  const described = path.join(directory, describedName)
  const fileOf = (version: number): string => path.join(directory, versionFileName(version))

  async function numbers(): Promise<{ readonly there: readonly number[]; readonly next: number }> {
    const found = (await namesIn(directory)).flatMap((name) => {
      const match = fileName.exec(name)
      return match === null ? [] : [{ number: Number(match[1]), aside: match[2] !== undefined }]
    })
    const there = found.filter(({ aside }) => !aside).map(({ number }) => number)
    return {
      there: there.sort((a, b) => a - b),
      next: Math.max(0, ...found.map(({ number }) => number)) + 1,
    }
  }

  async function known(): Promise<readonly TemplateVersion[]> {
    return (await readJsonFile(described, versionDescriptions, notice))?.versions ?? []
  }

  async function list(): Promise<readonly TemplateVersion[]> {
    const { there } = await numbers()
    if (there.length === 0) return []
    const before = await known()
    return Promise.all(
      there.map(
        async (version) =>
          before.find((one) => one.version === version) ?? {
            version,
            name: null,
            savedAt: (await stat(fileOf(version))).mtime.toISOString(),
          },
      ),
    )
  }

  async function read(version: number): Promise<Template | null> {
    const file = fileOf(version)
    const text = await readFile(file, 'utf8').catch(folderInPlace(file)).catch(whenMissing(null))
    if (text === null) return null
    const found = readTemplate(text)
    if (found.kind === 'template') return found.template
    if (found.kind === 'newer') return null
    const aside = brokenName(file)
    await move(file, aside)
    notice(
      `Version ${version} of a template could not be read: ${found.problem}. It was kept as ${aside}.`,
    )
    return null
  }

  async function load(): ReturnType<VersionFiles['load']> {
    const versions = await list()
    const newest = versions.at(-1)
    if (newest === undefined) return { versions, latest: null }
    const latest = await read(newest.version)
    if (latest !== null) return { versions, latest }
    // `read` has set it aside, so the next pass returns the previous one.
    const left = await list()
    return left.length < versions.length ? load() : { versions, latest: null }
  }

  /** Keeps the entries of versions that are not there any more, as their numbers are taken. */
  async function describe(versions: readonly TemplateVersion[]): Promise<void> {
    const numbered = new Set(versions.map(({ version }) => version))
    const gone = (await known()).filter(({ version }) => !numbered.has(version))
    const all = [...gone, ...versions].sort((a, b) => a.version - b.version)
    await writeJsonFile(described, { schema: 1, versions: all })
  }

  return {
    load,
    read,
    async add(template, name) {
      await makeFolder(directory)
      const taken = (await known()).map((one) => one.version)
      const version = Math.max((await numbers()).next, ...taken.map((one) => one + 1))
      const added = { version, name, savedAt: new Date().toISOString() }
      const before = await list()
      await replaceFile(fileOf(version), writeTemplate(template))
      await describe([...before, added])
      return added
    },
    describe,
    describeAll: async () => describe(await list()),
  }
}

function namesIn(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch(whenMissing([]))
}
