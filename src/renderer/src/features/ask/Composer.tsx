import { ArrowUp, Square, X } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { longest } from '../../../../shared/domain/limits.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import './measure.css'
import './Composer.css'

export interface ComposerProps {
  readonly draft: string
  readonly onDraft: (draft: string) => void
  readonly placeholder: string
  /** An answer is being generated. */
  readonly busy: boolean
  /** The draft replaces an earlier question. */
  readonly editing: boolean
  readonly onAsk: () => void
  readonly onStop: () => void
  readonly onCancelEdit: () => void
  /** Called for the Up key in the empty field. */
  readonly onEditLast: () => void
  /** Chips on the left under the text, and the model on the right. */
  readonly chips: ReactNode
  readonly model: ReactNode
}

/** The input for questions. Its height follows the text. */
export function Composer(props: ComposerProps) {
  const { draft, busy, editing, onAsk, onStop } = props
  const field = useRef<HTMLTextAreaElement | null>(null)
  useEffect(() => {
    if (editing) field.current?.focus()
  }, [editing])
  useEffect(() => {
    // The pressed button is gone or disabled by now; with the focus here, Escape stops the answer.
    const active = document.activeElement
    if (busy && (active === document.body || active?.matches(':disabled'))) field.current?.focus()
  }, [busy])

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    // Ignore the Enter that ends an IME composition.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      if (!busy && draft.trim() !== '') onAsk()
    } else if (event.key === 'Escape') {
      if (busy) onStop()
      else if (editing) props.onCancelEdit()
    } else if (event.key === 'ArrowUp' && draft === '' && !busy) {
      event.preventDefault()
      props.onEditLast()
    }
  }

  return (
    <div className="pk-composer">
      <div className="pk-measure">
        <div className="pk-composer-box">
          {editing && (
            <div className="pk-composer-editing">
              <span className="grow">
                Editing an earlier question. What came after it gives way.
              </span>
              <IconButton label="Keep it as it was" icon={<X />} onClick={props.onCancelEdit} />
            </div>
          )}
          <textarea
            data-autofocus
            ref={field}
            className="pk-composer-text"
            rows={1}
            maxLength={longest.question}
            aria-label="Your question"
            placeholder={props.placeholder}
            value={draft}
            onChange={(event) => props.onDraft(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <div className="pk-composer-row">
            {props.chips}
            <span className="grow" />
            {props.model}
            {busy ? (
              <Button className="pk-composer-stop" icon={<Square />} onClick={onStop}>
                Stop
              </Button>
            ) : (
              <IconButton
                label="Ask"
                shortcut="Enter"
                variant="primary"
                icon={<ArrowUp />}
                disabled={draft.trim() === ''}
                onClick={onAsk}
              />
            )}
          </div>
        </div>
      </div>
    </div>
  )
}
