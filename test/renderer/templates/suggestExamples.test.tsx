import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { withChosen } from '../../../src/renderer/src/features/templates/write/suggestion.ts'
import { toastStore } from '../../../src/renderer/src/ui/toasts.ts'
import type { SuggestItem } from '../../../src/shared/contract/testRuns.ts'
import { reviewTemplate } from '../../helpers/writtenTemplates.ts'
import { openWindow } from '../../helpers/openWindow.tsx'
import { reviewRows } from '../../helpers/reviewRows.ts'

const chosenOn = reviewRows(20).map(({ id }) => id)
/** Rows excluded before anything is suggested. */
const byHand = ['row-1']
const setRows = reviewRows(40).map((row) => ({
  ...row,
  included: byHand.includes(row.id) ? false : null,
}))
const without: SuggestItem = { type: 'without', right: 5, of: 20, rows: chosenOn }
const step: SuggestItem = { type: 'step', step: { id: 'room', right: 15, of: 20 } }

afterEach(() => toastStore.setState({ toasts: [] }))

/** A window in which a suggestion reports these items, then ends or runs until it is stopped. */
async function openSuggestion(items: readonly SuggestItem[], ends = true) {
  const asked: unknown[] = []
  const { user, parts, core } = await openWindow({
    papers: [],
    templates: [reviewTemplate],
    testSets: [{ template: reviewTemplate.name, name: 'Reviews', rows: setRows }],
    overrides: (handlers) => ({
      testRuns: {
        ...handlers.testRuns,
        async *suggestExamples(input, { signal }) {
          asked.push(input)
          yield* items
          if (ends) return
          await new Promise<void>((resolve) => {
            signal.addEventListener('abort', () => resolve())
          })
        },
      },
    }),
  })
  const template = core.idOf('template', reviewTemplate.name)
  const [set] = await core.api.testRuns.testSets({ template })
  const testSet = set?.id ?? ''
  await act(() => parts.templates.open(template))
  act(() => parts.navigation.setState({ place: 'templates' }))
  await user.click(await screen.findByRole('button', { name: 'Suggest a set' }))
  await screen.findByRole('option', { name: 'Reviews, 40 rows' })
  await user.click(screen.getByRole('button', { name: 'Choose' }))
  return {
    user,
    parts,
    asked,
    template,
    testSet,
    examples: () => parts.templates.store.getState().open?.history.present.examples ?? [],
    leftOut: async () => {
      const input = { testSet, template: reviewTemplate, from: 0, count: 100 }
      const { rows } = await core.api.testRuns.rows(input)
      return rows.flatMap(({ row }) => (row.included === false ? [row.id] : []))
    },
  }
}

it('suggests a set with its share and interval; using it is a single undo step', async () => {
  const { user, parts, asked, template, testSet, examples, leftOut } = await openSuggestion([
    { type: 'progress', done: 10, total: 100 },
    without,
    step,
    { type: 'done' },
  ])
  // Wilson's interval of 15 in 20.
  expect(await screen.findByText('75 % (53 % to 89 %)')).toBeDefined()
  expect(screen.getByText(/Without examples 25 %/u)).toBeDefined()
  expect(asked).toEqual([{ template, version: 1, method: 'greedy', testSet, most: 4, rows: 30 }])
  const before = examples()
  expect(await leftOut()).toEqual(byHand)
  await user.click(screen.getByRole('button', { name: 'Use these examples' }))
  await waitFor(() => expect(examples()).toEqual(withChosen(before, ['room'])))
  expect(examples().map(({ id, enabled }) => `${id} ${String(enabled)}`)[0]).toBe('room true')
  expect(await leftOut()).toEqual(chosenOn)
  act(() => parts.templates.undo())
  expect(examples()).toEqual(before)
  await waitFor(async () => expect(await leftOut()).toEqual(byHand))
  act(() => parts.templates.redo())
  await waitFor(async () => expect(await leftOut()).toEqual(chosenOn))
})

it('excludes no row if it is stopped before anything was found', async () => {
  const { user, leftOut } = await openSuggestion([without], false)
  await screen.findByText(/Without examples 25 %/u)
  await user.click(screen.getByRole('button', { name: 'Stop' }))
  await screen.findByText('Stopped before anything was found. Nothing was changed.')
  expect(screen.queryByRole('button', { name: 'Use these examples' })).toBeNull()
  await user.keyboard('{Escape}')
  expect(await leftOut()).toEqual(byHand)
})

it('offers what was found when it is stopped, and excludes rows only if that is used', async () => {
  const { user, examples, leftOut } = await openSuggestion([without, step], false)
  await screen.findByText('75 % (53 % to 89 %)')
  await user.click(screen.getByRole('button', { name: 'Stop' }))
  const use = await screen.findByRole('button', { name: 'Use these examples' })
  expect(await leftOut()).toEqual(byHand)
  await user.click(use)
  await waitFor(() => expect(examples()[0]?.id).toBe('room'))
  expect(await leftOut()).toEqual(chosenOn)
})

it('adds a set drawn from rows as new examples, compared with the template as written', async () => {
  const drawn = reviewTemplate.examples.slice(0, 1).map((one) => ({ ...one, id: 'row-9' }))
  const { user, examples } = await openSuggestion([
    without,
    { type: 'written', right: 8, of: 20 },
    { type: 'set', right: 15, of: 20, examples: drawn },
    { type: 'done' },
  ])
  expect(await screen.findByText(/^With these 75 % \(53 % to 89 %\) are/u)).toBeDefined()
  expect(screen.getByText(/^With the template as it is 40 %/u)).toBeDefined()
  const before = examples()
  await user.click(screen.getByRole('button', { name: 'Use these examples' }))
  await waitFor(() => expect(examples()).toHaveLength(before.length + 1))
  const [first, ...others] = examples()
  expect(first).toMatchObject({ values: drawn[0]?.values, output: drawn[0]?.output, enabled: true })
  expect(others.map(({ id, enabled }) => [id, enabled])).toEqual(
    before.map(({ id }) => [id, false]),
  )
})
