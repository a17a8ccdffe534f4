import { act, fireEvent, render, screen } from '@testing-library/react'
import { useLayoutEffect } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Thread } from '../../../src/renderer/src/features/ask/Thread.tsx'

it('draws only the visible ones of a thousand answers, beginning with the last', async () => {
  const items = Array.from({ length: 1000 }, (_, index) => `answer ${String(index)}`)
  render(
    <Thread
      items={items}
      getKey={(item) => item}
      renderItem={(item) => <p>{item}</p>}
      onEscape={() => undefined}
    />,
  )
  expect((await screen.findAllByText(/^answer/u)).length).toBeLessThan(40)
})

it('draws all of a short conversation', async () => {
  const { rerender } = render(
    <Thread
      items={['one']}
      getKey={(item) => item}
      renderItem={(item) => <p>{item}</p>}
      onEscape={() => undefined}
    />,
  )
  expect(await screen.findByText('one')).toBeDefined()
  rerender(
    <Thread
      items={['one', 'two']}
      getKey={(item) => item}
      renderItem={(item) => <p>{item}</p>}
      onEscape={() => undefined}
    />,
  )
  expect(await screen.findByText('two')).toBeDefined()
})

/** Each row is 200 pixels high until it grows. */
class RowObserver implements ResizeObserver {
  static readonly #of = new Map<Element, RowObserver>()
  readonly #callback: ResizeObserverCallback

  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback
  }

  /** Notifies the observers of `row` of its new height in pixels. */
  static grow(row: Element, height: number): void {
    RowObserver.#of.get(row)?.tell(row, height)
  }

  tell(target: Element, height: number): void {
    const box = { inlineSize: 1280, blockSize: height }
    const boxes = { borderBoxSize: [box], contentBoxSize: [box], devicePixelContentBoxSize: [box] }
    const entry = { target, contentRect: target.getBoundingClientRect(), ...boxes }
    this.#callback([entry], this)
  }

  observe(target: Element): void {
    RowObserver.#of.set(target, this)
    const height = target instanceof HTMLElement && target.dataset.index === undefined ? 800 : 200
    queueMicrotask(() => this.tell(target, height))
  }

  unobserve(): void {
    // Rows that have gone don't grow.
  }

  disconnect(): void {
    // Rows that have gone don't grow.
  }
}

const many = Array.from({ length: 40 }, (_, index) => `answer ${String(index)}`)

function thread(items: readonly string[]) {
  return (
    <Thread
      items={items}
      getKey={(item) => item}
      renderItem={(item) => <p>{item}</p>}
      onEscape={() => undefined}
    />
  )
}

/** Runs everything due in a frame: measurements, the view's own scrolling, its events. */
async function frames(count = 6): Promise<void> {
  for (let n = 0; n < count; n++) {
    await act(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())))
  }
}

/** What the browser does when a person scrolls. */
function scrollTo(log: HTMLElement, top: number): void {
  log.scrollTop = top
  fireEvent.scroll(log)
}

/** The last turn grows, as an answer does while it is written. */
async function growLast(log: HTMLElement, height: number): Promise<void> {
  const row = log.querySelector(`[data-index="${String(many.length - 1)}"]`)
  expect(row).not.toBeNull()
  act(() => {
    if (row !== null) RowObserver.grow(row, height)
  })
  await frames()
}

const endOf = (log: HTMLElement): number => log.scrollHeight - log.clientHeight

describe('scrolling', () => {
  beforeEach(() => {
    const before = window.ResizeObserver
    vi.stubGlobal('ResizeObserver', RowObserver)
    return () => {
      vi.stubGlobal('ResizeObserver', before)
    }
  })

  it('is at the end when the turns become visible', () => {
    const seen: number[] = []
    function Watched() {
      useLayoutEffect(() => {
        seen.push(screen.getByRole('log').scrollTop)
      }, [])
      return thread(many)
    }
    render(<Watched />)
    expect(seen).toEqual([40 * 260 + 36 - 800])
  })

  it('stays at the end while turns are measured', async () => {
    render(thread(many))
    const log = screen.getByRole('log')
    await frames()
    expect(log.scrollTop).toBe(endOf(log))
    expect(screen.queryByRole('button', { name: 'Jump to latest' })).toBeNull()
  })

  it('goes to the beginning and stays there, even if Home is pressed early', async () => {
    render(thread(many))
    const log = screen.getByRole('log')
    fireEvent.keyDown(log, { key: 'Home' })
    await frames()
    expect(log.scrollTop).toBe(0)
    expect(screen.getByText('answer 0')).toBeDefined()
  })

  it('does not take Home from a text field', async () => {
    render(
      <Thread
        items={many}
        getKey={(item) => item}
        renderItem={(item) => <input aria-label={item} />}
        onEscape={() => undefined}
      />,
    )
    const log = screen.getByRole('log')
    await frames()
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'answer 39' }), { key: 'Home' })
    await frames()
    expect(log.scrollTop).toBe(endOf(log))
  })

  it.each([
    ['the wheel', (log: HTMLElement) => fireEvent.wheel(log, { deltaY: -20 })],
    ['a finger', (log: HTMLElement) => fireEvent.touchMove(log)],
    ['the scrollbar', (log: HTMLElement) => fireEvent.pointerDown(log)],
    ['a key', (log: HTMLElement) => fireEvent.keyDown(log, { key: 'ArrowUp' })],
  ])('does not follow a growing answer once %s moved it a little', async (_, move) => {
    render(thread(many))
    const log = screen.getByRole('log')
    await frames()
    move(log)
    const top = endOf(log) - 20
    scrollTo(log, top)
    await growLast(log, 500)
    expect(log.scrollTop).toBe(top)
  })

  it('follows again at the end, and with the next question', async () => {
    const { rerender } = render(thread(many))
    const log = screen.getByRole('log')
    await frames()
    fireEvent.wheel(log, { deltaY: -20 })
    scrollTo(log, endOf(log) - 400)
    scrollTo(log, endOf(log))
    await growLast(log, 500)
    expect(log.scrollTop).toBe(endOf(log))
    fireEvent.wheel(log, { deltaY: -20 })
    scrollTo(log, endOf(log) - 400)
    rerender(thread([...many, 'answer 40']))
    await frames()
    expect(log.scrollTop).toBe(endOf(log))
  })
})
