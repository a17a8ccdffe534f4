import { RefreshCw } from 'lucide-react'
import { breakInWords } from '../../../../shared/domain/breakInWords.ts'
import type { Answer } from '../../../../shared/domain/conversation.ts'
import { Button } from '../../ui/Button.tsx'
import './BrokenOff.css'

export interface BrokenOffProps {
  readonly answer: Answer
  /** Tokens that the model could write at most; null: not known. */
  readonly longest: number | null
  readonly busy: boolean
  readonly onLonger: () => void
}

const templateSaysSo =
  'Its template allows no more: raise its longest answer there, and answer again.'
const noMoreRoom =
  'The model has no room for more: ask about one part of it, or choose a model that holds more at once.'

/** Says of an answer that is not whole where and why it breaks off, and what can be done. */
export function BrokenOff({ answer, longest, busy, onLonger }: BrokenOffProps) {
  const words = breakInWords(answer)
  if (words === null) return null
  if (!answer.cutOff) return <p className="pk-turn-note">{words}</p>
  const used = answer.sampling?.maxTokens ?? 0
  const byTemplate = answer.template?.kind === 'followed'
  const canBeLonger = !byTemplate && (longest === null || used < longest)
  return (
    <div className="pk-turn-note is-cut-off">
      <span>
        {words} {!canBeLonger && (byTemplate ? templateSaysSo : noMoreRoom)}
      </span>
      {canBeLonger && (
        <Button icon={<RefreshCw />} disabled={busy} onClick={onLonger}>
          Answer again, longer
        </Button>
      )}
    </div>
  )
}
