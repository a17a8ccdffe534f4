import type { fromMarkdown } from 'mdast-util-from-markdown'

type Positioned = Pick<ReturnType<typeof fromMarkdown>, 'position'>

/** The source of a node in the parsed text. */
export function sourceOf({ position }: Positioned, text: string): string {
  return text.slice(position?.start.offset ?? 0, position?.end.offset ?? 0)
}
