/** A name without case, spaces, hyphens and the like: usual names are compared in this form. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

/** Names of what a question is asked about, the most usual first. */
export const contextNames: readonly string[] = [
  'context contexts passage passages retrievedcontexts evidence background source sources article',
  'document documents',
].flatMap((line) => line.split(' '))

/** Whether a placeholder or a column has the usual name of what a question is asked about. */
export function isContextName(name: string): boolean {
  return contextNames.includes(plainName(name))
}
