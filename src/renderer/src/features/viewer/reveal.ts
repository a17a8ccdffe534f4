/** The attribute of elements that can be revealed, both in drawn pages and in text. */
export const revealAttribute = 'data-reveal'

/** Frames to wait for the target to be rendered and for heights to settle. */
const mostFrames = 40
const steadyFrames = 4

/**
 * Scrolls an element of a virtualised list to the middle. Heights are only known once items are
 * rendered, so the position is corrected until it is stable or the user scrolls.
 *
 * @param approach scrolls near the target, so that it is rendered.
 * @returns a function that cancels it.
 */
export function reveal(scroller: HTMLElement, key: string, approach: () => void): () => void {
  let frames = 0
  let steady = 0
  let frame = 0
  const stop = (): void => {
    cancelAnimationFrame(frame)
    for (const event of readerEvents) scroller.removeEventListener(event, stop)
  }
  const step = (): void => {
    frames += 1
    const element = scroller.querySelector(`[${revealAttribute}="${key}"]`)
    if (element === null) approach()
    else if (centre(scroller, element)) steady += 1
    else steady = 0
    if (frames < mostFrames && steady < steadyFrames) frame = requestAnimationFrame(step)
    else stop()
  }
  for (const event of readerEvents) scroller.addEventListener(event, stop, { passive: true })
  approach()
  frame = requestAnimationFrame(step)
  return stop
}

const readerEvents = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const

/** Scrolls an element to the middle; one that is too tall starts near the top. */
function centre(scroller: HTMLElement, element: Element): boolean {
  const view = scroller.getBoundingClientRect()
  const box = element.getBoundingClientRect()
  const room = view.height - box.height
  const down = box.top - view.top - Math.max(24, room / 2)
  // Horizontally only as far as necessary, so that visible lines don't move.
  const past = Math.min(box.right - view.right + 24, box.left - view.left - 24)
  const right = box.left < view.left ? box.left - view.left - 24 : Math.max(0, past)
  const before = { top: scroller.scrollTop, left: scroller.scrollLeft }
  if (Math.abs(down) > 1) scroller.scrollTop += down
  if (Math.abs(right) > 1) scroller.scrollLeft += right
  return (
    Math.abs(scroller.scrollTop - before.top) < 1 && Math.abs(scroller.scrollLeft - before.left) < 1
  )
}
