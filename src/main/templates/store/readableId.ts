import { randomBytes } from 'node:crypto'

/** What may name a folder or a file, on every system. */
const allowed = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/u

export function isReadableId(name: string): boolean {
  return allowed.test(name)
}

/**
 * A new id that is safe as the name of a folder or file and tells people what lies in it. The
 * random end keeps ids of what is gone from being used again, and names like `con` from Windows.
 *
 * @param otherwise what to call it if nothing of the name can be used.
 */
export function newReadableId(name: string, otherwise: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/gu, '')
  return `${words === '' ? otherwise : words}-${randomBytes(4).toString('hex')}`
}
