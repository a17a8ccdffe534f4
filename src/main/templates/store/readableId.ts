import { randomBytes } from 'node:crypto'

/** Names that are safe for folders and files on all systems. */
const allowed = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/u

export function isReadableId(name: string): boolean {
  return allowed.test(name)
}

/**
 * A new, readable id that is safe as the name of a folder or file. Its random suffix prevents the
 * reuse of deleted ids, and reserved names such as `con` on Windows.
 *
 * @param otherwise the id's first part if no character of the name can be used.
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
