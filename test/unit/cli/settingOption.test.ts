import { expect, it } from 'vitest'
import { settingOption } from '../../../src/main/cli/settingOption.ts'

it('reads settings, one after another', () => {
  const first = settingOption('temperature=0.7, top_p=0.9,top_k=5,min_p=0.1,repeat_penalty=1.1', [])
  const second = settingOption('stop=END,stop=a=b\\n', first)
  expect(settingOption('as-written', second)).toEqual([
    { temperature: 0.7, topP: 0.9, topK: 5, minP: 0.1, repeatPenalty: 1.1 },
    { stopTexts: ['END', 'a=b\n'] },
    {},
  ])
})

it.each([
  ['heat=1', /names are temperature, top_p/u],
  ['0.7', /NAME=VALUE/u],
  ['constructor=1', /NAME=VALUE/u],
  ['temperature=3', /^temperature is a number from 0 to 2/u],
  ['temperature=', /^temperature is a number/u],
  ['top_k=1.5', /^top_k is a whole number/u],
  ['top_p=0', /^top_p is a number from 0.01/u],
  ['repeat_penalty=0.5', /from 1 to 2/u],
])('refuses %s, and says what is possible', (text, why) => {
  expect(() => settingOption(text, [])).toThrow(why)
})
