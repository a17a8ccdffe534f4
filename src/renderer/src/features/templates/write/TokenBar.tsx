import { useStore } from 'zustand'
import type { PromptPreview } from '../../../../../shared/contract/templates.ts'
import { classNames } from '../../../ui/classNames.ts'
import { formatCount } from '../../../ui/format.ts'
import { dim, isHighlighted, type HighlightStore } from './highlight.ts'
import { barSegments, legend } from './promptSums.ts'
import './TokenBar.css'

export interface TokenBarProps {
  readonly preview: PromptPreview
  readonly highlight: HighlightStore
}

/** How the context is used. The hovered or focused part is highlighted in all views. */
export function TokenBar({ preview, highlight }: TokenBarProps) {
  const lit = useStore(highlight, (state) => state.lit)
  const segments = barSegments(preview)
  const used = segments.reduce((sum, { tokens }) => sum + tokens, 0)
  const whole = Math.max(preview.tokens?.context ?? 0, used)
  const light = (key: string) => ({
    onPointerEnter: () => highlight.setState({ lit: key, fromFields: true }),
    onPointerLeave: () => dim(highlight, key),
  })
  return (
    <>
      <div className={classNames('tpl-bar', !preview.fits && 'is-over')} aria-hidden>
        {segments.map(({ key, kind, tokens }) => (
          <span
            key={key}
            className={classNames(
              'tpl-bar-part',
              `is-${kind}`,
              lit !== null && !isHighlighted(lit, key) && 'is-dim',
            )}
            style={{ width: `${String((tokens / whole) * 100)}%` }}
            {...light(key)}
          />
        ))}
      </div>
      <ul className="tpl-legend" aria-label="Tokens by part">
        {legend(segments).map(({ kind, name, tokens }) => (
          <li key={kind}>
            <button
              type="button"
              className={classNames('tpl-legend-entry', isHighlighted(lit, kind) && 'is-lit')}
              {...light(kind)}
              onFocus={() => highlight.setState({ lit: kind, fromFields: true })}
              onBlur={() => dim(highlight, kind)}
            >
              <i aria-hidden className={classNames('tpl-bar-part', `is-${kind}`)} />
              {name} <span className="num">{formatCount(tokens)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
