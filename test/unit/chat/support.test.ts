import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bindCitations } from '../../../src/main/chat/citations.ts'
import { judgeSupport } from '../../../src/main/cli/judgeSupport.ts'
import {
  figuresOfHalf,
  judgePairs,
  supportFigures,
} from '../../../src/main/evaluation/supportEval.ts'
import { readSupportSet } from '../../../src/main/evaluation/supportSet.ts'
import { splitSentences } from '../../../src/shared/domain/sentences.ts'

const set = path.join(import.meta.dirname, '../../fixtures/support')
const evenly = (): number => 1

/** How far a sentence is supported by a text that it cites. */
function judge(sentence: string, text: string, heading = ''): string {
  return judgeSupport(sentence, 0, [{ name: 'a.md', heading, text, pairs: [] }], evenly)
}

describe('a false sentence is not supported', () => {
  test('the number of one subject is not that of another', () => {
    const text = 'The kudu allowance is 81 euros.'
    expect(judge('The kudu allowance is 81 euros.', text)).toBe('whole')
    expect(judge('The quagga allowance is 81 euros.', text)).toBe('none')
    const both = `${text} The quagga allowance is 47 euros.`
    expect(judge('The quagga allowance is 81 euros.', both)).toBe('none')
    expect(judge('The quagga allowance is 47 euros.', both)).toBe('whole')
  })

  test.each([
    ['number', 'The pump runs for 40 minutes.', 'The pump runs for 14 minutes.'],
    ['unit', 'The pump runs for 40 minutes.', 'The pump runs for 40 hours.'],
    ['rate', 'A seat costs 9 euros a month.', 'A seat costs 9 euros a week.'],
    ['date', 'The shop opens on 3 June 2024.', 'The shop opens on 3 July 2024.'],
    ['weekday', 'The bins are emptied on Tuesdays.', 'The bins are emptied on Fridays.'],
    ['negation', 'Guests may not use the lift.', 'Guests may use the lift.'],
    ['more for less', 'It takes more than two hours.', 'It takes less than two hours.'],
    ['at least for at most', 'Stay at most a week.', 'Stay at least a week.'],
    ['before for after', 'Eat before the race.', 'Eat after the race.'],
    ['open for closed', 'The valve is closed.', 'The valve is open.'],
    ['name', 'The survey was led by Ana Prado.', 'The survey was led by Ana Costa.'],
  ])('%s', (_, right, wrong) => {
    expect(judge(right, right)).toBe('whole')
    expect(judge(wrong, right)).toBe('none')
  })
})

describe('what words cannot decide is supported in part', () => {
  test.each([
    [
      'a swapped relation',
      'Brenholt sells castings to Ostrava.',
      'Ostrava sells castings to Brenholt.',
    ],
    ['an added part', 'The kit has a lamp and a rope.', 'The kit has a lamp, a rope and a knife.'],
    ['a dropped condition', 'Delivery is free if you order online.', 'Delivery is free.'],
    ['a dropped limit', 'Children under six travel free.', 'Children travel free.'],
    ['a widened claim', 'The courses are free.', 'All the courses are free.'],
    ['mixed numbers', 'A pen is 2 euros, a book 9 euros.', 'A pen is 9 euros, a book 2 euros.'],
  ])('%s', (_, text, claim) => {
    expect(judge(claim, text)).toBe('part')
  })

  test('it is cited nevertheless', () => {
    const text = 'Delivery is free if you order online.'
    const source = {
      number: 1,
      chunk: 'c',
      document: 'd',
      name: 'shop.md',
      contentId: 'c',
      heading: '',
      page: 1,
      start: 0,
      end: text.length,
      text,
      sentences: splitSentences(text),
    }
    const { sentences, text: bound } = bindCitations('Delivery is free. [1]', [source], evenly)
    expect(sentences).toMatchObject([{ support: 'part', citations: [{ quote: text }] }])
    expect(bound).toBe('Delivery is free. [1]')
  })
})

describe('a true sentence is supported in other words', () => {
  test.each([
    ['inflection', 'Clean the filter and restart.', 'The filter is cleaned and restarted.'],
    ['a number in digits', 'Up to five days may be moved.', 'Up to 5 days may be moved.'],
    ['a moved clause', 'In May the pool is shut.', 'The pool is shut in May.'],
    ['another negation', 'Smoking is forbidden.', 'Smoking is not allowed.'],
    ['a phrase', 'Parking costs nothing.', 'Parking is free.'],
    [
      'the other number of a list',
      'It shuts at 21:00 on weekdays and at 14:00 on Saturdays.',
      'On Saturdays it shuts at 14:00.',
    ],
  ])('%s', (_, text, claim) => {
    expect(judge(claim, text)).toBe('whole')
  })

  test('a heading or an earlier sentence may name the subject', () => {
    expect(
      judge('A caravan costs 23 euros per night.', 'Caravan: 23 euros.', 'Fees per night'),
    ).toBe('whole')
    const text = 'Elena Marsh was an astronomer. She never married.'
    expect(judge('Elena Marsh never married.', text)).toBe('whole')
    expect(judge('Elena Marsh married.', text)).not.toBe('whole')
  })

  test('in other languages', () => {
    const german = 'Die Kündigungsfrist beträgt drei Monate zum Ende des Quartals.'
    expect(judge(german, german)).toBe('whole')
    expect(judge('Die Kündigungsfrist beträgt zum Quartalsende drei Monate.', german)).not.toBe(
      'none',
    )
    expect(judge('Das Gerät darf nicht geöffnet werden.', 'Das Gerät darf geöffnet werden.')).toBe(
      'none',
    )
    const russian = 'Срок поставки составляет 14 дней.'
    expect(judge('Срок поставки — 14 дней.', russian)).toBe('whole')
    const chinese = '保修期为两年。'
    expect(judge(chinese, chinese)).toBe('whole')
  })
})

describe('for any sentence of the set', async () => {
  const groups = await readSupportSet(set)
  const sentences = groups.flatMap(({ texts }) =>
    texts.flatMap(({ text, heading }) =>
      splitSentences(text).map(({ start, end }) => ({
        sentence: text.slice(start, end),
        text,
        heading,
      })),
    ),
  )

  test('its copy is supported', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sentences), ({ sentence, text, heading }) => {
        expect(judge(sentence, text, heading)).toBe('whole')
      }),
    )
  })

  test('its copy with a number of another sentence is not', () => {
    const text = 'The cells were charged at 1 C and 25 °C. They were stored at 45 °C.'
    expect(judge('The cells were charged at 1 C and 45 °C.', text)).not.toBe('whole')
    const fees = 'Each adult pays 7 euros, each child 4 euros; children under three stay free.'
    expect(judge(fees.replace('4', '3'), fees)).not.toBe('whole')
  })

  test('its copy with another digit is not', () => {
    const withDigits = sentences.filter(({ sentence }) => /\d/u.test(sentence))
    fc.assert(
      fc.property(
        fc.constantFrom(...withDigits),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        ({ sentence, text, heading }, which, step) => {
          const places = [...sentence.matchAll(/\d/gu)].map(({ index }) => index)
          const at = places[which % places.length] ?? 0
          const digit = String((Number(sentence.charAt(at)) + step) % 10)
          const changed = sentence.slice(0, at) + digit + sentence.slice(at + 1)
          expect(judge(changed, text, heading)).not.toBe('whole')
        },
      ),
    )
  })

  test('a number of the heading is no number of something else', () => {
    const text = 'The sample from well 7 was clear. The pH value was 7.4.'
    expect(judge('The pH value was 7.0.', text, 'Results, well 7')).not.toBe('whole')
    expect(judge('The pH value of well 7 was 7.4.', text, 'Results, well 7')).not.toBe('none')
  })

  test('the tuning half is judged as well as it was', () => {
    const { all } = figuresOfHalf(judgePairs(groups, judgeSupport, 'tuning'), 'tuning')
    expect(all?.pairs).toBe(150)
    expect(all?.falseSupported).toBeLessThanOrEqual(0.03)
    expect(all?.trueUnsupported).toBeLessThanOrEqual(0.05)
    expect(all?.recall).toBeGreaterThanOrEqual(0.75)
  })

  test('swapped relations, dropped conditions and other subjects are never supported', async () => {
    const more = await readSupportSet(`${set}More`)
    const figures = supportFigures(judgePairs(more, judgeSupport))
    expect(figures.pairs).toBe(48)
    expect(figures.falseSupported).toBe(0)
    expect(figures.trueUnsupported).toBeLessThanOrEqual(0.05)
    expect(figures.recall).toBeGreaterThanOrEqual(0.6)
  })
})
