import { useState } from 'react'
import { TextInput } from '../../ui/Field.tsx'
import { formatCount } from '../../ui/format.ts'

export interface NumberInputProps {
  readonly id: string
  readonly 'aria-label'?: string | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly value: number
  readonly min: number
  readonly max: number
  /** Only ever called with a whole number within the bounds. */
  readonly onCommit: (value: number) => void
  /** Told what is wrong; without it the message stands under the field. */
  readonly onProblem?: ((problem: string | undefined) => void) | undefined
}

/** A whole number: applied on Enter and on leaving the field, and only when it is within bounds. */
export function NumberInput(props: NumberInputProps) {
  const { value, min, max, onCommit, onProblem } = props
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
    if (draft.trim() === '' || !Number.isInteger(number) || number < min || number > max) {
      tell(`Give a whole number from ${formatCount(min)} to ${formatCount(max)}.`)
      return
    }
    tell(undefined)
    setDraft(null)
    if (number !== value) onCommit(number)
  }

  const shown = problem !== undefined && onProblem === undefined
  return (
    <div className="settings-number">
      <TextInput
        id={props.id}
        aria-label={props['aria-label']}
        aria-describedby={shown ? problemId : props['aria-describedby']}
        aria-invalid={problem === undefined ? undefined : true}
        className="num"
        inputMode="numeric"
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
        <div id={problemId} className="settings-number-problem" role="alert">
          {problem}
        </div>
      )}
    </div>
  )
}
