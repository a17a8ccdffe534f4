import type { ZipLimits } from '../../../files/checkZip.ts'
import { openZipParts } from '../../../files/zipParts.ts'
import { readRelationships, relationshipsPart } from '../xml/relationships.ts'
import { readXml } from '../xml/readXml.ts'

/**
 * The sheets of a workbook that have cells, as opposed to charts, dialogs and macros (ECMA-376,
 * part 1, 18.2.19).
 *
 * @returns null if the workbook's own list can't be found.
 */
export async function worksheetNames(
  bytes: Uint8Array,
  limits: ZipLimits,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | null> {
  const parts = await openZipParts(bytes, limits, signal)
  const text = async (name: string): Promise<string> =>
    new TextDecoder().decode((await parts.read(name)) ?? new Uint8Array())
  const root = readRelationships('', await text(relationshipsPart('')))
  const workbook = root.find(({ type }) => type === 'officeDocument')?.target
  if (workbook === undefined) return null
  const targets = readRelationships(workbook, await text(relationshipsPart(workbook)))
  const known = new Set(parts.names)
  const worksheets = new Set(
    targets.flatMap(({ id, type, target }) =>
      type === 'worksheet' && known.has(target) ? [id] : [],
    ),
  )
  const names = new Set<string>()
  readXml(await text(workbook), {
    open(element, { name, id, 'r:id': relation = id }) {
      if (element === 'sheet' && name !== undefined && worksheets.has(relation ?? ''))
        names.add(name)
    },
    close: () => undefined,
    text: () => undefined,
  })
  return names
}
