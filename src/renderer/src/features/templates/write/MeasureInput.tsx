import { useId } from 'react'
import { bounds, longest } from '../../../../../shared/domain/limits.ts'
import type { measureKindsOf } from '../../../../../shared/domain/template/measure.ts'
import { equal, newMeasure, type Measure } from '../../../../../shared/domain/template/measure.ts'
import { Select, TextInput } from '../../../ui/Field.tsx'
import { NumberInput } from '../../../ui/NumberInput.tsx'
import { measureChoices, measureHints } from './measureChoices.ts'
import './MeasureInput.css'

export interface MeasureInputProps {
  /** What is judged, in a sentence: "sentiment", "the answer". */
  readonly name: string
  readonly type: Parameters<typeof measureKindsOf>[0]
  readonly measure: Measure | undefined
  readonly onChange: (measure: Measure) => void
}

/** Chooses how a field or an answer is judged in tests. Nothing for types with one way only. */
export function MeasureInput({ name, type, measure = equal, onChange }: MeasureInputProps) {
  const id = useId()
  const choices = measureChoices(type)
  if (choices.length === 1) return null
  const hint = measureHints[measure.kind]
  return (
    <div className="tpl-measure">
      <span aria-hidden>Right if</span>
      <Select
        className="tpl-measure-choice"
        aria-label={`${name} is right if`}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        value={measure.kind}
        options={choices}
        onChange={(kind) => onChange(newMeasure(kind))}
      />
      <Details name={name} measure={measure} onChange={onChange} />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="dim">
          {hint}
        </p>
      )}
    </div>
  )
}

type DetailsProps = Pick<MeasureInputProps, 'name' | 'onChange'> & { readonly measure: Measure }

function Details({ name, measure, onChange }: DetailsProps) {
  const id = useId()
  switch (measure.kind) {
    case 'number':
      return (
        <>
          <NumberInput
            id={id}
            aria-label={`Tolerance of ${name}`}
            fractions
            value={measure.within}
            {...bounds.tolerance}
            onCommit={(within) => onChange({ ...measure, within })}
          />
          <Select
            className="tpl-measure-choice"
            aria-label={`Unit of the tolerance of ${name}`}
            value={measure.unit}
            options={units}
            onChange={(unit) => onChange({ ...measure, unit })}
          />
        </>
      )
    case 'date':
      return (
        <Select
          className="tpl-measure-choice"
          aria-label={`Order of day and month in ${name}`}
          value={measure.order}
          options={orders}
          onChange={(order) => onChange({ ...measure, order })}
        />
      )
    case 'token-f1':
      return (
        <NumberInput
          id={id}
          aria-label={`Least token F1 of ${name}`}
          fractions
          value={measure.least}
          {...bounds.leastTokenF1}
          onCommit={(least) => onChange({ ...measure, least })}
        />
      )
    case 'supported':
      return (
        <TextInput
          className="tpl-measure-placeholder mono"
          aria-label={`Placeholder that supports ${name}`}
          placeholder="CONTEXT"
          maxLength={longest.name}
          value={measure.placeholder}
          onChange={({ target }) =>
            onChange({
              ...measure,
              placeholder: target.value.toUpperCase().replaceAll(/[<>\s]/gu, ''),
            })
          }
        />
      )
    case 'equal':
    case 'one-of':
    case 'contains':
    case 'pattern':
    case 'label-set':
    case 'json-shape':
      return null
  }
}

const units = [
  { value: 'absolute', label: 'more or less' },
  { value: 'percent', label: '% more or less' },
] as const

const orders = [
  { value: 'day-first', label: '3/4 is 3 April' },
  { value: 'month-first', label: '3/4 is 4 March' },
] as const
