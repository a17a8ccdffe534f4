import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentTerms, terms } from '../../../../src/shared/domain/language/terms.ts'

describe('a code', () => {
  it.each([
    ['LBK4471', 'The pump LBK-4471 hangs there.'],
    ['LBK-4471', 'The pump LBK4471 hangs there.'],
    ['LBK 4471', 'The pump LBK-4471 hangs there.'],
    ['K4150933', 'Spare part K 415 0933 is here.'],
    ['7309-C2215-8D8', 'Gearbox 7309C22158D8 is here.'],
    ['NO9386011117947', 'The account is NO93 8601 1117 947 at the bank.'],
    ['QT5821D', 'It says QT 5821 D on the plate.'],
    ['E0187', 'Error E 0187 means that.'],
    ['DE12/2024/7', 'File DE12-2024-7 is closed.'],
    ['v2.4.1', 'Release 2.4.1 is out.'],
    ['C++', 'Written in C++.'],
  ])('%s is in "%s"', (code, text) => {
    const asked = contentTerms(`Where is the ${code}?`)
    expect(asked.length).toBeGreaterThan(0)
    expect(terms(text)).toEqual(expect.arrayContaining(asked))
  })

  it.each([
    ['v2.4.1', 'Release v2.4.10 is out.'],
    ['2.4.1', 'Release 2.4.10 is out.'],
    ['LBK-4471', 'The pump LBK-4472 hangs there. Room 4471 is LBK.'],
    ['C#', 'Written in C++ and C.'],
    ['K4150933', 'Spare part K 415 0934 is here.'],
    ['2024-09-26', 'On 2024-09-20 and on page 26.'],
  ])('%s is not in "%s"', (code, text) => {
    const found = new Set(terms(text))
    expect(contentTerms(`Where is the ${code}?`).some((term) => found.has(term))).toBe(false)
  })

  it('is not made of what merely touches', () => {
    expect(contentTerms('the COVID-19 rules since mid-2019')).toEqual(
      expect.arrayContaining(['covid', '19', 'mid', '2019']),
    )
    expect(contentTerms('Is type-2 meant?')).toEqual(
      ['type', '2', 'meant'].map((term) => terms(term)[0]),
    )
  })
})

describe('a number', () => {
  it.each<[string, string, string]>([
    ['en', '1,200.50', '1200.50'],
    ['de', '1.200,50', '1200.50'],
    ['fr', '1\u202f200,50', '1200.50'],
    ['de', '2,5', '2.5'],
    ['de', "12'000", '12000'],
    ['en', '25,000', '25000'],
  ])('in %s: %s is %s', (language, text, expected) => {
    expect(terms(text, language)).toEqual([expected])
  })

  it('that can be read in two ways is found by both', () => {
    expect(terms('1.200', 'en')).toEqual(['1.200', '1200'])
    expect(terms('1,200', 'de')).toEqual(['1.200', '1200'])
    expect(contentTerms('1.200', 'en')).toEqual(['1.200'])
    expect(terms('12 000', 'en')).toContain('12000')
  })

  it('with two decimals is never a larger one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999 }),
        fc.constantFrom('en', 'de'),
        (n, language) => {
          const text = (n / 100).toLocaleString(language, { minimumFractionDigits: 2 })
          expect(terms(text, language)).toEqual([(n / 100).toFixed(2)])
        },
      ),
    )
  })
})

describe('a date', () => {
  it('is the same in both spellings, and has its year', () => {
    expect(terms('2024-09-26')[0]).toBe('20240926')
    expect(terms('26.9.2024', 'de')[0]).toBe('20240926')
    expect(terms('2024-09-26')).toContain('2024')
  })
})

describe('a word', () => {
  it.each<[string, string, string[]]>([
    ['fr', "L'eau de l'usine d'Arles", ['eau', 'usin', 'arle']],
    ['it', "Quanto pagano i soci all'anno?", ['pag', 'soc', 'anno']],
    ['tr', "Ankara'nın nüfusu kaç?", ['ankar', 'nufus']],
    ['de', 'Wann wurden die Häuser gebaut?', ['haus', 'gebaut']],
    ['ru', 'Когда построили краны?', ['постро', 'кран']],
    ['zh', '俱乐部在哪里聚会？', ['俱乐', '乐部', '聚会']],
    ['ja', '会員はどこですか', ['会員']],
    ['ko', '회원은 얼마를 냅니까', ['회원', '냅니까']],
    ['en', 'What did WHO send?', ['WHO', 'send']],
    ['en', 'Who sent it?', ['send']],
    ['en', 'Ge\u00adsamt\u00adkonzept', ['gesamtkonzept']],
  ])('of a question in %s: %s', (language, question, expected) => {
    expect(contentTerms(question, language)).toEqual(expected)
  })

  it('is compared in the language of the text, without the function words of the question', () => {
    expect(contentTerms('What is the rent in the Mietvertrag?', 'de', 'en')).toEqual([
      'rent',
      'mietvertrag',
    ])
  })

  it('has the same terms whatever text is around it', () => {
    const languages = fc.constantFrom('en', 'de', 'fr', 'tr', 'ru', 'zh', 'ko', 'xx')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), languages, (text, language) => {
        for (const term of terms(text, language)) expect(term).not.toMatch(/^$|\s/u)
        const lines = terms(`${text}\n${text}`, language)
        expect(new Set(lines)).toEqual(new Set(terms(`${text}\n`, language)))
      }),
    )
  })
})

it.each(['﹉', 'an accent \u0301 alone'])('no term of “%s” is empty', (text) => {
  expect(terms(text)).not.toContain('')
})

describe('a text without small letters', () => {
  it.each([
    ['Which files does the WHO have?', 'WHO'],
    ['WHO', 'WHO'],
    ['Where is the IT policy?', 'IT POLICY 2024'],
    ['What is LBK 4471?', 'LBK 4471'],
    ['What is LBK-4471?', 'LBK 4471 PUMP'],
  ])('“%s” finds its names and codes in “%s”', (question, text) => {
    const named = contentTerms(question).filter((term) => /\p{Lu}|\d/u.test(term))
    expect(named.length).toBeGreaterThan(0)
    expect(terms(text)).toEqual(expect.arrayContaining(named))
  })

  it('need not have them: it is found without', () => {
    expect(contentTerms('LBK 4471')).toEqual(['lbk', '4471'])
    expect(contentTerms('WHO REPORT')).toEqual(terms('report'))
    expect(contentTerms('who')).toEqual([])
  })

  it('takes no function word for a name in a sentence', () => {
    expect(terms('THE REPORT OF THE YEAR IS HERE')).not.toContain('THE')
  })
})
