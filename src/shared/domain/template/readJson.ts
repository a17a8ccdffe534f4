import type { Repair } from './replyCheck.ts'

interface Range {
  /** UTF-16 indexes of the text. */
  readonly start: number
  readonly end: number
}

export interface JsonMember {
  readonly name: string
  readonly nameRange: Range
  readonly value: JsonNode
}

export type JsonNode = Range &
  (
    | { readonly kind: 'string'; readonly text: string }
    | { readonly kind: 'number'; readonly value: number; readonly written: string }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
    | { readonly kind: 'list'; readonly items: readonly JsonNode[] }
    /** In the order of the text; a name can come twice. */
    | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  )

export type JsonReading =
  | { readonly ok: true; readonly node: JsonNode; readonly repairs: ReadonlySet<Repair> }
  | {
      readonly ok: false
      /** Where it stopped being JSON. */
      readonly at: number
      readonly wanted: string
      /** The text ends before the value does. */
      readonly cutOff: boolean
    }

/** Deeper values are refused: no format needs them, and each level takes stack. */
const deepest = 64
const space = /[ \t\n\r]*/uy
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy
const word = /[A-Za-z]+/uy
const hex4 = /[0-9a-fA-F]{4}/uy
/** What a string is made of up to the next character that means something. */
const plain = /[^"'\\\u0000-\u001f‘’“”]+/uy
const literals: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
  ['True', true],
  ['False', false],
  ['None', null],
])
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
/** What closes a string, by what opened it. */
const closers: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”“"',
  '”': '”“"',
  '‘': "’‘'",
  '’': "’‘'",
}

/**
 * Reads the JSON value that begins at `start` (RFC 8259), and forgives what is written by habit:
 * other quotation marks, a comma too many, line breaks in strings, Python's words. Text that is
 * JSON is read as `JSON.parse` reads it and needs no repair; text that needs one is not JSON.
 *
 * Unlike `JSON.parse` it keeps the position of everything and duplicate names.
 */
export function readJson(text: string, start = 0): JsonReading {
  const repairs = new Set<Repair>()
  let at = start
  let failedAt = start
  let wanted = 'a value'

  const node = value(0)
  if (node !== null) return { ok: true, node, repairs }
  return { ok: false, at: failedAt, wanted, cutOff: failedAt >= text.length }

  /** Called once: callers that get null return it. */
  function fail(what: string, where = at): null {
    failedAt = where
    wanted = what
    return null
  }

  function match(pattern: RegExp): string {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? ''
    at += found.length
    return found
  }

  /** Steps over white space and, if it comes next, the character. */
  function skip(character: string): boolean {
    match(space)
    if (text[at] !== character) return false
    at += 1
    return true
  }

  function value(depth: number): JsonNode | null {
    match(space)
    if (depth > deepest) return fail('a value that is less deeply nested')
    const from = at
    const first = text[at] ?? ''
    if (first === '{') return object(depth)
    if (first === '[') return list(depth)
    if (first in closers) return string()
    if (first === '-' || (first >= '0' && first <= '9')) {
      const written = match(number)
      if (written === '') return fail('a digit', at + 1)
      return { kind: 'number', value: Number(written), written, start: from, end: at }
    }
    return literal()
  }

  function literal(): JsonNode | null {
    const from = at
    const written = match(word)
    const meant = literals.get(written)
    if (meant === undefined) {
      const cut = at === text.length && [...literals.keys()].some((one) => one.startsWith(written))
      return fail('a value', cut ? at : from)
    }
    if (written.charAt(0) < 'a') repairs.add('quoted-value')
    const range = { start: from, end: at }
    return meant === null ? { kind: 'null', ...range } : { kind: 'boolean', value: meant, ...range }
  }

  function list(depth: number): JsonNode | null {
    const from = at
    const items: JsonNode[] = []
    at += 1
    if (skip(']')) return { kind: 'list', items, start: from, end: at }
    for (;;) {
      const item = value(depth + 1)
      if (item === null) return null
      items.push(item)
      const ended = endOf(']')
      if (ended === null) return fail('a comma or ]')
      if (ended) return { kind: 'list', items, start: from, end: at }
    }
  }

  function object(depth: number): JsonNode | null {
    const from = at
    const members: JsonMember[] = []
    at += 1
    if (skip('}')) return { kind: 'object', members, start: from, end: at }
    for (;;) {
      match(space)
      if (!((text[at] ?? '') in closers)) return fail('the name of a field in quotation marks')
      const name = string()
      if (name === null) return null
      if (!skip(':')) return fail('a colon')
      const held = value(depth + 1)
      if (held === null) return null
      const { text: called, start: nameStart, end: nameEnd } = name
      members.push({ name: called, nameRange: { start: nameStart, end: nameEnd }, value: held })
      const ended = endOf('}')
      if (ended === null) return fail('a comma or }')
      if (ended) return { kind: 'object', members, start: from, end: at }
    }
  }

  /** Whether a list or an object ends here; false: another comes; null: neither. */
  function endOf(bracket: string): boolean | null {
    if (skip(bracket)) return true
    if (!skip(',')) return null
    if (!skip(bracket)) return false
    repairs.add('trailing-comma')
    return true
  }

  function string(): Extract<JsonNode, { kind: 'string' }> | null {
    const from = at
    const opener = text[at] ?? ''
    const closing = closers[opener] ?? ''
    at += 1
    let held = ''
    while (at < text.length) {
      held += match(plain)
      const next = text[at]
      if (next === undefined) break
      if (closing.includes(next) && (opener === '"' || closes(next))) {
        at += 1
        if (opener === "'") repairs.add('single-quotes')
        else if (opener !== '"') repairs.add('curly-quotes')
        return { kind: 'string', text: held, start: from, end: at }
      }
      if (next === '\\') {
        const escaped = escape(opener)
        if (escaped === null) return null
        held += escaped
      } else if (next < ' ') {
        if (!'\n\r\t'.includes(next)) return fail('no control character')
        repairs.add('line-break')
        held += next
        at += 1
      } else {
        held += next
        at += 1
      }
    }
    return fail('the end of the text in quotation marks', text.length)
  }

  /** An apostrophe or a quotation mark within the text is not its end: an end is followed by one. */
  function closes(mark: string): boolean {
    if (mark === '”') return true
    space.lastIndex = at + 1
    const after = text[at + 1 + (space.exec(text)?.[0].length ?? 0)]
    return after === undefined || ',:}]'.includes(after)
  }

  function escape(opener: string): string | null {
    const letter = text[at + 1] ?? ''
    if (letter === '') return fail('the rest of an escape', text.length)
    if (letter === 'u') {
      hex4.lastIndex = at + 2
      const code = hex4.exec(text)?.[0]
      if (code === undefined) return fail('four hexadecimal digits', Math.min(at + 6, text.length))
      at += 6
      return String.fromCharCode(Number.parseInt(code, 16))
    }
    const meant = letter === "'" && opener === "'" ? "'" : escapes[letter]
    if (meant === undefined) return fail('an escape that JSON knows', at + 1)
    at += 2
    return meant
  }
}
