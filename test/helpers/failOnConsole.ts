import { afterEach, beforeEach, expect, vi } from 'vitest'

// Unexpected output hides what matters.
const spies = (['log', 'warn', 'error', 'info'] as const).map((level) => vi.spyOn(console, level))

beforeEach(() => {
  for (const spy of spies) spy.mockClear()
})

afterEach(() => {
  for (const spy of spies) expect(spy.mock.calls, `console.${spy.getMockName()}`).toEqual([])
})
