import { isRecord } from '../../../shared/domain/isRecord.ts'
import { isOneSlip } from '../../retrieval/correctSlips.ts'

/**
 * Names of fields that are in a file but not in what was read from it: `“exampels” (did you mean
 * “examples”?)`, with the names of the objects around it.
 *
 * @param given what the file holds, as JSON.
 * @param read the same after a schema left out what it does not know.
 */
export function unknownNames(given: unknown, read: unknown): readonly string[] {
  return namesWithin(given, read, [])
}

/** The known name that was meant, probably; null if there is none. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const plain = plainName(name)
  return (
    known.find((one) => plainName(one) === plain) ??
    known.find((one) => isOneSlip(plainName(one), plain)) ??
    null
  )
}

/** A name that isn't known, in quotes, with the one that was meant. */
export function unknownName(name: string, known: readonly string[], place = name): string {
  const meant = nearestName(name, known)
  return meant === null ? `“${place}”` : `“${place}” (did you mean “${meant}”?)`
}

function namesWithin(given: unknown, read: unknown, place: readonly string[]): readonly string[] {
  if (Array.isArray(given) && Array.isArray(read)) {
    return given.flatMap((one, index) => namesWithin(one, read[index], [...place, `${index + 1}`]))
  }
  if (!isRecord(given) || !isRecord(read)) return []
  const known = Object.keys(read).filter((name) => !Object.hasOwn(given, name))
  return Object.entries(given).flatMap(([name, value]) => {
    const here = [...place, name]
    return Object.hasOwn(read, name)
      ? namesWithin(value, read[name], here)
      : [unknownName(name, known, here.join(' › '))]
  })
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]+/gu, '')
}
