/** The British list has no comma before its "and". */
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/**
 * What kinds of files can be read, as people say it: "PDF, Word and plain text". Formats that share
 * a kind stand in it once.
 */
export function kindsInWords(formats: readonly { readonly kind: string }[]): string {
  return list.format(new Set(formats.map(({ kind }) => kind)))
}
