import { parseText, type TextNode } from './parseText.ts'

/** Names of the placeholders in texts, each once, in order of appearance. */
export function placeholders(...texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => namesIn(parseText(text).nodes)))]
}

/**
 * Puts values in place of placeholders. A placeholder without a value stays as it is, `\<B>` becomes
 * `<B>`, and a section whose value is blank is left out.
 */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  // Values are put between parsed texts, so that nothing in a value is taken for a placeholder.
  const write = (nodes: readonly TextNode[]): string =>
    nodes
      .map((node) => {
        switch (node.kind) {
          case 'text':
            return node.text
          case 'placeholder':
            return values[node.name] ?? `<${node.name}>`
          case 'section':
            return values[node.name]?.trim() === '' ? '' : write(node.nodes)
        }
      })
      .join('')
  return write(parseText(text).nodes)
}

/** Names of the sections in a text, in order of appearance. */
export function sections(text: string): readonly string[] {
  const within = (nodes: readonly TextNode[]): readonly string[] =>
    nodes.flatMap((node) => (node.kind === 'section' ? [node.name, ...within(node.nodes)] : []))
  return within(parseText(text).nodes)
}

function namesIn(nodes: readonly TextNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    switch (node.kind) {
      case 'text':
        return []
      case 'placeholder':
        return [node.name]
      case 'section':
        return [node.name, ...namesIn(node.nodes)]
    }
  })
}
