import { RadioGroup, Switch as Primitive } from 'radix-ui'
import { classNames } from './classNames.ts'
import './Field.css'

export interface SwitchProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly id?: string | undefined
  readonly disabled?: boolean | undefined
  readonly 'aria-label'?: string | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: boolean | undefined
}

export function Switch({ onChange, ...rest }: SwitchProps) {
  return (
    <Primitive.Root {...rest} className="pk-switch" onCheckedChange={onChange}>
      <Primitive.Thumb className="pk-switch-thumb" />
    </Primitive.Root>
  )
}

export interface SegmentedControlProps<Value extends string> {
  /** Accessible name of the group. */
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  /** For placement only, not for its look. */
  readonly className?: string | undefined
}

/** A choice among two to four visible options. */
export function SegmentedControl<Value extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: SegmentedControlProps<Value>) {
  return (
    <RadioGroup.Root
      className={classNames('pk-segments', className)}
      orientation="horizontal"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next)
        if (chosen !== undefined) onChange(chosen.value)
      }}
    >
      {options.map((option) => (
        <RadioGroup.Item key={option.value} className="pk-segment" value={option.value}>
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
