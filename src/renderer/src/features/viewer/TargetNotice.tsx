import { TriangleAlert } from 'lucide-react'
import './TargetNotice.css'

export interface TargetNoticeProps {
  /** The stored text has changed since it was quoted. */
  readonly changed: boolean
  readonly quote: string
  /** Why pages can't be drawn, so that the text is shown. */
  readonly problem: string | null
  /** Why nothing can be shown. */
  readonly missing: string | null
}

/** Explains what is missing or has changed, and shows the quoted words. */
export function TargetNotice({ changed, quote, problem, missing }: TargetNoticeProps) {
  const lost = changed || missing !== null
  const sentence =
    missing ??
    (changed
      ? 'This document has changed since it was quoted.'
      : problem === null
        ? null
        : `${problem} This is its stored text.`)
  return (
    <div role="status">
      {sentence !== null && (
        <div className="viewer-notice">
          <TriangleAlert aria-hidden />
          <div className="grow">
            <p>{sentence}</p>
            {lost && quote !== '' && (
              <>
                <p className="dim">These words were quoted:</p>
                <blockquote className="viewer-quoted">{quote}</blockquote>
              </>
            )}
          </div>
        </div>
      )}
    </div>
  )
}
