import { literalTags } from '../../../shared/domain/template/parseText.ts'

/** Texts of Nunjucks in the language of templates. Collects what a text names and what is lost. */
export interface ForeignTexts {
  /** The text of a template that writes what this one does. */
  readonly read: (text: string) => string
  /** Placeholders that may be empty, with the text in their place. */
  readonly optional: Readonly<Record<string, string>>
  /** Signs of Nunjucks that stay as they are. */
  readonly unread: readonly string[]
}

const sign = /\{\{-?([\s\S]*?)-?\}\}|\{%-?([\s\S]*?)-?%\}|\{#[\s\S]*?#\}/gu
const variable =
  /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*(?:\|\s*default\(\s*("(?:[^"\\]|\\.)*")[^)]*\)\s*)?$/u
const text = /^\s*("(?:[^"\\]|\\.)*")\s*$/u

export function createForeignTexts(): ForeignTexts {
  const optional: Record<string, string> = {}
  const unread = new Set<string>()

  function output(whole: string, inner: string): string {
    const literal = text.exec(inner)?.[1]
    if (literal !== undefined) return literalTags(JSON.parse(literal) as string)
    const [, name, fallback] = variable.exec(inner) ?? []
    if (name === undefined) return kept(whole)
    const placeholder = placeholderOf(name)
    if (fallback !== undefined) optional[placeholder] = JSON.parse(fallback) as string
    return `<${placeholder}>`
  }

  function statement(whole: string, inner: string): string {
    if (inner.trim() === 'endif') return '</IF>'
    const name = /^\s*if\s+([\p{L}_][\p{L}\p{N}_]*)\s*$/u.exec(inner)?.[1]
    if (name === undefined) return kept(whole)
    const placeholder = placeholderOf(name)
    optional[placeholder] ??= ''
    return `<IF ${placeholder}>`
  }

  function kept(whole: string): string {
    unread.add(whole)
    return whole
  }

  return {
    read(from) {
      let read = ''
      let at = 0
      for (const match of from.matchAll(sign)) {
        const [whole, printed, done] = match
        read += literalTags(from.slice(at, match.index))
        at = match.index + whole.length
        if (printed !== undefined) read += output(whole, printed)
        else if (done !== undefined) read += statement(whole, done)
      }
      return read + literalTags(from.slice(at))
    },
    optional,
    get unread() {
      return [...unread]
    },
  }
}

/** `userInput` is `USER_INPUT`. */
export function placeholderOf(name: string): string {
  const plain = name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, '_')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/gu, '_')
    .replaceAll(/^_+|_+$/gu, '')
  return /^[A-Z]/u.test(plain) ? plain : `V_${plain}`
}
