/** The part of SQL that limits a query to contents; their names were checked or came from rows. */
export function among(contents: ReadonlySet<string>): string {
  return `content IN (${[...contents].map((contentId) => `'${contentId}'`).join(',')})`
}
