import type { DecodingChange } from '../../../../../shared/domain/template/decoding.ts'
import {
  drawingFields,
  numberIn,
  numberProblem,
  stopTextIn,
  type SettingField,
  type SettingName,
} from '../drawingFields.ts'

export const settingFields: readonly SettingField[] = [
  { name: 'temperature', label: 'Temperature', hint: '0 takes the likeliest token each time.' },
  ...drawingFields,
]

/** A setting as it is typed; empty: as in the template. */
export interface SettingDraft {
  /** For the list alone. */
  readonly key: number
  readonly numbers: Readonly<Record<SettingName, string>>
  readonly stopText: string
}

export function emptyDraft(key: number): SettingDraft {
  const numbers = { temperature: '', topP: '', topK: '', minP: '', repeatPenalty: '' }
  return { key, numbers, stopText: '' }
}

/** The setting that was typed; null if a number is wrong, or nothing was typed. */
export function settingOf({ numbers, stopText }: SettingDraft): DecodingChange | null {
  const typed = settingFields.filter(({ name }) => numbers[name].trim() !== '')
  if (typed.some(({ name }) => numberProblem(name, numbers[name]) !== undefined)) return null
  if (typed.length === 0 && stopText === '') return null
  return {
    ...Object.fromEntries(typed.map(({ name }) => [name, numberIn(numbers[name])])),
    ...(stopText === '' ? {} : { stopTexts: [stopTextIn(stopText)] }),
  }
}
