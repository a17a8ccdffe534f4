import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'

export interface ThreadProps<Item> {
  readonly items: readonly Item[]
  readonly getKey: (item: Item) => string
  readonly renderItem: (item: Item) => ReactNode
  /** Escape was pressed on something that has no use for it. */
  readonly onEscape: () => void
}

/** Distance from the end, in pixels, up to which the view counts as being there. */
const nearEnd = 48

/**
 * The questions and answers of a conversation, any number of them. The view goes to the end with
 * each question and stays there while the answer grows, until the reader scrolls up.
 */
export function Thread<Item>({ items, getKey, renderItem, onEscape }: ThreadProps<Item>) {
  const scroller = useRef<HTMLDivElement | null>(null)
  const [atEnd, setAtEnd] = useState(true)
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's methods are called while rendering only
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 260,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : getKey(item)
    },
    overscan: 4,
    paddingStart: 28,
    paddingEnd: 8,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: nearEnd,
  })

  const latest = useRef(virtualizer)
  useEffect(() => {
    latest.current = virtualizer
  })
  const last = items.at(-1)
  const lastKey = last === undefined ? null : getKey(last)
  // Who asks wants to see the answer, wherever in the conversation they were reading.
  useEffect(() => {
    latest.current.scrollToEnd()
  }, [lastKey])

  return (
    <div className="pk-thread">
      <div
        ref={scroller}
        className="pk-thread-scroll"
        // Reachable by keyboard even where nothing inside can be focused.
        tabIndex={0}
        role="log"
        aria-label="Conversation"
        aria-live="off"
        onKeyDown={(event) => {
          const isField = event.target instanceof HTMLInputElement
          if (event.key === 'Escape' && !event.defaultPrevented && !isField) onEscape()
        }}
        // From the element itself: the virtualizer hears of the same event only later.
        onScroll={({ currentTarget: { scrollHeight, clientHeight, scrollTop } }) =>
          setAtEnd(scrollHeight - clientHeight - scrollTop <= nearEnd * 2)
        }
      >
        <div className="pk-thread-space" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((row) => {
            const item = items[row.index]
            return (
              item !== undefined && (
                <div
                  key={row.key}
                  ref={virtualizer.measureElement}
                  data-index={row.index}
                  className="pk-thread-item"
                  style={{ transform: `translateY(${String(row.start)}px)` }}
                >
                  <div className="pk-measure">{renderItem(item)}</div>
                </div>
              )
            )
          })}
        </div>
      </div>
      {!atEnd && (
        <div className="pk-thread-latest">
          <Button icon={<ArrowDown />} onClick={() => virtualizer.scrollToEnd()}>
            Jump to latest
          </Button>
        </div>
      )}
    </div>
  )
}
