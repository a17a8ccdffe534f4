import { memo, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { PreviewPart } from '../../../../../shared/contract/templates.ts'
import { classNames } from '../../../ui/classNames.ts'
import { dim, isHighlighted, partKey, type HighlightStore } from './highlight.ts'
import './PromptText.css'

export interface PromptTextProps {
  readonly parts: readonly PreviewPart[]
  readonly highlight: HighlightStore
  /** Opens the field of a part. */
  readonly onPart: (part: PreviewPart) => void
}

/** The prompt by parts, grouped into messages. */
export function PromptText({ parts, highlight, onPart }: PromptTextProps) {
  const box = useRef<HTMLPreElement | null>(null)
  useBringIntoView(box, highlight)
  return (
    <pre ref={box} className="tpl-prompt-text">
      {parts.map((part, index) => (
        // Parts have no ids; their position identifies them.
        <Part
          key={index}
          part={part}
          begins={part.message !== parts[index - 1]?.message}
          highlight={highlight}
          onPart={onPart}
        />
      ))}
    </pre>
  )
}

const messageNames = { system: 'system', user: 'user', assistant: 'assistant' } as const

const Part = memo(function Part({
  part,
  begins,
  highlight,
  onPart,
}: {
  readonly part: PreviewPart
  /** Whether it is the first part of a message. */
  readonly begins: boolean
  readonly highlight: HighlightStore
  readonly onPart: (part: PreviewPart) => void
}) {
  const key = partKey(part.kind, part.ref)
  const lit = useStore(highlight, (state) => part.kind !== 'frame' && isHighlighted(state.lit, key))
  return (
    <>
      {begins && <span className="tpl-prompt-message">{messageNames[part.message]}</span>}
      <span
        className={classNames('tpl-prompt-part', `is-${part.kind}`, lit && 'is-lit')}
        data-lit={lit || undefined}
        {...(part.kind !== 'frame' && {
          onPointerEnter: () => highlight.setState({ lit: key, fromFields: false }),
          onPointerLeave: () => dim(highlight, key),
          onClick: () => onPart(part),
        })}
      >
        {part.text}
      </span>
    </>
  )
})

/** Scrolls to the part highlighted from the fields, but not to one under the pointer. */
function useBringIntoView(
  box: { readonly current: HTMLElement | null },
  highlight: HighlightStore,
): void {
  useEffect(
    () =>
      highlight.subscribe(({ lit, fromFields }) => {
        if (lit === null || !fromFields) return
        // The part is marked in the next render.
        requestAnimationFrame(() => {
          box.current?.querySelector('[data-lit]')?.scrollIntoView({ block: 'nearest' })
        })
      }),
    [box, highlight],
  )
}
