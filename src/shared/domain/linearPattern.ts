/** A regular expression that takes time in proportion to the text, whatever it is. */
export interface LinearPattern {
  /** Whether it matches somewhere in a text. */
  readonly test: (text: string) => boolean
}

export type ReadPattern =
  | { readonly ok: true; readonly pattern: LinearPattern }
  /** `why`: a sentence with what to do. */
  | { readonly ok: false; readonly why: string }

/** Steps of the automaton; also how often all parts may be repeated together. */
const mostStates = 2_000
const mostSteps = 10 * mostStates
const mostDepth = 100
const tooOften = 'It repeats too much. Repeat fewer times.'

/** One character, by the engine's own rules: `[a-z]`, `\d`, `.`, `é`. */
interface Reads {
  readonly kind: 'reads'
  readonly matches: (character: string) => boolean
  readonly next: number
}
type Position = 'start' | 'end' | 'boundary' | 'no-boundary'
type State =
  | Reads
  | { readonly kind: 'split'; readonly next: readonly number[] }
  | { readonly kind: 'at'; readonly where: Position; readonly next: number }
  | { readonly kind: 'found' }

type Node =
  | { readonly kind: 'character'; readonly source: string }
  | { readonly kind: 'at'; readonly where: Position }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly least: number; readonly most: number }

class Refusal extends Error {}

/**
 * Reads a regular expression of JavaScript (flag `u`). It is run as an automaton that follows all
 * possibilities at once (Thompson 1968) and never goes back, so that no pattern from a table can stop the
 * program. What such an automaton cannot do is refused: look-around and references back.
 */
export function readPattern(source: string): ReadPattern {
  try {
    new RegExp(source, 'u')
    const states = statesOf(parse(source))
    return { ok: true, pattern: { test: (text) => isFound(states, text) } }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, why: error.message }
    if (!(error instanceof SyntaxError)) throw error
    return { ok: false, why: 'It is no regular expression. Check its brackets and backslashes.' }
  }
}

/** The engine has accepted the source, so that only its structure is read here. */
function parse(source: string): Node {
  const tokens = source.match(token) ?? []
  let at = 0
  let depth = 0

  function choice(): Node {
    depth += 1
    if (depth > mostDepth) throw new Refusal('Its groups are nested too deeply. Shorten it.')
    const options = [sequence()]
    while (tokens[at] === '|') {
      at += 1
      options.push(sequence())
    }
    depth -= 1
    const [only] = options
    return only !== undefined && options.length === 1 ? only : { kind: 'choice', options }
  }

  function sequence(): Node {
    const parts: Node[] = []
    for (let next = tokens[at]; next !== undefined && next !== '|' && next !== ')';) {
      at += 1
      parts.push(repeated(next.startsWith('(') ? group(next) : single(next)))
      next = tokens[at]
    }
    return { kind: 'sequence', parts }
  }

  function group(opening: string): Node {
    if (/^\(\?(?:[=!]|<[=!])/u.test(opening)) {
      throw new Refusal('Look-around, as in (?=…), isn’t supported. Write it without.')
    }
    if (/^\(\?[a-z-]/u.test(opening)) {
      throw new Refusal('Flags within a pattern aren’t supported. Write it without.')
    }
    const within = choice()
    at += 1
    return within
  }

  function repeated(part: Node): Node {
    const found = quantifier.exec(tokens[at] ?? '')
    if (found === null) return part
    at += 1
    const [, sign, low, comma, high] = found
    if (sign === '*') return { kind: 'repeat', part, least: 0, most: Infinity }
    if (sign === '+') return { kind: 'repeat', part, least: 1, most: Infinity }
    if (sign === '?') return { kind: 'repeat', part, least: 0, most: 1 }
    const least = Number(low)
    const most = comma === undefined ? least : high === '' ? Infinity : Number(high)
    return { kind: 'repeat', part, least, most }
  }

  return choice()
}

/** A group's opening, a quantifier, a class, an escape, or one character. */
const token =
  /\((?:\?(?:<?[=!]|:|<[^>]+>|[a-z-]+:))?|(?:[*+?]|\{\d+(?:,\d*)?\})\??|\[(?:\\.|[^\]\\])*\]|\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|k<[^>]*>|.)|[^]/gu
const quantifier = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??$/u

const positions: ReadonlyMap<string, Position> = new Map([
  ['^', 'start'],
  ['$', 'end'],
  [String.raw`\b`, 'boundary'],
  [String.raw`\B`, 'no-boundary'],
])

function single(source: string): Node {
  const where = positions.get(source)
  if (where !== undefined) return { kind: 'at', where }
  if (/^\\[1-9k]/u.test(source)) {
    throw new Refusal(String.raw`References back, as in \1, aren’t supported. Write it without.`)
  }
  return { kind: 'character', source }
}

function statesOf(root: Node): readonly State[] {
  const states: State[] = [{ kind: 'found' }]
  const add = (state: State): number => {
    if (states.length >= mostStates) throw new Refusal(tooOften)
    return states.push(state) - 1
  }
  let steps = 0
  /** Adds the states of a part before `next`, and returns the first of them. */
  function before(node: Node, next: number): number {
    steps += 1
    // Repeated parts without a character add steps only.
    if (steps > mostSteps) throw new Refusal(tooOften)
    switch (node.kind) {
      case 'character':
        return add({ kind: 'reads', matches: oneCharacter(node.source), next })
      case 'at':
        return add({ kind: 'at', where: node.where, next })
      case 'sequence':
        return node.parts.reduceRight((after, part) => before(part, after), next)
      case 'choice':
        return add({ kind: 'split', next: node.options.map((option) => before(option, next)) })
      case 'repeat':
        return repeat(node, next)
    }
  }
  function repeat({ part, least, most }: Extract<Node, { kind: 'repeat' }>, next: number): number {
    let first = next
    if (most === Infinity) {
      const loop = add({ kind: 'split', next: [] })
      states[loop] = { kind: 'split', next: [before(part, loop), next] }
      first = loop
    } else {
      if (most - least > mostStates) throw new Refusal(tooOften)
      for (let left = most - least; left > 0; left -= 1) {
        first = add({ kind: 'split', next: [before(part, first), next] })
      }
    }
    if (least > mostStates) throw new Refusal(tooOften)
    for (let left = least; left > 0; left -= 1) first = before(part, first)
    return first
  }
  // The first state to follow is the last that is added.
  const first = before(root, 0)
  add({ kind: 'split', next: [first] })
  return states
}

/** The engine judges one character at a time, which cannot take long. */
function oneCharacter(source: string): (character: string) => boolean {
  const only = new RegExp(`^${source}$`, 'u')
  const known = new Map<string, boolean>()
  return (character) => {
    const before = known.get(character)
    if (before !== undefined) return before
    const matches = only.test(character)
    known.set(character, matches)
    return matches
  }
}

function isFound(states: readonly State[], text: string): boolean {
  const characters = Array.from(text)
  let current: readonly number[] = []
  for (let at = 0; at <= characters.length; at += 1) {
    // A match may begin at each character.
    const { reading, found } = followed(states, [...current, states.length - 1], characters, at)
    if (found) return true
    const character = characters[at]
    if (character === undefined) return false
    current = reading.flatMap(({ matches, next }) => (matches(character) ? [next] : []))
  }
  return false
}

/** All that can be read next, without reading anything. */
function followed(
  states: readonly State[],
  from: readonly number[],
  characters: readonly string[],
  at: number,
): { readonly reading: readonly Reads[]; readonly found: boolean } {
  const seen = new Set<number>()
  const reading: Reads[] = []
  const open = [...from]
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (seen.has(index)) continue
    seen.add(index)
    const state = states[index]
    if (state?.kind === 'found') return { reading: [], found: true }
    if (state?.kind === 'reads') reading.push(state)
    if (state?.kind === 'split') open.push(...state.next)
    if (state?.kind === 'at' && isAt(state.where, characters, at)) open.push(state.next)
  }
  return { reading, found: false }
}

function isAt(where: Position, characters: readonly string[], at: number): boolean {
  if (where === 'start') return at === 0
  if (where === 'end') return at === characters.length
  const isWord = (character: string | undefined): boolean => /^\w$/u.test(character ?? '')
  const isBoundary = isWord(characters[at - 1]) !== isWord(characters[at])
  return isBoundary === (where === 'boundary')
}
