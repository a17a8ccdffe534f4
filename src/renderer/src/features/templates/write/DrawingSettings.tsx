import { longest } from '../../../../../shared/domain/limits.ts'
import type { Decoding } from '../../../../../shared/domain/template/decoding.ts'
import {
  drawingFields,
  numberIn,
  numberProblem,
  stopTextHint,
  stopTextIn,
  stopTextTyped,
  type DrawingName,
} from '../drawingFields.ts'
import { OptionalInput } from './OptionalInput.tsx'

export interface DrawingSettingsProps {
  readonly decoding: Decoding
  readonly onChange: (decoding: Decoding) => void
}

/** Which tokens one is drawn from, and what ends an answer. Most templates need none of it. */
export function DrawingSettings({ decoding, onChange }: DrawingSettingsProps) {
  // At temperature 0 nothing is drawn.
  const shown = drawingFields.filter(
    ({ name }) => decoding.temperature > 0 || name === 'repeatPenalty',
  )
  const [first = '', ...more] = decoding.stopTexts ?? []
  return (
    <>
      {shown.map(({ name, label, hint }) => (
        <OptionalInput
          key={name}
          label={label}
          hint={hint}
          value={decoding[name] === undefined ? '' : String(decoding[name])}
          problem={(typed) => numberProblem(name, typed)}
          onCommit={(typed) => onChange(withNumber(decoding, name, typed))}
        />
      ))}
      <OptionalInput
        label="Stop text"
        hint={stopTextHint}
        value={stopTextTyped(first)}
        maxLength={longest.stopText}
        onCommit={(typed) => onChange(withStopTexts(decoding, stopTextIn(typed), more))}
      />
    </>
  )
}

function withNumber(decoding: Decoding, name: DrawingName, typed: string): Decoding {
  const { [name]: _, ...rest } = decoding
  return typed.trim() === '' ? rest : { ...rest, [name]: numberIn(typed) }
}

/** Others, which a file may have, stay. */
function withStopTexts(decoding: Decoding, first: string, more: readonly string[]): Decoding {
  const { stopTexts: _, ...rest } = decoding
  const stopTexts = first === '' ? more : [first, ...more]
  return stopTexts.length === 0 ? rest : { ...rest, stopTexts }
}
