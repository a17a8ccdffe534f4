import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// What jsdom lacks because it has no layout. Every element has the size 1280 × 800, so
// that virtual lists have room for rows.
const size = { width: 1280, height: 800 }

class FixedResizeObserver implements ResizeObserver {
  readonly #callback: ResizeObserverCallback

  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback
  }

  observe(target: Element): void {
    const box = { inlineSize: size.width, blockSize: size.height }
    const entry: ResizeObserverEntry = {
      target,
      contentRect: target.getBoundingClientRect(),
      borderBoxSize: [box],
      contentBoxSize: [box],
      devicePixelContentBoxSize: [box],
    }
    queueMicrotask(() => this.#callback([entry], this))
  }

  unobserve(): void {
    // Nothing is watched.
  }

  disconnect(): void {
    // Nothing is watched.
  }
}

function measured(this: HTMLElement): number {
  // Measured rows have a realistic height; a row as tall as the window would hide all others.
  return this.dataset.index === undefined ? size.height : 120
}

Object.defineProperties(HTMLElement.prototype, {
  offsetWidth: { configurable: true, get: () => size.width },
  offsetHeight: { configurable: true, get: measured },
  clientWidth: { configurable: true, get: () => size.width },
  clientHeight: { configurable: true, get: measured },
  scrollHeight: {
    configurable: true,
    // The only child of a virtual list is as high as all its rows together.
    get(this: HTMLElement) {
      const child = this.firstElementChild
      const height = child instanceof HTMLElement ? Number.parseFloat(child.style.height) : 0
      return Math.max(size.height, Number.isNaN(height) ? 0 : height)
    },
  },
})

vi.stubGlobal('ResizeObserver', FixedResizeObserver)
vi.stubGlobal('CSS', { escape: (text: string) => text.replace(/[^\w-]/gu, '\\$&') })
window.matchMedia = (query) =>
  Object.assign(new EventTarget(), {
    matches: matches(query),
    media: query,
    onchange: null,
  }) as MediaQueryList
Element.prototype.scrollTo = function (this: Element, to?: ScrollToOptions | number) {
  if (typeof to !== 'object') return
  this.scrollTop = to.top ?? this.scrollTop
  // As in a browser, where the event comes with the next frame.
  requestAnimationFrame(() => this.dispatchEvent(new Event('scroll')))
}
// Everything is at one point, where every click is: the border between two panels must be
// elsewhere, or it takes all clicks for the beginning of a resize.
Element.prototype.getBoundingClientRect = function (this: Element) {
  const at = this.matches('[data-panel], [data-separator]') ? -9000 : 0
  const rect = { x: at, y: 0, width: 0, height: 0, left: at, right: at, top: 0, bottom: 0 }
  return { ...rect, toJSON: () => rect }
}
Element.prototype.scrollIntoView = () => undefined
Element.prototype.hasPointerCapture = () => false
Element.prototype.releasePointerCapture = () => undefined

/** Widths only: the light theme, motion allowed. */
function matches(query: string): boolean {
  const most = /max-width:\s*(\d+)px/u.exec(query)?.[1]
  const least = /min-width:\s*(\d+)px/u.exec(query)?.[1]
  if (most !== undefined) return size.width <= Number(most)
  return least !== undefined && size.width >= Number(least)
}

// Machines can be slow, and a test that waits for something is not a test of speed. The printed
// document is left out of errors: it takes longer to print than the whole test.
vi.setConfig({ testTimeout: 120_000 })
configure({
  asyncUtilTimeout: 30_000,
  getElementError: (message) => new Error(message ?? 'Nothing was found.'),
})

afterEach(() => {
  cleanup()
})
