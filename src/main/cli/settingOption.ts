import { InvalidArgumentError } from 'commander'
import { decodingChange, type DecodingChange } from '../../shared/domain/template/decoding.ts'
import { bounds, type Bounds } from '../../shared/domain/limits.ts'
import { listed } from '../../shared/domain/listed.ts'

/** A setting that changes nothing, beside others. */
const asWritten = 'as-written'

type NumberName = 'temperature' | 'topP' | 'topK' | 'minP' | 'repeatPenalty'

const numbers: ReadonlyMap<string, NumberName> = new Map([
  ['temperature', 'temperature'],
  ['top_p', 'topP'],
  ['top_k', 'topK'],
  ['min_p', 'minP'],
  ['repeat_penalty', 'repeatPenalty'],
])

/**
 * Adds a setting such as `temperature=0.7,top_p=0.9,stop=END`; `as-written` is the template's own.
 *
 * @throws InvalidArgumentError that says what is possible.
 */
export function settingOption(
  text: string,
  before: readonly DecodingChange[],
): readonly DecodingChange[] {
  if (text === asWritten) return [...before, {}]
  const change: Record<string, number | readonly string[]> = {}
  const stopTexts: string[] = []
  for (const part of text.split(',')) {
    const [name = '', value = ''] = splitOnce(part)
    if (name === 'stop' && value !== '') stopTexts.push(value.replaceAll('\\n', '\n'))
    else change[nameOf(name)] = numberOf(nameOf(name), name, value)
  }
  if (stopTexts.length > 0) change.stopTexts = stopTexts
  return [...before, decodingChange.parse(change)]
}

function splitOnce(part: string): readonly string[] {
  const at = part.indexOf('=')
  return at < 0 ? [part.trim()] : [part.slice(0, at).trim(), part.slice(at + 1)]
}

function nameOf(name: string): NumberName {
  const known = numbers.get(name)
  if (known !== undefined) return known
  const names = listed([...numbers.keys(), 'stop'])
  throw new InvalidArgumentError(
    `NAME=VALUE is needed, separated by commas, or ${asWritten}. The names are ${names}.`,
  )
}

function numberOf(field: NumberName, name: string, text: string): number {
  const limits: Bounds = bounds[field]
  const number = /^\d+(\.\d+)?$/u.test(text.trim()) ? Number(text) : Number.NaN
  const isWhole = field !== 'topK' || Number.isInteger(number)
  if (isWhole && number >= limits.min && number <= limits.max) return number
  const kind = field === 'topK' ? 'a whole number' : 'a number'
  throw new InvalidArgumentError(
    `${name} is ${kind} from ${String(limits.min)} to ${String(limits.max)}.`,
  )
}
