import { act, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { withChosen } from '../../../src/renderer/src/features/templates/write/suggestion.ts'
import type { SuggestItem } from '../../../src/shared/contract/testRuns.ts'
import { reviewTemplate } from '../../helpers/fakeTemplates.ts'
import { reviewRows } from '../../helpers/fakeTestRows.ts'
import { renderWindow } from '../../helpers/renderWindow.tsx'

async function* items(): AsyncGenerator<SuggestItem> {
  await Promise.resolve()
  const step = { id: 'room', right: 15, of: 20 }
  yield { type: 'progress', done: 10, total: 100 }
  yield { type: 'step', step }
  const rows = Array.from({ length: 20 }, (_, index) => String(index))
  yield { type: 'done', ids: ['room'], before: { right: 5, of: 20 }, steps: [step], rows }
}

it('suggests a set with its share and interval; using it is one step that can be undone', async () => {
  const asked: unknown[] = []
  const { user, parts } = renderWindow({
    templates: { templates: [{ id: 'review', template: reviewTemplate }] },
    testRuns: {
      testSets: [{ id: 'reviews', template: 'review', name: 'Reviews', rows: reviewRows(40) }],
    },
    overrides: (handlers) => ({
      testRuns: {
        ...handlers.testRuns,
        suggestExamples(input) {
          asked.push(input)
          return items()
        },
      },
    }),
  })
  await act(() => parts.templates.open('review'))
  act(() => parts.navigation.setState({ place: 'templates' }))
  await user.click(await screen.findByRole('button', { name: 'Suggest a set' }))
  await screen.findByRole('option', { name: 'Reviews, 40 rows' })
  expect(screen.getByText(/are left out of the test set from then on/u)).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Choose' }))
  // Wilson's interval of 15 in 20.
  expect(await screen.findByText('75 % (53 % to 89 %)')).toBeDefined()
  expect(screen.getByText(/Without examples 25 %/u)).toBeDefined()
  expect(asked).toEqual([{ template: 'review', version: 1, testSet: 'reviews', most: 4, rows: 30 }])
  const examples = () => parts.templates.store.getState().open?.history.present.examples ?? []
  const before = examples()
  await user.click(screen.getByRole('button', { name: 'Use these examples' }))
  await waitFor(() => expect(examples()).toEqual(withChosen(before, ['room'])))
  expect(examples().map(({ id, enabled }) => `${id} ${String(enabled)}`)[0]).toBe('room true')
  act(() => parts.templates.undo())
  expect(examples()).toEqual(before)
})
