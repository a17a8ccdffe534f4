import { CircleAlert, Copy, PanelRightClose } from 'lucide-react'
import { useState } from 'react'
import type { PreviewPart, PromptPreview } from '../../../../../shared/contract/templates.ts'
import type { Example } from '../../../../../shared/domain/template/template.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { SegmentedControl } from '../../../ui/Switch.tsx'
import { showToast } from '../../../ui/toasts.ts'
import type { HighlightStore } from './highlight.ts'
import { PromptText } from './PromptText.tsx'
import { TokenBar } from './TokenBar.tsx'
import type { ShownPreview } from './usePreview.ts'
import './PromptText.css'
import './PromptPanel.css'

export interface PromptPanelProps {
  readonly shown: ShownPreview
  readonly examples: readonly Example[]
  readonly highlight: HighlightStore
  readonly onPart: (part: PreviewPart) => void
  readonly onSwitchOff: (id: string) => void
  readonly onClose: () => void
}

/** The prompt as the model will read it, with its tokens. */
export function PromptPanel(props: PromptPanelProps) {
  const { shown, examples, highlight, onPart, onSwitchOff, onClose } = props
  const { preview, stale, problem } = shown
  const [view, setView] = useState<'parts' | 'sent'>('parts')
  return (
    <div className="tpl-prompt" aria-busy={stale}>
      <div className="tpl-prompt-head">
        <div className="row">
          <h2 className="tpl-prompt-title grow">The prompt, exactly</h2>
          <span className="faint num" title="Counted by the model’s own tokenizer">
            {preview === null ? '' : tokenWords(preview)}
          </span>
          <IconButton
            label="Close the prompt"
            shortcut="Mod+I"
            icon={<PanelRightClose />}
            onClick={onClose}
          />
        </div>
        {preview?.tokens != null && <TokenBar preview={preview} highlight={highlight} />}
        {problem !== null && <p className="tpl-prompt-note">{problem}</p>}
        {preview !== null && !preview.fits && (
          <DoesNotFit preview={preview} examples={examples} onSwitchOff={onSwitchOff} />
        )}
      </div>
      <div className="tpl-prompt-scroll" tabIndex={0} role="region" aria-label="Prompt">
        {preview === null ? (
          <p className="tpl-prompt-note">{problem === null ? 'Counting…' : ''}</p>
        ) : view === 'sent' && preview.text !== null ? (
          <pre className="tpl-prompt-text">{preview.text}</pre>
        ) : (
          <PromptText parts={preview.parts} highlight={highlight} onPart={onPart} />
        )}
      </div>
      {preview !== null && (
        <div className="tpl-prompt-foot">
          {preview.text !== null && (
            <SegmentedControl
              label="How the prompt is shown"
              value={view}
              options={[
                { value: 'parts', label: 'By part' },
                { value: 'sent', label: 'As sent' },
              ]}
              onChange={setView}
            />
          )}
          <span className="grow" />
          <Button variant="quiet" icon={<Copy />} onClick={() => copy(preview)}>
            Copy
          </Button>
        </div>
      )}
    </div>
  )
}

/** Says that the prompt doesn't fit the context, and what to do. */
function DoesNotFit({
  preview,
  examples,
  onSwitchOff,
}: {
  readonly preview: PromptPreview
  readonly examples: readonly Example[]
  readonly onSwitchOff: (id: string) => void
}) {
  const dearest = examples
    .map((one, index) => ({
      ...one,
      number: index + 1,
      tokens: preview.exampleTokens[one.id] ?? 0,
    }))
    .filter(({ enabled }) => enabled)
    .sort((left, right) => right.tokens - left.tokens)
    .slice(0, 2)
  return (
    <div className="tpl-over" role="alert">
      <p className="row">
        <CircleAlert aria-hidden />
        <span>
          <strong>It does not fit, so nothing is run.</strong> {preview.problem}
        </span>
      </p>
      <div className="tpl-over-actions">
        {dearest.map(({ id, number, tokens }) => (
          <Button key={id} onClick={() => onSwitchOff(id)}>
            Switch off example {number} ({formatCount(tokens)} tokens)
          </Button>
        ))}
      </div>
    </div>
  )
}

function tokenWords({ tokens }: PromptPreview): string {
  if (tokens === null) return 'no model, so no tokens'
  return `${formatCount(tokens.total + tokens.reserve)} of ${formatCount(tokens.context)} tokens`
}

function copy({ text, parts }: PromptPreview): void {
  navigator.clipboard.writeText(text ?? parts.map((part) => part.text).join('')).then(
    () => showToast('Copied.'),
    () => showToast('The prompt could not be copied.', { tone: 'bad' }),
  )
}
