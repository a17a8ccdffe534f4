import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkReply } from '../../../../src/shared/domain/template/checkReply.ts'
import { outputFormat } from '../../../../src/shared/domain/template/outputFormat.ts'
import { splitThoughts } from '../../../../src/shared/domain/template/splitThoughts.ts'

const json = outputFormat.parse({
  kind: 'json',
  fields: [{ name: 'stars', type: { kind: 'number' } }],
})
const label = { kind: 'label', labels: ['good', 'bad'] } as const

describe('thoughts before an answer', () => {
  it.each([
    ['<think>{"stars": 1}? No.</think>{"stars": 2}'],
    ['\n<think>\nHm {"stars": 1}\n</think>\n\n{"stars": 2}'],
    ['<Thinking>one</Thinking><reasoning>two</reasoning> {"stars": 2}'],
    ['[THINK]{"stars": 1}[/THINK]{"stars": 2}'],
    ['Perhaps 1, no.</think>{"stars": 2}'],
  ])('of %j are left out, and that is said', (reply) => {
    const check = checkReply(json, reply)
    expect(check.value).toEqual({ stars: 2 })
    expect(check.repairs).toContain('thoughts')
  })

  it('hide no label', () => {
    const check = checkReply(label, '<think>good or bad? bad.</think>\ngood')
    expect(check).toMatchObject({ value: 'good', repairs: ['thoughts'] })
  })

  it('leave the text of an open answer alone', () => {
    expect(checkReply({ kind: 'text' }, '<think>Hm.</think> Forty.').value).toBe('Forty.')
  })

  it('that never end leave no answer', () => {
    const check = checkReply(json, '<think>{"stars": 1} or {"stars": 2}')
    expect(check).toMatchObject({ value: null, problems: [{ code: 'cut-off' }] })
  })

  it('move the place of what is wrong', () => {
    const reply = '<think>Hm.</think>{"stars": "x"}'
    const [problem] = checkReply(json, reply).problems
    expect(reply.slice(problem?.range?.start, problem?.range?.end)).toBe('"x"')
  })

  it('within an answer are its own', () => {
    const reply = '{"stars": 2, "note": "</think>"}'
    expect(splitThoughts(reply)).toMatchObject({ answer: reply, start: 0 })
    const tag = 'Write <think> before it.'
    expect(checkReply({ kind: 'text' }, tag).value).toBe(tag)
  })

  it('and the answer are the reply', () => {
    const part = fc.constantFrom('<think>', '</think>', '[THINK]', '[/THINK]', ' ', 'x', '{', '\n')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const reply = parts.join('')
        const { answer, start } = splitThoughts(reply)
        expect(reply.slice(start)).toBe(answer)
      }),
    )
  })
})
