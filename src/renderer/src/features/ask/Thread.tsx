import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
import './measure.css'
import './Thread.css'

export interface ThreadProps<Item> {
  readonly items: readonly Item[]
  readonly getKey: (item: Item) => string
  readonly renderItem: (item: Item) => ReactNode
  /** Escape was pressed on something that has no use for it. */
  readonly onEscape: () => void
}

/** Distance from the end, in pixels, up to which the view counts as being there. */
const nearEnd = 48

/** Keys with which a reader scrolls up. */
const upwardKeys = ['ArrowUp', 'PageUp', 'Home']

/**
 * The questions and answers of a conversation, any number of them. The view goes to the end with
 * each question and stays there while the answer grows, until the reader scrolls up. From the
 * reader's first move on nothing scrolls but the reader, until they are back at the end.
 */
export function Thread<Item>({ items, getKey, renderItem, onEscape }: ThreadProps<Item>) {
  const scroller = useRef<HTMLDivElement | null>(null)
  const scrolledTo = useRef(0)
  const [atEnd, setAtEnd] = useState(true)
  const last = items.at(-1)
  const lastKey = last === undefined ? null : getKey(last)
  // The last turn when the reader scrolled up: with the next question the view follows again.
  const [leftAt, setLeftAt] = useState<string | null>(null)
  const following = leftAt === null || leftAt !== lastKey
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
    anchorTo: following ? 'end' : 'start',
    followOnAppend: following,
    scrollEndThreshold: nearEnd,
  })

  // Who asks wants to see the answer, wherever in the conversation they were reading. Before the
  // turns are painted: later it would undo what the reader does as soon as they see them.
  useLayoutEffect(() => {
    virtualizer.scrollToEnd()
  }, [virtualizer, lastKey])

  function leaveEnd(): void {
    virtualizer.cancelScroll()
    setLeftAt(lastKey)
  }

  function goToEnd(): void {
    setLeftAt(null)
    virtualizer.scrollToEnd()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || isTextField(event.target)) return
    if (event.key === 'Escape') onEscape()
    if (upwardKeys.includes(event.key)) leaveEnd()
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    // Turns are measured on the way, and what that moves would end the browser's own scroll.
    if (event.key === 'Home') virtualizer.scrollToOffset(0)
    else if (event.key === 'End') goToEnd()
    else return
    event.preventDefault()
  }

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
        onKeyDown={onKeyDown}
        onWheel={({ deltaY, currentTarget }) => {
          if (deltaY < 0 && currentTarget.scrollTop > 0) leaveEnd()
        }}
        onTouchMove={leaveEnd}
        // On the scrollbar: everything else in here has a target of its own.
        onPointerDown={({ target, currentTarget }) => {
          if (target === currentTarget) leaveEnd()
        }}
        // From the element itself: the virtualizer hears of the same event only later.
        onScroll={({ currentTarget: { scrollHeight, clientHeight, scrollTop } }) => {
          const left = scrollHeight - clientHeight - scrollTop
          setAtEnd(left <= nearEnd * 2)
          if (scrollTop > scrolledTo.current && left <= nearEnd) setLeftAt(null)
          scrolledTo.current = scrollTop
        }}
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
          <Button variant="floating" icon={<ArrowDown />} onClick={goToEnd}>
            Jump to latest
          </Button>
        </div>
      )}
    </div>
  )
}

function isTextField(target: EventTarget): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
}
