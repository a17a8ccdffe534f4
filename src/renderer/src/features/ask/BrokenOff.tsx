import { RefreshCw } from 'lucide-react'
import { breakInWords } from '../../../../shared/domain/breakInWords.ts'
import type { Answer } from '../../../../shared/domain/conversation.ts'
import { Button } from '../../ui/Button.tsx'
import './BrokenOff.css'

export interface BrokenOffProps {
  readonly answer: Answer
  /** The most tokens that the model can write; null if unknown. */
  readonly longest: number | null
  readonly busy: boolean
  readonly onLonger: () => void
}

const templateSaysSo =
  'Its template allows no more: raise its longest answer there, and answer again.'
const noMoreRoom =
  'The model has no room for more: ask about one part of it, or choose a model that holds more at once.'

/** Explains where and why an incomplete answer ends, and what the user can do. */
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
