import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, describe, expect, it } from 'vitest'
import { toastStore } from '../../../src/renderer/src/ui/toasts.ts'
import { createFakeLlm, pauseAfter } from '../../helpers/fakeLlm.ts'
import { openTemplate } from '../../helpers/openTemplate.ts'

/** jsdom paints nothing, so that there are no colours to compare. */
const unpainted = { rules: { 'color-contrast': { enabled: false } } }
const bakery = '{"sentiment": "positive", "business_type": "bakery"}'

afterEach(() => toastStore.setState({ toasts: [] }))

const answers = (): HTMLElement => screen.getByRole('region', { name: 'Answers' })
const answered = (name = 'Answer') => within(answers()).findByRole('article', { name })

function type(name: string, value: string): void {
  fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } })
}

describe('trying a template', () => {
  it('shows the answer and its three verdicts, and adds it as an example', async () => {
    const { user, core, text } = await openTemplate('Try', { llm: createFakeLlm(bakery) })
    type('Input', 'The bread was still warm.')
    type('Expected answer', bakery)
    screen.getByRole('textbox', { name: 'Expected answer' }).focus()
    await user.keyboard('{Control>}{Enter}{/Control}')
    const card = await answered()
    expect(await within(card).findByText('Right')).toBeTruthy()
    expect(within(card).getByText('Valid format')).toBeTruthy()
    expect(within(card).getByText('Fields as defined')).toBeTruthy()
    expect(core.calls('templates.try')).toMatchObject([
      { rows: [{ values: { INPUT: 'The bread was still warm.' }, expected: bakery }] },
    ])

    await user.click(within(card).getByRole('button', { name: 'Add as an example' }))
    await waitFor(() => expect(text().examples).toHaveLength(6))
    expect(text().examples.at(-1)).toMatchObject({
      values: { INPUT: 'The bread was still warm.' },
      output: bakery,
    })
    const toast = screen.getByText('Added as the last example.').closest<HTMLElement>('.pk-toast')
    if (toast === null) throw new Error('Nothing was said.')
    await user.click(within(toast).getByRole('button', { name: 'Undo' }))
    expect(text().examples).toHaveLength(5)
  })

  it('shows the problems of a reply in place, and lists its repairs', async () => {
    const { user, text } = await openTemplate('Try', {
      llm: createFakeLlm('Sure! {"sentiment": "angry", "business_type": "x",}'),
    })
    type('Input', 'anything')
    await user.click(screen.getByRole('button', { name: 'Run' }))
    const card = await answered()
    expect((await within(card).findByText('"angry"')).tagName).toBe('MARK')
    expect(within(card).getByText('Valid after repair')).toBeTruthy()
    expect(within(card).getByText('Outside the format')).toBeTruthy()
    expect(within(card).getByText(/a comma too many was left out/)).toBeTruthy()
    expect(within(card).getByText(/“angry” is none of the labels/)).toBeTruthy()
    expect(text().examples).toHaveLength(5)
  })

  it('answers several inputs, each several times, and counts the different answers', async () => {
    const times = new Map<string, number>()
    const llm = createFakeLlm(({ user }) => {
      const time = (times.get(user) ?? 0) + 1
      times.set(user, time)
      return time === 3 ? bakery.replace('positive', 'mixed') : bakery
    })
    const { user, core } = await openTemplate('Try', { llm })
    await user.click(screen.getByRole('radio', { name: 'Several' }))
    type('Inputs', `First\t${bakery}\nSecond`)
    await user.clear(screen.getByRole('textbox', { name: 'Times' }))
    await user.type(screen.getByRole('textbox', { name: 'Times' }), '3{Enter}')
    await user.click(screen.getByRole('button', { name: 'Run' }))
    expect(await screen.findByText('2 different answers in 3 times: Second')).toBeTruthy()
    expect(await screen.findByText(/^6 answers: 6 valid format/u)).toBeTruthy()
    expect(core.calls('templates.try')).toMatchObject([
      { rows: [{ expected: bakery }, { expected: null }], repeats: 3 },
    ])
    const table = screen.getByRole('table', { name: /^2 different answers in 3 times: First/u })
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map((row) => row.textContent),
    ).toEqual([`${bakery}2right`, `${bakery.replace('positive', 'mixed')}1wrong`])
  })

  it('stops, and keeps the text written so far', async () => {
    const { user } = await openTemplate('Try', {
      llm: createFakeLlm('one two three four five six seven eight', pauseAfter(2)),
    })
    type('Input', 'anything')
    await user.click(screen.getByRole('button', { name: 'Run' }))
    const card = await answered()
    await within(card).findByText(/one two/)
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    expect(await screen.findByRole('button', { name: 'Run' })).toBeTruthy()
    expect(within(card).getByText(/one two/).textContent).not.toContain('eight')
  })

  it('says why nothing was answered if no row was begun', async () => {
    const { user } = await openTemplate('Try', {
      overrides: (handlers) => ({
        templates: {
          ...handlers.templates,
          // eslint-disable-next-line @typescript-eslint/require-await -- a stream whose items are all there
          async *try() {
            yield { type: 'failed', index: 0, message: 'There is no model. Choose one.' }
          },
        },
      }),
    })
    type('Input', 'anything')
    await user.click(screen.getByRole('button', { name: 'Run' }))
    expect(await within(answers()).findByText('There is no model. Choose one.')).toBeTruthy()
  })

  it('does not run a prompt that is too long', async () => {
    const { user, core } = await openTemplate('Try', { contextSize: 120 })
    type('Input', 'anything')
    expect(await screen.findByText(/but this model reads 120 in all/)).toBeTruthy()
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(core.calls('templates.try')).toEqual([])
  })

  it('continues while another place is shown', async () => {
    const { user } = await openTemplate('Try', { llm: createFakeLlm(bakery) })
    type('Input', 'The bread was still warm.')
    await user.click(screen.getByRole('button', { name: 'Run' }))
    await user.click(screen.getByRole('button', { name: /^Library/ }))
    await user.click(screen.getByRole('button', { name: /^Templates/ }))
    expect(await within(await answered()).findByText('Valid format')).toBeTruthy()
  })

  it('has no axe violations', async () => {
    const { user } = await openTemplate('Try', { llm: createFakeLlm(bakery) })
    type('Input', 'The bread was still warm.')
    await user.click(screen.getByRole('button', { name: 'Run' }))
    await user.click(await within(await answered()).findByRole('button', { name: /details$/u }))
    expect((await axe.run(document.body, unpainted)).violations).toEqual([])
  })
})
