import { Search, X } from 'lucide-react'
import { useId, type ComponentProps, type ReactNode } from 'react'
import './Field.css'
import { classNames } from './classNames.ts'

export interface FieldProps {
  readonly label: string
  /** A sentence of help under the control. */
  readonly hint?: ReactNode
  /** What is wrong with the value and what to do. */
  readonly error?: string | undefined
  /**
   * Label and control side by side, as in a list of settings; `centered`: vertically centred;
   * `tight`: with a small gap.
   */
  readonly inline?: boolean | 'centered' | 'tight' | undefined
  /** A less prominent label on one line. */
  readonly quiet?: boolean | undefined
  /** Receives the props for the control: `<TextInput {...control} />`. */
  readonly children: (control: FieldControl) => ReactNode
}

export interface FieldControl {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': boolean | undefined
}

/** A control with its label, help and error, associated for screen readers. */
export function Field({ label, hint, error, inline = false, quiet = false, children }: FieldProps) {
  const id = useId()
  const helpId = `${id}-help`
  const help = error ?? hint
  return (
    <div
      className={classNames(
        'pk-field',
        inline !== false && 'is-inline',
        typeof inline === 'string' && `is-${inline}`,
        quiet && 'is-quiet',
      )}
    >
      <div className="pk-field-text">
        <label className="pk-field-label" htmlFor={id}>
          {label}
        </label>
        {help !== undefined && (
          <div
            id={helpId}
            className={classNames('pk-field-help', error !== undefined && 'is-error')}
          >
            {help}
          </div>
        )}
      </div>
      <div className="pk-field-control">
        {children({
          id,
          'aria-describedby': help === undefined ? undefined : helpId,
          'aria-invalid': error === undefined ? undefined : true,
        })}
      </div>
    </div>
  )
}

export function TextInput({ className, type = 'text', ...rest }: ComponentProps<'input'>) {
  return <input {...rest} type={type} className={classNames('pk-input', className)} />
}

/** A multi-line text field that grows with its content. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...rest} className={classNames('pk-input', 'pk-textarea', className)} />
}

export interface SearchInputProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  /** Accessible name: "Filter documents". */
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A field that filters a list; Escape clears it. */
export function SearchInput({ label, value, onChange, className, ...rest }: SearchInputProps) {
  return (
    <div className={classNames('pk-search', className)}>
      <Search aria-hidden />
      <input
        placeholder={label}
        {...rest}
        className="pk-input"
        type="text"
        role="searchbox"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation()
            onChange('')
          }
          rest.onKeyDown?.(event)
        }}
      />
      {value !== '' && (
        <button
          type="button"
          className="pk-search-clear"
          aria-label="Clear"
          onClick={() => onChange('')}
        >
          <X />
        </button>
      )}
    </div>
  )
}

export interface SelectProps<Value extends string> extends Omit<
  ComponentProps<'select'>,
  'onChange' | 'value' | 'children'
> {
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
}

/** A native select, which works with every screen reader and keyboard. */
export function Select<Value extends string>({
  value,
  options,
  onChange,
  className,
  ...rest
}: SelectProps<Value>) {
  return (
    <select
      {...rest}
      className={classNames('pk-input', 'pk-select', className)}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value)
        if (chosen !== undefined) onChange(chosen.value)
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
