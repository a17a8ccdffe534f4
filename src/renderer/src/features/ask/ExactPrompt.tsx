import { Copy } from 'lucide-react'
import { useMemo, type Ref } from 'react'
import type { Answer } from '../../../../shared/domain/conversation.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/classNames.ts'
import { showToast } from '../../ui/toasts.ts'
import { colourOf, cutPrompt, type BudgetPart } from './promptParts.ts'
import './promptColours.css'
import './inspectorParts.css'
import './ExactPrompt.css'

export interface ExactPromptProps {
  readonly prompt: string
  readonly parts: Answer['promptParts']
  readonly lit: BudgetPart | null
  readonly onLight: (part: BudgetPart | null) => void
  readonly ref: Ref<HTMLPreElement>
}

/** The prompt as the model read it. Hovering a part highlights it in the bar too. */
export function ExactPrompt({ prompt, parts, lit, onLight, ref }: ExactPromptProps) {
  const pieces = useMemo(() => cutPrompt(prompt, parts), [prompt, parts])
  return (
    <section className="pk-prompt">
      <div className="row">
        <h3 className="pk-inspector-heading grow">The prompt, exactly</h3>
        <Button variant="quiet" icon={<Copy />} onClick={() => copy(prompt)}>
          Copy
        </Button>
      </div>
      <pre ref={ref} className="pk-prompt-text">
        {pieces.map(({ text, part, start }) =>
          part === null ? (
            text
          ) : (
            <span
              key={start}
              data-part={part}
              className={classNames(
                'pk-prompt-part',
                `is-${String(colourOf(part))}`,
                part === lit && 'is-lit',
              )}
              onPointerEnter={() => onLight(part)}
              onPointerLeave={() => onLight(null)}
            >
              {text}
            </span>
          ),
        )}
      </pre>
    </section>
  )
}

function copy(prompt: string): void {
  navigator.clipboard.writeText(prompt).then(
    () => showToast('Copied.'),
    () => showToast('The prompt could not be copied.', { tone: 'bad' }),
  )
}
