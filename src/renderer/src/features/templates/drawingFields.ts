import { bounds } from '../../../../shared/domain/limits.ts'
import type { DecodingChange } from '../../../../shared/domain/template/decoding.ts'
import { formatDecimal } from '../../ui/format.ts'

/** The settings of generation that are numbers and may be left empty. */
export type DrawingName = Extract<keyof DecodingChange, 'topP' | 'topK' | 'minP' | 'repeatPenalty'>
export type SettingName = DrawingName | 'temperature'

export interface SettingField<Name extends SettingName = SettingName> {
  readonly name: Name
  readonly label: string
  readonly hint: string
}

export const drawingFields: readonly SettingField<DrawingName>[] = [
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

export const stopTextHint = 'Ends the answer and is no part of it; \\n is a line break.'

/** What is wrong with a typed number; undefined if nothing is. */
export function numberProblem(name: SettingName, text: string): string | undefined {
  if (text.trim() === '') return undefined
  const { min, max } = bounds[name]
  const number = numberIn(text)
  const whole = name === 'topK'
  if (number >= min && number <= max && (!whole || Number.isInteger(number))) return undefined
  const [low, high] = [min, max].map((one) => formatDecimal(one, Number.isInteger(one) ? 0 : 2))
  return `Give a ${whole ? 'whole number' : 'number'} from ${low ?? ''} to ${high ?? ''}.`
}

/** People write either decimal sign. */
export function numberIn(text: string): number {
  return Number(text.trim().replace(',', '.'))
}

/** Line breaks as they are typed in a field of one line, and back. */
export function stopTextTyped(text: string): string {
  return text.replaceAll('\n', '\\n')
}

export function stopTextIn(typed: string): string {
  return typed.replaceAll('\\n', '\n')
}
