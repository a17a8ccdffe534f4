import path from 'node:path'
import { readXml } from './readXml.ts'

export interface Relationship {
  readonly id: string
  /** Last part of its type: `officeDocument`, `header`, `slide`. */
  readonly type: string
  /** Name of the target part in the container. */
  readonly target: string
}

/** Where the relationships of a part are kept (ECMA-376, part 2). */
export function relationshipsPart(part: string): string {
  return path.posix.join(path.posix.dirname(part), '_rels', `${path.posix.basename(part)}.rels`)
}

/**
 * Reads the targets of a part's relationships within its container; targets outside it are left
 * out.
 *
 * @param part the part whose relationships these are; blank for the container's own.
 */
export function readRelationships(part: string, xml: string): readonly Relationship[] {
  const found: Relationship[] = []
  readXml(xml, {
    open(name, { Id: id, Type: type, Target: target, TargetMode: mode }) {
      if (name !== 'Relationship' || mode === 'External') return
      if (id === undefined || type === undefined || target === undefined) return
      const place = target.startsWith('/')
        ? target.slice(1)
        : path.posix.join(path.posix.dirname(part), target)
      found.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: place })
    },
    close: () => undefined,
    text: () => undefined,
  })
  return found
}
