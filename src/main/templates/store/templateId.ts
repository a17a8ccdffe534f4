import { randomBytes } from 'node:crypto'

/** What may name a template's folder, on every system. */
const allowed = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/u

export function isTemplateId(name: string): boolean {
  return allowed.test(name)
}

/**
 * A new id that is a safe folder name and tells people what lies in it. The random end keeps ids of
 * templates that are gone from being used again, and names like `con` from Windows.
 */
export function newTemplateId(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/gu, '')
  return `${words === '' ? 'template' : words}-${randomBytes(4).toString('hex')}`
}
