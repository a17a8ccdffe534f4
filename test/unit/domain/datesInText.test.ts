import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datesInText } from '../../../src/shared/domain/datesInText.ts'

describe('dates in a text', () => {
  it.each([
    ['2024-03-05', '2024-03-05'],
    ['on 2024/3/5, at noon', '2024-03-05'],
    ['2024-03-05T10:00:00Z', '2024-03-05'],
    ['5.3.2024', '2024-03-05'],
    ['5. 3. 2024', '2024-03-05'],
    ['05/03/2024', '2024-03-05'],
    ['5–3–2024', '2024-03-05'],
    ['5 March 2024', '2024-03-05'],
    ['the 5th of March, 2024.', '2024-03-05'],
    ['Mar. 5, 2024', '2024-03-05'],
    ['MARCH 5th, 2024', '2024-03-05'],
    ['5. März 2024', '2024-03-05'],
    ['5 mars 2024', '2024-03-05'],
    ['5 de marzo de 2024', '2024-03-05'],
    ['2024年3月5日', '2024-03-05'],
    ['2024년 3월 5일', '2024-03-05'],
    ['２０２４－０３－０５', '2024-03-05'],
    // No thirteenth month, so the other order.
    ['03/25/2024', '2024-03-25'],
  ])('finds the day in %s', (text, day) => {
    expect(datesInText(text, 'day-first')).toEqual([day])
  })

  it('reads a day and a month in the order that was chosen', () => {
    expect(datesInText('3/5/2024', 'day-first')).toEqual(['2024-05-03'])
    expect(datesInText('3/5/2024', 'month-first')).toEqual(['2024-03-05'])
  })

  it('counts a day once, and each other', () => {
    expect(datesInText('5 March 2024 (2024-03-05)', 'day-first')).toEqual(['2024-03-05'])
    expect(datesInText('from 2024-03-05 to 2024-03-06', 'day-first')).toHaveLength(2)
  })

  it.each(['2024', '30.2.2024', '2024-13-41', '1.2.3.2024', '5 Marx 2024', '12345-03-05', ''])(
    'finds none in %j',
    (text) => {
      expect(datesInText(text, 'day-first')).toEqual([])
    },
  )

  it('finds every day as it is written in both orders', () => {
    const day = fc.date({
      min: new Date('1000-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [year, month, number] = iso.split('-')
        expect(datesInText(`${number}/${month}/${year}`, 'day-first')).toEqual([iso])
        expect(datesInText(`${month}/${number}/${year}`, 'month-first')).toEqual([iso])
      }),
    )
  })
})
