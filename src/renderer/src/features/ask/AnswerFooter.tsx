import { Copy, ListPlus, Pencil, RefreshCw } from 'lucide-react'
import type { Answer } from '../../../../shared/domain/conversation.ts'
import { Button } from '../../ui/Button.tsx'
import { formatDecimal, formatDuration, plural } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { showToast } from '../../ui/toasts.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { citedNumbers, copyableAnswer } from './citations.ts'
import './AnswerFooter.css'

export interface AnswerFooterProps {
  readonly answer: Answer
  /** Another question is being answered. */
  readonly busy: boolean
  readonly onRegenerate: () => void
  readonly onEdit: () => void
  readonly onShowSources: () => void
  readonly onShowPrompt: () => void
  /** null if the answer can't be an example. */
  readonly onAddExample: (() => void) | null
}

/** The row with details and actions under an answer. */
export function AnswerFooter(props: AnswerFooterProps) {
  const { answer, busy, onRegenerate, onEdit, onShowSources, onShowPrompt } = props
  const used = citedNumbers(answer).size
  const sources = answer.kind === 'not-found' ? answer.sources.length : used
  return (
    <div className="pk-under">
      <IconButton
        faint
        label="Copy the answer with its citations"
        icon={<Copy />}
        onClick={() => {
          navigator.clipboard.writeText(copyableAnswer(answer)).then(
            () => showToast('Copied.'),
            () => showToast('The answer could not be copied.', { tone: 'bad' }),
          )
        }}
      />
      <IconButton
        faint
        label="Answer again"
        icon={<RefreshCw />}
        disabled={busy}
        onClick={onRegenerate}
      />
      <IconButton
        faint
        label="Edit the question"
        icon={<Pencil />}
        disabled={busy}
        onClick={onEdit}
      />
      {props.onAddExample !== null && (
        <IconButton
          faint
          label="Add as an example to a template"
          icon={<ListPlus />}
          onClick={props.onAddExample}
        />
      )}
      {answer.sources.length > 0 && (
        <Tooltip text="See what was found, to tell whether the search or the model failed">
          <Button variant="quiet" faint onClick={onShowSources}>
            Not right?
          </Button>
        </Tooltip>
      )}
      <span className="grow" />
      {sources > 0 && (
        <Button variant="quiet" faint className="num" onClick={onShowSources}>
          {answer.kind === 'not-found'
            ? `${plural(sources, 'passage')} looked at`
            : plural(sources, 'source')}
        </Button>
      )}
      <Tooltip text={timeDetails(answer)}>
        <Button variant="quiet" faint className="num" onClick={onShowPrompt}>
          {formatDuration(answer.timings.totalMs)}
        </Button>
      </Tooltip>
    </div>
  )
}

function timeDetails({ timings, tokens }: Answer): string {
  const parts = [`search ${formatDuration(timings.searchMs)}`]
  if (timings.firstTokenMs !== null) {
    parts.push(`first word after ${formatDuration(timings.firstTokenMs)}`)
  }
  if (tokens.generated > 0) parts.push(plural(tokens.generated, 'token'))
  if (timings.tokensPerSecond !== null) {
    parts.push(`${formatDecimal(timings.tokensPerSecond, 1)} tokens a second`)
  }
  return parts.join(' · ')
}
