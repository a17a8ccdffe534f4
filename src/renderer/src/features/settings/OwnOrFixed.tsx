import { useId, useState } from 'react'
import { Field, Select } from '../../ui/Field.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import './OwnOrFixed.css'
import './SettingsPlace.css'

export interface OwnOrFixedProps {
  readonly label: string
  readonly hint: string
  /** Label of the choice without a fixed number. */
  readonly ownLabel: string
  /** Default: "Fixed". */
  readonly fixedLabel?: string
  readonly unit: string
  /** null: not fixed. */
  readonly value: number | null
  /** Initial value of a fixed number. */
  readonly suggestion: number
  readonly min: number
  readonly max: number
  readonly onCommit: (value: number | null) => void
}

/** A choice between automatic and a fixed number. */
export function OwnOrFixed(props: OwnOrFixedProps) {
  const { label, hint, ownLabel, fixedLabel = 'Fixed', unit, value } = props
  const { suggestion, min, max, onCommit } = props
  const [problem, setProblem] = useState<string>()
  const numberId = useId()
  return (
    <Field inline="centered" label={label} hint={hint} error={value === null ? undefined : problem}>
      {(control) => (
        <div className="settings-own">
          <Select
            className="settings-control"
            {...control}
            value={value === null ? 'own' : 'fixed'}
            options={[
              { value: 'own', label: ownLabel },
              { value: 'fixed', label: fixedLabel },
            ]}
            onChange={(how) => {
              setProblem(undefined)
              onCommit(how === 'own' ? null : Math.min(max, Math.max(min, suggestion)))
            }}
          />
          {value !== null && (
            <NumberInput
              wide
              id={numberId}
              aria-label={`${label}: number of ${unit}`}
              aria-describedby={control['aria-describedby']}
              value={value}
              min={min}
              max={max}
              onProblem={setProblem}
              onCommit={onCommit}
            />
          )}
        </div>
      )}
    </Field>
  )
}
