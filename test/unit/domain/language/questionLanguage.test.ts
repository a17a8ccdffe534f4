import { describe, expect, it } from 'vitest'
import { functionWords } from '../../../../src/shared/domain/language/functionWords.ts'
import { questionLanguage } from '../../../../src/shared/domain/language/questionLanguage.ts'

describe('questionLanguage', () => {
  it.each([
    ['How much do the members pay a year?', 'en'],
    ['Wann wurde der Kran gebaut?', 'de'],
    ['Quand la grue a-t-elle été construite ?', 'fr'],
    ['¿Cuánto pagan los socios al año?', 'es'],
    ["Quanto pagano i soci all'anno?", 'it'],
    ['Onde é que o clube se reúne?', 'pt'],
    ['Wanneer is de kraan gebouwd?', 'nl'],
    ['När byggdes kranen?', 'sv'],
    ['Kiedy zbudowano ten dźwig?', 'pl'],
    ['Kdy byl postaven ten jeřáb?', 'cs'],
    ['Când a fost construită macaraua?', 'ro'],
    ['Когда был построен кран?', 'ru'],
    ['Vinç ne zaman ve nerede yapıldı?', 'tr'],
    ['متى تم بناء الرافعة؟', 'ar'],
    ['起重机是什么时候建的？', 'zh'],
    ['クレーンはいつ建てられましたか', 'ja'],
  ])('%s', (question, language) => {
    expect(questionLanguage(question, []).language).toBe(language)
    expect(questionLanguage(question, [language]).isOther).toBe(false)
  })

  it('takes an expected language if in doubt', () => {
    expect(questionLanguage('org chart', ['de'])).toEqual({ language: 'de', isOther: false })
    expect(questionLanguage('Mietvertrag Bergweg', ['fr', 'de']).language).toBe('fr')
  })

  it('tells that a question is in none of the expected languages', () => {
    expect(questionLanguage('Wann wurde der Kran gebaut?', ['en']).isOther).toBe(true)
    expect(questionLanguage('起重机是什么时候建的？', ['en']).isOther).toBe(true)
    expect(questionLanguage('When was the crane built?', ['en', 'de']).isOther).toBe(false)
  })

  it('has no word twice in a list', () => {
    for (const words of Object.values(functionWords)) {
      expect(words.filter((one, at) => words.indexOf(one) !== at)).toEqual([])
    }
  })
})
