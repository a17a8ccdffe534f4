import { vi } from 'vitest'

/**
 * jsdom lays nothing out, and a virtual list that has no height shows no rows. Gives every element
 * the inner size of a small window.
 */
export function giveLayout({ width = 800, height = 600 } = {}): void {
  for (const [name, value] of Object.entries({ clientWidth: width, clientHeight: height })) {
    vi.spyOn(HTMLElement.prototype, name as 'clientWidth', 'get').mockReturnValue(value)
  }
}
