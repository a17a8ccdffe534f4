import { screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, describe, expect, it } from 'vitest'
import { toastStore } from '../../../src/renderer/src/ui/toasts.ts'
import { openTemplate } from '../../helpers/openTemplate.ts'

/** jsdom paints nothing, so that there are no colours to compare. */
const unpainted = { rules: { 'color-contrast': { enabled: false } } }

afterEach(() => toastStore.setState({ toasts: [] }))

async function withTwoVersions() {
  const opened = await openTemplate('Write')
  const { user } = opened
  await user.type(screen.getByRole('textbox', { name: 'Instruction' }), ' Briefly.')
  await user.keyboard('{Control>}s{/Control}')
  await screen.findByText('version 2, saved')
  await user.click(screen.getByRole('tab', { name: 'History' }))
  return opened
}

const comparison = (): HTMLElement => screen.getByRole('region', { name: 'Comparison' })

describe('the history of a template', () => {
  it('shows the last two versions side by side', async () => {
    await withTwoVersions()
    const change = await within(comparison()).findByText('Briefly.')
    expect(change.tagName).toBe('INS')
    expect(within(comparison()).getByRole('columnheader', { name: 'Version 1' })).toBeTruthy()
  })

  it('compares the chosen versions', async () => {
    const { user } = await withTwoVersions()
    await user.click(screen.getByRole('radio', { name: 'Version 2 on the left' }))
    expect(await screen.findByText(/^The same version on both sides/)).toBeTruthy()
  })

  it('restores a version as unsaved changes, which can be undone', async () => {
    const { user, text } = await withTwoVersions()
    await user.click(screen.getByRole('button', { name: 'More about version 1' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Bring back' }))
    await waitFor(() => expect(text().instruction).not.toContain('Briefly'))
    expect(screen.getByText('unsaved changes')).toBeTruthy()
    expect(screen.getByRole('tab', { name: 'Write', selected: true })).toBeTruthy()
    await user.keyboard('{Control>}s{/Control}')
    expect(await screen.findByText('version 3, saved')).toBeTruthy()
  })

  it('names versions', async () => {
    const { user } = await withTwoVersions()
    await user.click(screen.getByRole('button', { name: 'More about version 1' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Name' }))
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Before briefly{Enter}')
    expect(await screen.findByText('Before briefly')).toBeTruthy()
  })

  it('makes a template of a version', async () => {
    const { user, core } = await withTwoVersions()
    await user.click(screen.getByRole('button', { name: 'More about version 1' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Make a template of it' }))
    const name = 'Review to fields, version 1'
    await waitFor(() => expect(core.idOf('template', name)).toBeTruthy())
    const made = await core.api.templates.get({ id: core.idOf('template', name) })
    expect(made.template.instruction).not.toContain('Briefly')
  })

  it('has no axe violations', async () => {
    await withTwoVersions()
    await within(comparison()).findByText('Briefly.')
    expect((await axe.run(document.body, unpainted)).violations).toEqual([])
  })
})
