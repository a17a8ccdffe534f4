import { expect, it } from 'vitest'
import { numberProblem } from '../../../src/renderer/src/features/templates/drawingFields.ts'
import {
  emptyDraft,
  settingOf,
} from '../../../src/renderer/src/features/templates/test/settingDraft.ts'

const typed = (numbers: object, stopText = '') =>
  settingOf({ ...emptyDraft(1), numbers: { ...emptyDraft(1).numbers, ...numbers }, stopText })

it('reads what was typed, with either decimal sign, and leaves out what is empty', () => {
  expect(typed({ temperature: '0,7', topP: ' 0.9 ', topK: '0' })).toEqual({
    temperature: 0.7,
    topP: 0.9,
    topK: 0,
  })
  expect(typed({}, 'END\\n')).toEqual({ stopTexts: ['END\n'] })
})

it('is no setting while a number is wrong or nothing is typed', () => {
  expect(typed({})).toBeNull()
  expect(typed({ temperature: '0.5', topK: '1.5' })).toBeNull()
  expect(typed({ temperature: 'warm' })).toBeNull()
  expect(numberProblem('topK', '1.5')).toMatch(/whole number from 0/u)
  expect(numberProblem('topP', '0')).toBe('Give a number from 0.01 to 1.')
  expect(numberProblem('minP', '')).toBeUndefined()
})
