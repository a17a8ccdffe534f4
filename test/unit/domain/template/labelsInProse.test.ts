import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkReply } from '../../../../src/shared/domain/template/checkReply.ts'
import { labelsInProse } from '../../../../src/shared/domain/template/labelsInProse.ts'

const labels = ['spam', 'no spam at all', 'ham', 'A', 'no', 'IT', 'sales']
const stated = (text: string): readonly string[] =>
  labelsInProse(labels, text).flatMap(({ label, isStated }) => (isStated ? [label] : []))

describe('a label in prose', () => {
  it.each([
    ['Label: Spam', 'spam'],
    ['The label is “spam” because it sells.', 'spam'],
    ['I would say **spam**, since it sells.', 'spam'],
    ['Spam. It sells something.', 'spam'],
    ['Spam - it sells something.', 'spam'],
    ['It sells something.\n\nSpam\n\nThat is why.', 'spam'],
    ['After all, this is spam.', 'spam'],
    ['Not ham, but spam.', 'spam'],
    ['This is not ham: it is spam', 'spam'],
    ['In short: no spam at all', 'no spam at all'],
    ['The answer is A', 'A'],
    ['Department: IT', 'IT'],
  ])('%j says %j', (text, label) => {
    expect(stated(text)).toEqual([label])
  })

  it.each([
    'This is not spam.',
    "It isn't spam.",
    'This is anything but a case of spam filters.',
    'I would never call that spam',
    'Das ist kein Spam.',
    'Ce n’est pas du spam.',
    'Это не spam',
    'It is no longer spam!',
    'This is non-spam.',
    'Spam-like, I think',
    'A spam filter would let it through, I guess',
    'It is a matter of taste and nothing else matters',
    'I have no idea what to say here',
    'Can you send it to me again please',
  ])('%j says none', (text) => {
    expect(stated(text)).toEqual([])
  })

  it('is ambiguous where two are stated', () => {
    const reply = 'Label: spam\nLabel: ham'
    expect(stated(reply)).toEqual(['spam', 'ham'])
    const check = checkReply({ kind: 'label', labels }, reply)
    expect(check).toMatchObject({ parseable: false, inDomain: false })
    expect(check.problems[0]?.message).toContain('several labels: spam, ham')
  })

  it('is told where it is only mentioned', () => {
    const { value, problems } = checkReply({ kind: 'label', labels }, 'This is not spam.')
    expect(value).toBeNull()
    expect(problems[0]?.message).toBe('The reply mentions spam, but not as its answer.')
  })

  it('that differs from another in capitals alone is recognised only as it is written', () => {
    const both = ['Good', 'GOOD']
    expect(labelsInProse(both, 'Label: GOOD')).toEqual([{ label: 'GOOD', isStated: true }])
    expect(labelsInProse(both, 'Label: good')).toHaveLength(2)
  })

  it('takes no time to speak of, whatever the text', () => {
    fc.assert(
      fc.property(fc.constantFrom('not ', '(', '"', 'a ', '\n', '不', '- '), (part) => {
        expect(stated(part.repeat(2_000 / part.length))).toBeDefined()
      }),
    )
  })
})
