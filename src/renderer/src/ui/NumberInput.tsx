import { useState } from 'react'
import { classNames } from './classNames.ts'
import { TextInput } from './Field.tsx'
import { formatCount } from './format.ts'
import './NumberInput.css'

export interface NumberInputProps {
  readonly id: string
  readonly 'aria-label'?: string | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly value: number
  readonly min: number
  readonly max: number
  /** Whether fractions are allowed. */
  readonly fractions?: boolean | undefined
  /** Only ever called with a number within the bounds, whole unless `fractions`. */
  readonly onCommit: (value: number) => void
  /** As wide as the choices above it. */
  readonly wide?: boolean | undefined
  /** Receives the error; without it the field shows the message itself. */
  readonly onProblem?: ((problem: string | undefined) => void) | undefined
}

/** A number input. Commits on Enter and on blur if the number is within the bounds. */
export function NumberInput(props: NumberInputProps) {
  const { value, min, max, fractions = false, onCommit, onProblem } = props
  const [draft, setDraft] = useState<string | null>(null)
  const [problem, setProblem] = useState<string>()
  const problemId = `${props.id}-problem`

  function tell(next: string | undefined): void {
    setProblem(next)
    onProblem?.(next)
  }

  function commit(): void {
    if (draft === null) return
    const number = Number(draft.replaceAll(',', '').trim())
    const fits = fractions ? Number.isFinite(number) : Number.isInteger(number)
    if (draft.trim() === '' || !fits || number < min || number > max) {
      const kind = fractions ? 'number' : 'whole number'
      tell(`Give a ${kind} from ${formatCount(min)} to ${formatCount(max)}.`)
      return
    }
    tell(undefined)
    setDraft(null)
    if (number !== value) onCommit(number)
  }

  const shown = problem !== undefined && onProblem === undefined
  return (
    <div className={classNames('pk-number', props.wide === true && 'is-wide')}>
      <TextInput
        id={props.id}
        aria-label={props['aria-label']}
        aria-describedby={shown ? problemId : props['aria-describedby']}
        aria-invalid={problem === undefined ? undefined : true}
        className="num"
        inputMode={fractions ? 'decimal' : 'numeric'}
        value={draft ?? String(value)}
        onChange={(event) => {
          setDraft(event.target.value)
          tell(undefined)
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault()
            commit()
          } else if (event.key === 'Escape' && draft !== null) {
            event.preventDefault()
            event.stopPropagation()
            setDraft(null)
            tell(undefined)
          }
        }}
      />
      {shown && (
        <div id={problemId} className="pk-number-problem" role="alert">
          {problem}
        </div>
      )}
    </div>
  )
}
