import type { Locator } from 'playwright-core'

/** An element as the browser has it. */
export interface ShownText {
  readonly html: string
  /** Its text as the browser lays it out, without what a style hides. */
  readonly visible: string
  readonly whole: string
  /** What the style sheet draws before items of lists that have a number or sign of their own. */
  readonly drawn: readonly string[]
}

/** Items of a virtualised list by their index: the elements in them that were to be read. */
export type ReadItems = ReadonlyMap<number, readonly ShownText[]>

/**
 * Scrolls a virtualised list from its beginning to its end, and reads each item once.
 *
 * @param of selects the elements to read in each item.
 * @param numbered the attribute with an item's index.
 */
export async function readItems(
  scroller: Locator,
  of: string,
  numbered = 'data-index',
): Promise<ReadItems> {
  const read = new Map<number, readonly ShownText[]>()
  await scroller.evaluate((element) => element.scrollTo({ top: 0, behavior: 'instant' }))
  for (;;) {
    const { items, isEnd } = await readStep(scroller, { of, numbered, known: [...read.keys()] })
    for (const [index, shown] of items) read.set(index, shown)
    if (isEnd) return read
  }
}

/** Reads the items in view that are not known, and scrolls on. */
function readStep(
  scroller: Locator,
  reading: { readonly of: string; readonly numbered: string; readonly known: readonly number[] },
): Promise<{ readonly items: [number, ShownText[]][]; readonly isEnd: boolean }> {
  return scroller.evaluate(async (element, { of, numbered, known }) => {
    // In the first frame the list draws what has come into view, in the second it is measured.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame)
    const seen = new Set(known)
    const items: [number, ShownText[]][] = []
    for (const item of element.querySelectorAll<HTMLElement>(`[${numbered}]`)) {
      const index = Number(item.getAttribute(numbered))
      if (seen.has(index)) continue
      const elements = [...item.querySelectorAll<HTMLElement>(of)]
      const shown = elements.map((one) => ({
        html: one.innerHTML,
        visible: one.innerText,
        whole: one.textContent,
        drawn: [...one.querySelectorAll('li[data-mark]')].map(
          (li) => getComputedStyle(li, '::marker').content,
        ),
      }))
      items.push([index, shown])
    }
    const before = element.scrollTop
    element.scrollBy({ top: element.clientHeight * 0.8, behavior: 'instant' })
    return { items, isEnd: element.scrollTop === before }
  }, reading)
}
