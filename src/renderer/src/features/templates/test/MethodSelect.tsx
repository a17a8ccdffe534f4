import { Select } from '../../../ui/Field.tsx'
import '../runs/runTab.css'

const methods = [
  { value: 'generate', label: 'As the model writes' },
  { value: 'label-probability', label: 'Likeliest label' },
  { value: 'calibrated-probability', label: 'Likeliest label, calibrated' },
] as const
export type Method = (typeof methods)[number]['value']

/**
 * Chooses how a label is determined. The two methods with probabilities also show the uncertainty
 * of each row.
 */
export function MethodSelect({
  value,
  onChange,
}: {
  readonly value: Method
  readonly onChange: (method: Method) => void
}) {
  return (
    <Select
      className="run-choice"
      aria-label="How the label is chosen"
      value={value}
      options={methods}
      onChange={onChange}
    />
  )
}
