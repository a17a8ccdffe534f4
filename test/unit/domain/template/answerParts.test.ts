import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerParts, type AnswerPart } from '../../../../src/shared/domain/template/answerParts.ts'
import {
  outputFormat,
  type FieldValue,
  type OutputField,
  type OutputFormat,
} from '../../../../src/shared/domain/template/outputFormat.ts'
import { isList, ownValue } from '../../../../src/shared/domain/template/valueAt.ts'
import { writeValue } from '../../../../src/shared/domain/template/writeValue.ts'
import { formatAndValue } from '../../../helpers/formatArbitraries.ts'
import { matchesGrammar } from '../../../helpers/gbnf.ts'

/** Whether a text can be written part by part. */
function allows(parts: readonly AnswerPart[], text: string): boolean {
  let rest = text
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'choice') {
      const found = part.texts.filter((one) => rest.startsWith(one))
      // Of two labels, one may begin with the other.
      const longest = found.sort((a, b) => b.length - a.length)[0]
      if (longest === undefined) return false
      rest = rest.slice(longest.length)
      continue
    }
    const value = new RegExp(part.value, 'u').exec(rest)?.[0]
    if (value === undefined) return false
    const next = parts[index + 1]
    const certain = next?.kind === 'choice' ? commonBeginning(next.texts) : ''
    // What follows is certain as far as all continuations agree, up to a value.
    const after = rest.slice(value.length)
    const follows = /^\}*(?:, "[^"]*":(?: \{"[^"]*":)*)?/u.exec(certain)?.[0] ?? ''
    if (!after.startsWith(follows) || !matchesGrammar(part.grammar, value + follows)) return false
    rest = after
  }
  return rest === ''
}

function commonBeginning(texts: readonly string[]): string {
  const [first = '', ...others] = texts
  let length = 0
  while (length < first.length && others.every((one) => one[length] === first[length])) length += 1
  return first.slice(0, length)
}

function json(...fields: readonly object[]): OutputFormat {
  return outputFormat.parse({ kind: 'json', fields })
}

/** The fields that a value has, all of which have to be there. */
function withoutOptional(
  fields: readonly OutputField[],
  value: FieldValue | undefined,
): readonly OutputField[] {
  if (typeof value !== 'object' || isList(value)) return []
  return fields.flatMap(({ name, type }): readonly OutputField[] => {
    const own = ownValue(value, name)
    if (own === undefined) return []
    if (type.kind !== 'object') return [{ name, optional: false, type }]
    const inner = withoutOptional(type.fields, own)
    return inner.length === 0
      ? []
      : [{ name, optional: false, type: { kind: 'object', fields: inner } }]
  })
}

describe('the parts of an answer', () => {
  it('cover every value of the format', () => {
    fc.assert(
      fc.property(formatAndValue, ([format, value]) => {
        const required: OutputFormat =
          format.kind === 'json'
            ? { ...format, fields: withoutOptional(format.fields, value) }
            : format
        expect(allows(answerParts(required) ?? [], writeValue(required, value))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('leave only the open choices to the model', () => {
    const format = json(
      { name: 'mood', type: { kind: 'label', labels: ['good', 'bad', 'good'] } },
      { name: 'what', type: { kind: 'text' } },
      { name: 'sure', type: { kind: 'boolean' } },
      { name: 'stars', type: { kind: 'number', integer: true } },
    )
    const parts = answerParts(format) ?? []
    expect(parts.map((part) => (part.kind === 'choice' ? part.texts : part.value))).toEqual([
      ['{"mood": "good", "what":', '{"mood": "bad", "what":'].map((text) => `${text} "`),
      String.raw`^(?:[^"\\]|\\.)*"`,
      [', "sure": true, "stars":', ', "sure": false, "stars":'],
      '^ [^,}]+(?=[,}])',
      ['}'],
    ])
  })

  it('accept nothing that the grammar forbids', () => {
    const parts = answerParts(json({ name: 'a', type: { kind: 'number' } })) ?? []
    expect(allows(parts, '{"a": 1}')).toBe(true)
    for (const text of ['{"a": x}', '{"a":1}', '{"a": 1', '{"a": 1, }', '{"b": 1}', '{"a": 01}']) {
      expect(allows(parts, text)).toBe(false)
    }
  })

  it('are null if fields are optional, and for free text', () => {
    expect(answerParts({ kind: 'text' })).toBeNull()
    expect(answerParts(json({ name: 'a', optional: true, type: { kind: 'boolean' } }))).toBeNull()
  })

  it('are refused if a list of labels is empty', () => {
    expect(() => answerParts({ kind: 'label', labels: [] })).toThrow(/list of labels is empty/u)
    expect(() => answerParts(json({ name: 'a', type: { kind: 'label', labels: [] } }))).toThrow(
      /list of labels is empty/u,
    )
  })
})
