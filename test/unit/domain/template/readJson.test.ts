import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson, type JsonNode } from '../../../../src/shared/domain/template/readJson.ts'

/** What a node says, as `JSON.parse` would. */
function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'string':
      return node.text
    case 'number':
    case 'boolean':
      return node.value
    case 'null':
      return null
    case 'list':
      return node.items.map(plain)
    case 'object':
      return Object.fromEntries(node.members.map(({ name, value }) => [name, plain(value)]))
  }
}

function strictly(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function leniently(text: string): { value: unknown; repaired: boolean } | null {
  const reading = readJson(text)
  if (!reading.ok || text.slice(reading.node.end).trim() !== '') return null
  return { value: plain(reading.node), repaired: reading.repairs.size > 0 }
}

const snippets = fc
  .array(
    fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '"',
        "'",
        '“',
        '”',
        '’',
        '\\',
        '\\"',
        '\\u00e9',
        '\\u0',
      ],
      ...[
        '"a"',
        '"b": ',
        '1',
        '-0',
        '01',
        '1.5',
        '1e3',
        '.5',
        'true',
        'null',
        'None',
        ' ',
        '\n',
        'x',
      ],
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''))

describe('readJson', () => {
  it('reads valid JSON as JSON.parse does, without repairs', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2, '\t'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent)
        expect(leniently(text)).toEqual({ value: JSON.parse(text) as unknown, repaired: false })
      }),
    )
  })

  it('reports a repair for anything that is not valid JSON', () => {
    fc.assert(
      fc.property(snippets, (text) => {
        const strict = strictly(text)
        const lenient = leniently(text)
        if (strict !== null) expect(lenient).toEqual({ ...strict, repaired: false })
        else expect(lenient?.repaired ?? true).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  it.each<[string, unknown, string[]]>([
    ['{“a”: “he said "hi" twice”}', { a: 'he said "hi" twice' }, ['curly-quotes']],
    ['{‘a’: ‘it’s’}', { a: 'it’s' }, ['curly-quotes']],
    ["{'a': 'it's', 'b': 'don\\'t'}", { a: "it's", b: "don't" }, ['single-quotes']],
    ['{"a": "“quoted” and it’s fine"}', { a: '“quoted” and it’s fine' }, []],
    ['{"a": [1, 2,], }', { a: [1, 2] }, ['trailing-comma']],
    ['{"a": "one\ntwo"}', { a: 'one\ntwo' }, ['line-break']],
    ['{"a": True, "b": None}', { a: true, b: null }, ['quoted-value']],
    [`{'a': “b”,}`, { a: 'b' }, ['curly-quotes', 'single-quotes', 'trailing-comma']],
  ])('forgives %s', (text, value, repairs) => {
    const reading = readJson(text)
    expect(reading.ok && plain(reading.node)).toEqual(value)
    expect(reading.ok && [...reading.repairs].sort()).toEqual(repairs)
  })

  it.each<[string, number, boolean]>([
    ['{"a": "b', 8, true],
    ['{"a": 1', 7, true],
    ['{"a"', 4, true],
    ['{"a": tr', 8, true],
    ['{"a": "\\u00', 11, true],
    ['{"a": [1, -', 11, true],
    ['{"a": 1 "b": 2}', 8, false],
    ['{"a": good}', 6, false],
    ['{"a": 1,, "b": 2}', 8, false],
    ['{"a": "\\x"}', 8, false],
    ['{"a": "\u0000"}', 7, false],
  ])('says of %s where it fails, and whether it breaks off', (text, at, cutOff) => {
    expect(readJson(text)).toMatchObject({ ok: false, at, cutOff })
  })

  it('keeps positions, and names that occur twice', () => {
    const text = 'so: {"a": 1, "a": "x"}'
    const reading = readJson(text, 4)
    if (!reading.ok || reading.node.kind !== 'object') throw new Error('not read')
    const at = ({ start, end }: { start: number; end: number }): string => text.slice(start, end)
    expect(reading.node.members.map(({ nameRange, value }) => [at(nameRange), at(value)])).toEqual([
      ['"a"', '1'],
      ['"a"', '"x"'],
    ])
    expect(at(reading.node)).toBe('{"a": 1, "a": "x"}')
  })

  it('refuses what is nested too deep instead of running out of stack', () => {
    expect(readJson('['.repeat(100_000)).ok).toBe(false)
    expect(readJson(`${'['.repeat(60)}${']'.repeat(60)}`).ok).toBe(true)
  })
})
