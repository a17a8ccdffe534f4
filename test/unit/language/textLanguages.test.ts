import { describe, expect, it } from 'vitest'
import { findLanguages, namedLanguages } from '../../../src/main/language/textLanguages.ts'

const english =
  'The club meets in the boathouse by the old harbour, and every member pays sixty euros a year.'
const german =
  'Der Verein trifft sich im Bootshaus am alten Hafen, und jedes Mitglied zahlt sechzig Euro im Jahr.'
const turkish = 'Kulüp eski limandaki kayıkhanede toplanır ve her üye yılda altmış avro öder.'

describe('findLanguages', () => {
  it.each([
    [english, 'en'],
    [german, 'de'],
    [turkish, 'tr'],
    ['俱乐部每周二在旧港口的船屋聚会。会员每年支付六十欧元。', 'zh'],
    ['Клуб собирается в лодочном сарае у старой гавани.', 'ru'],
    ['يجتمع النادي في بيت القوارب بجانب الميناء القديم.', 'ar'],
  ])('%s', (text, language) => {
    expect(findLanguages([text]).all).toEqual([language])
  })

  it('gives each part of a mixed text its own, the one with the most text first', () => {
    const { all, of } = findLanguages([german, german, english])
    expect(all).toEqual(['de', 'en'])
    expect(of(english)).toBe('en')
    expect(of(german)).toBe('de')
  })

  it('passes over a quotation', () => {
    expect(findLanguages([...Array<string>(20).fill(german), english]).all).toEqual(['de'])
  })

  it('names none where there is nothing to tell by, and still compares words', () => {
    const { all, of } = findLanguages(['12 34', ''])
    expect(all).toEqual([])
    expect(of('12 34')).toBe('en')
  })

  it('does not look at all of a long text', () => {
    const pages = Array<string>(3_000).fill(german)
    expect(findLanguages(pages).all).toEqual(['de'])
  })
})

describe('namedLanguages', () => {
  it('does not look for others', () => {
    expect(namedLanguages(['fr']).of(german)).toBe('fr')
    expect(namedLanguages(['fr', 'de']).of(german)).toBe('de')
  })
})
