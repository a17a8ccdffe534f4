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
  /** Called for an Escape that no control has handled. */
  readonly onEscape: () => void
}

/** Distance from the end, in pixels, that counts as being at the end. */
const nearEnd = 48

/** Keys that scroll up. */
const upwardKeys = ['ArrowUp', 'PageUp', 'Home']

/**
 * The questions and answers of a conversation, virtualised. The view scrolls to the end with each
 * question and follows the growing answer until the user scrolls up. After that it only scrolls by
 * the user's input until they are back at the end.
 */
export function Thread<Item>({ items, getKey, renderItem, onEscape }: ThreadProps<Item>) {
  const scroller = useRef<HTMLDivElement | null>(null)
  const scrolledTo = useRef(0)
  const [atEnd, setAtEnd] = useState(true)
  const last = items.at(-1)
  const lastKey = last === undefined ? null : getKey(last)
  // Key of the last turn when the user scrolled up. With the next question the view follows again.
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

  // A new question scrolls to the end from any position. In a layout effect: after painting it
  // would undo scrolling that the user has just started.
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
    // Turns are measured while scrolling, and the resulting shifts would end the browser's smooth
    // scroll.
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
        // Focusable by keyboard even if nothing inside is.
        tabIndex={0}
        role="log"
        aria-label="Conversation"
        aria-live="off"
        onKeyDown={onKeyDown}
        onWheel={({ deltaY, currentTarget }) => {
          if (deltaY < 0 && currentTarget.scrollTop > 0) leaveEnd()
        }}
        onTouchMove={leaveEnd}
        // On the scrollbar: all other targets are child elements.
        onPointerDown={({ target, currentTarget }) => {
          if (target === currentTarget) leaveEnd()
        }}
        // Read from the element: the virtualizer handles the same event later.
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

/** The place of a conversation that is being read. */
export function ThreadSpace() {
  return <div className="pk-thread" aria-busy />
}

function isTextField(target: EventTarget): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
}
