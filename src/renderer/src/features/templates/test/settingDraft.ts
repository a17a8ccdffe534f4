import { bounds } from '../../../../../shared/domain/limits.ts'
import type { DecodingChange } from '../../../../../shared/domain/template/decoding.ts'
import { formatDecimal } from '../../../ui/format.ts'

type NumberName = 'temperature' | 'topP' | 'topK' | 'minP' | 'repeatPenalty'

/** A number of a setting, as the dialog names it. */
interface SettingField {
  readonly name: NumberName
  readonly label: string
  readonly hint: string
}

export const settingFields: readonly SettingField[] = [
  { name: 'temperature', label: 'Temperature', hint: '0 takes the likeliest token each time.' },
  {
    name: 'topP',
    label: 'Top-p',
    hint: 'Draw from the tokens that reach this probability together.',
  },
  {
    name: 'topK',
    label: 'Top-k',
    hint: 'Draw from this many of the likeliest tokens; 0: from all.',
  },
  { name: 'minP', label: 'Min-p', hint: 'Leave out tokens below this part of the likeliest one.' },
  {
    name: 'repeatPenalty',
    label: 'Repeat penalty',
    hint: '1 does nothing; more avoids repeating.',
  },
]

/** A setting as it is typed; empty: as in the template. */
export interface SettingDraft {
  /** For the list alone. */
  readonly key: number
  readonly numbers: Readonly<Record<NumberName, string>>
  readonly stopText: string
}

export function emptyDraft(key: number): SettingDraft {
  const numbers = { temperature: '', topP: '', topK: '', minP: '', repeatPenalty: '' }
  return { key, numbers, stopText: '' }
}

/** What is wrong with a typed number; undefined if nothing is. */
export function numberProblem(name: NumberName, text: string): string | undefined {
  if (text.trim() === '') return undefined
  const { min, max } = bounds[name]
  const number = numberIn(text)
  const whole = name === 'topK'
  if (number >= min && number <= max && (!whole || Number.isInteger(number))) return undefined
  const [low, high] = [min, max].map((one) => formatDecimal(one, Number.isInteger(one) ? 0 : 2))
  return `Give a ${whole ? 'whole number' : 'number'} from ${low ?? ''} to ${high ?? ''}.`
}

/** The setting that was typed; null if a number is wrong, or nothing was typed. */
export function settingOf({ numbers, stopText }: SettingDraft): DecodingChange | null {
  const typed = settingFields.filter(({ name }) => numbers[name].trim() !== '')
  if (typed.some(({ name }) => numberProblem(name, numbers[name]) !== undefined)) return null
  if (typed.length === 0 && stopText === '') return null
  return {
    ...Object.fromEntries(typed.map(({ name }) => [name, numberIn(numbers[name])])),
    ...(stopText === '' ? {} : { stopTexts: [stopText.replaceAll('\\n', '\n')] }),
  }
}

/** People write either decimal sign. */
function numberIn(text: string): number {
  return Number(text.trim().replace(',', '.'))
}
