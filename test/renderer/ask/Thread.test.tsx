import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Thread } from '../../../src/renderer/src/features/ask/Thread.tsx'

it('draws only what can be seen of a thousand answers, the last ones first', async () => {
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

it('draws a single short conversation whole', async () => {
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
