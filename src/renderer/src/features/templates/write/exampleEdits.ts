import {
  variablesOf,
  type Example,
  type InputValues,
  type Template,
} from '../../../../../shared/domain/template/template.ts'

/** A random id, short enough to read in a file, and unique among examples. */
export function exampleId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function newExample(values: InputValues = {}, output = ''): Example {
  return { id: exampleId(), values, output, note: '', enabled: true }
}

export function changed(
  examples: readonly Example[],
  id: string,
  change: Partial<Omit<Example, 'id'>>,
): readonly Example[] {
  return examples.map((one) => (one.id === id ? { ...one, ...change } : one))
}

/** A copy right after the original. */
export function duplicated(examples: readonly Example[], id: string): readonly Example[] {
  return examples.flatMap((one) => (one.id === id ? [one, { ...one, id: exampleId() }] : [one]))
}

/** The input of an example on one line, for lists. */
export function inputLine(template: Pick<Template, 'instruction' | 'input'>, one: Example): string {
  const values = variablesOf(template).map((name) => one.values[name] ?? '')
  return values.filter((value) => value !== '').join(' · ')
}
