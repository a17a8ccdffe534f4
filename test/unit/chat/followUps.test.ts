import { describe, expect, test } from 'vitest'
import { completeQuestion } from '../../../src/main/chat/followUps.ts'

const revenue = { query: 'What was the revenue of Northwind in 2020?', answer: 'It was 4 million.' }
const leave = {
  query: 'How many days of annual leave do employees receive?',
  answer: '“Employees receive 25 days of annual leave.” [1]',
}
const director = {
  query: 'Who leads the hotel?',
  answer: 'The hotel is led by Maria Lindqvist since 2019.',
}

describe('completeQuestion', () => {
  test('the first question is not changed', () => {
    expect(completeQuestion('And in 2021?', [])).toBeNull()
  })

  test.each([
    'What does error E4 on the pump mean?',
    'When is breakfast served?',
    'pump error E4',
    'Is there a car park?',
    'Which rooms have a sea view?',
    'How much is one of the double rooms?',
  ])('stands alone: %s', (question) => {
    expect(completeQuestion(question, [leave])).toBeNull()
  })

  test('a year replaces the earlier year', () => {
    expect(completeQuestion('And in 2021?', [revenue])).toBe(
      'What was the revenue of Northwind in 2021?',
    )
  })

  test('a phrase replaces the similar phrase', () => {
    const query = 'What is the price for a double room in winter?'
    expect(completeQuestion('and in summer?', [{ query, answer: '' }])).toBe(
      'What is the price for a double room in summer?',
    )
  })

  test('"what about" adds the earlier content words', () => {
    const completed = completeQuestion('What about part-time staff?', [leave])
    expect(completed).toContain('part-time staff')
    expect(completed).toContain('annual leave')
  })

  test('a reference adds the earlier content words', () => {
    const completed = completeQuestion('And how many of them can be carried over?', [leave])
    expect(completed).toMatch(/^how many of them can be carried over/)
    expect(completed).toMatch(/annual leave/)
  })

  test('a pronoun can refer to a name in the answer', () => {
    expect(completeQuestion('How old is she?', [director])).toContain('Maria Lindqvist')
  })

  test('a "why" alone adds everything', () => {
    expect(completeQuestion('Why?', [leave])).toContain('annual leave')
  })

  test('words that the question already has are not added again', () => {
    const completed = completeQuestion('Is that leave paid?', [leave]) ?? ''
    expect(completed.match(/leave/g)).toHaveLength(1)
  })
})
