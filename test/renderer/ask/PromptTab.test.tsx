import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { PromptTab } from '../../../src/renderer/src/features/ask/PromptTab.tsx'
import { cutPrompt } from '../../../src/renderer/src/features/ask/promptParts.ts'
import { answerOf, scripts } from '../../helpers/fakeAnswers.ts'
import { createFakeLibrary } from '../../helpers/fakeLibrary.ts'

const answer = answerOf(createFakeLibrary(), scripts.roof)

function lit(): string[] {
  return [...document.querySelectorAll('.pk-prompt-part.is-lit')].map((part) => part.textContent)
}

test('pointing at a segment highlights its part of the prompt, and the other way round', async () => {
  const user = userEvent.setup()
  render(<PromptTab answer={answer} />)
  const sources = screen.getByRole('button', { name: /^sources/ })
  expect(lit()).toEqual([])
  await user.hover(sources)
  expect(lit()).toEqual(['[1] leave-policy.pdf, page 2\nUp to five days may be carried over.'])
  await user.unhover(sources)
  expect(lit()).toEqual([])

  await user.hover(screen.getByText('Question: How many days can be carried over?'))
  expect(screen.getByRole('button', { name: /^question/ }).className).toContain('is-lit')
  expect(sources.className).not.toContain('is-lit')
})

test('the keyboard highlights the parts too', async () => {
  const user = userEvent.setup()
  render(<PromptTab answer={answer} />)
  screen.getByRole('button', { name: /^instruction/ }).focus()
  await user.tab()
  await user.tab()
  expect(document.activeElement?.textContent).toMatch(/^sources/)
  expect(lit()[0]).toMatch(/^\[1\]/)
})

test('the line that Quote chose is first and marked, the others are sorted by probability', () => {
  const line = (text: string, probability: number) => ({ text, source: 1, probability })
  render(
    <PromptTab
      answer={{
        ...answer,
        kind: 'quoted',
        sentences: [{ start: 0, end: 3, text: '“B” [1]', support: 'whole', citations: [] }],
        candidates: [line('“A” [1]', 0.1), line('“B” [1]', 0.004), line('“C” [1]', 0.896)],
      }}
    />,
  )
  const list = screen.getByText('What the model could choose from').closest('section')
  const rows = within(list ?? document.body).getAllByRole('listitem')
  expect(rows.map((row) => row.textContent)).toEqual([
    '“B” [1]chosen< 1 %',
    '“C” [1]90 %',
    '“A” [1]10 %',
  ])
})

test('the pieces of a prompt add up to the whole prompt', () => {
  const pieces = cutPrompt('abcdef', [
    { part: 'system', start: 1, end: 2 },
    { part: 'sources', start: 2, end: 5 },
  ])
  expect(pieces.map(({ text, part }) => [text, part])).toEqual([
    ['a', null],
    ['b', 'system'],
    ['cde', 'sources'],
    ['f', null],
  ])
})
