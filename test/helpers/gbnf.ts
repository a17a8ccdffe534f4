/**
 * A matcher for the part of llama.cpp's GBNF that Penknife writes: rules, literals, sets of
 * characters, groups, alternatives and repetition. It follows all alternatives at once and is
 * independent of the code that writes grammars.
 */
type Expression =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'set'; readonly test: (codePoint: number) => boolean }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'all'; readonly parts: readonly Expression[] }
  | { readonly kind: 'any'; readonly options: readonly Expression[] }
  | {
      readonly kind: 'repeat'
      readonly part: Expression
      readonly least: number
      readonly most: number
    }

/** Whether the grammar's `root` matches the whole text. */
export function matchesGrammar(grammar: string, text: string): boolean {
  const rules = new Map<string, Expression>()
  for (const line of grammar.split('\n')) {
    if (line === '') continue
    const [name = '', body = ''] = line.split(/ ::= (.*)/su)
    rules.set(name, parse(body))
  }
  return [...ends({ kind: 'rule', name: 'root' }, 0)].includes(text.length)

  function* ends(one: Expression, at: number): Generator<number> {
    switch (one.kind) {
      case 'text':
        if (text.startsWith(one.text, at)) yield at + one.text.length
        return
      case 'set': {
        const code = text.codePointAt(at)
        if (code !== undefined && one.test(code)) yield at + (code > 0xffff ? 2 : 1)
        return
      }
      case 'rule': {
        const rule = rules.get(one.name)
        if (rule === undefined) throw new Error(`No rule ${one.name}`)
        yield* ends(rule, at)
        return
      }
      case 'all':
        yield* following([at], one.parts)
        return
      case 'any':
        for (const option of one.options) yield* ends(option, at)
        return
      case 'repeat': {
        let reached = new Set([at])
        for (let times = 0; reached.size > 0; times += 1) {
          if (times >= one.least) yield* reached
          if (times === one.most) return
          const next = new Set<number>()
          for (const from of reached) for (const end of ends(one.part, from)) next.add(end)
          reached = next
        }
      }
    }
  }

  function* following(starts: Iterable<number>, parts: readonly Expression[]): Generator<number> {
    let reached = new Set(starts)
    for (const part of parts) {
      const next = new Set<number>()
      for (const from of reached) for (const end of ends(part, from)) next.add(end)
      reached = next
    }
    yield* reached
  }
}

function parse(body: string): Expression {
  let at = 0
  const whole = options()
  if (at < body.length) throw new Error(`Not understood: ${body.slice(at)}`)
  return whole

  function skipSpace(): void {
    while (body[at] === ' ') at += 1
  }

  function options(): Expression {
    const found = [sequence()]
    while (body[at] === '|') {
      at += 1
      found.push(sequence())
    }
    return found.length === 1 && found[0] !== undefined ? found[0] : { kind: 'any', options: found }
  }

  function sequence(): Expression {
    const parts: Expression[] = []
    skipSpace()
    while (at < body.length && body[at] !== '|' && body[at] !== ')') {
      parts.push(repeated(atom()))
      skipSpace()
    }
    return { kind: 'all', parts }
  }

  function atom(): Expression {
    const first = body[at]
    if (first === '"') {
      at += 1
      let text = ''
      while (body[at] !== '"') text += character()
      at += 1
      return { kind: 'text', text }
    }
    if (first === '[') return set()
    if (first === '(') {
      at += 1
      const inner = options()
      if (body[at] !== ')') throw new Error('A bracket is not closed')
      at += 1
      return inner
    }
    const name = /^[a-z][a-z0-9-]*/u.exec(body.slice(at))?.[0]
    if (name === undefined) throw new Error(`Not understood: ${body.slice(at)}`)
    at += name.length
    return { kind: 'rule', name }
  }

  function set(): Expression {
    at += 1
    const negated = body[at] === '^'
    if (negated) at += 1
    const ranges: [number, number][] = []
    while (body[at] !== ']') {
      const low = codeOf(character())
      const ranged = body[at] === '-' && body[at + 1] !== ']'
      if (ranged) at += 1
      ranges.push([low, ranged ? codeOf(character()) : low])
    }
    at += 1
    const test = (code: number): boolean =>
      ranges.some(([low, high]) => code >= low && code <= high) !== negated
    return { kind: 'set', test }
  }

  function character(): string {
    if (body[at] !== '\\') {
      const plain = String.fromCodePoint(body.codePointAt(at) ?? 0)
      at += plain.length
      return plain
    }
    const letter = body[at + 1] ?? ''
    if (letter === 'x') {
      const code = Number.parseInt(body.slice(at + 2, at + 4), 16)
      at += 4
      return String.fromCodePoint(code)
    }
    at += 2
    return letter
  }

  function repeated(part: Expression): Expression {
    const mark = /^(?:[*?]|\{(\d+),(\d+)\})/u.exec(body.slice(at))
    if (mark === null) return part
    at += mark[0].length
    if (mark[0] === '*') return { kind: 'repeat', part, least: 0, most: Infinity }
    if (mark[0] === '?') return { kind: 'repeat', part, least: 0, most: 1 }
    return { kind: 'repeat', part, least: Number(mark[1]), most: Number(mark[2]) }
  }
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0
}
