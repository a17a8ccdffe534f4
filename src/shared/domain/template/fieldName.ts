import { z } from 'zod'
import { longest } from '../limits.ts'

/** What separates the names of a path, as in `address.city`; so no name contains it. */
export const pathSeparator = '.'

/** Quotes and backslashes are escaped in JSON, and `--map` reads up to the equals sign. */
export const forbiddenInNames = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}"\\=.]/gu

/**
 * The name of a field: letters of any language, digits, spaces and most marks. It is kept in the
 * composed form of Unicode, so that two names that look the same are the same.
 */
export const fieldName = z
  .string()
  .normalize('NFC')
  .max(longest.fieldName, `A name has at most ${String(longest.fieldName)} characters.`)
  .refine((name) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(name), 'Give the field a name.')
  .refine((name) => name === name.trim(), 'A name has no space before or after it.')
  .refine(
    (name) => name.search(forbiddenInNames) === -1,
    'Names are written without . " \\ = and line breaks; a dot is what separates the levels of address.city.',
  )
  // The one name that sets something else than a field, in JavaScript and in what reads exports.
  .refine((name) => name !== '__proto__', 'Choose another name.')

/** Why a text can't be the name of a field, in a sentence; null if it can. */
export function nameProblem(name: string): string | null {
  const parsed = fieldName.safeParse(name)
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? null)
}

/** A name as formats have it, whichever form of Unicode it is written in. */
export function composedName(name: string): string {
  return name.normalize('NFC')
}
