import { isContextName } from './contextNames.ts'
import type { SupportMeasure } from './measure.ts'
import type { PromptSource } from './renderTemplate.ts'
import type { InputValues } from './template.ts'

/** A text that an answer may be supported by. */
export type PassageText = Omit<PromptSource, 'number'>

/**
 * The texts that the answer to a row may be supported by: the placeholder that the measure names, else those
 * with a usual name for a passage (`isContextName`), and the passages of the library in the row's prompt.
 */
export function passagesOfRow(
  { placeholder }: SupportMeasure,
  values: InputValues,
  found: readonly PassageText[],
): readonly PassageText[] {
  const own = Object.entries(values).flatMap(([name, text]): PassageText[] => {
    const isPassage = placeholder === '' ? isContextName(name) : name === placeholder
    return isPassage && text.trim() !== '' ? [{ title: '', text }] : []
  })
  return [...own, ...found]
}
