import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { toastStore } from '../../../src/renderer/src/ui/toasts.ts'
import { reviewTemplate } from '../../helpers/writtenTemplates.ts'
import { openWindow } from '../../helpers/openWindow.tsx'
import type { WindowCoreOptions } from '../../helpers/windowCore.ts'

/** jsdom paints nothing, so that there are no colours to compare. */
const unpainted = { rules: { 'color-contrast': { enabled: false } } }

afterEach(() => toastStore.setState({ toasts: [] }))

const withReview: WindowCoreOptions = { papers: [], templates: [reviewTemplate] }

async function openTemplates(options: WindowCoreOptions = withReview) {
  const window = await openWindow(options)
  await window.user.click(await screen.findByRole('button', { name: /^Templates/ }))
  await screen.findByRole('heading', { name: 'Templates' })
  return window
}

async function openReview(options: WindowCoreOptions = withReview) {
  const window = await openTemplates(options)
  const own = await screen.findByRole('region', { name: 'Your templates' })
  await window.user.click(within(own).getByRole('button', { name: /^Review to fields/ }))
  const name = await screen.findByRole('textbox', { name: 'Name of the template' })
  return { ...window, name }
}

describe('the list of templates', () => {
  it('makes a template of a starter and opens it, not saved yet', async () => {
    const { user, core } = await openTemplates({ papers: [] })
    await user.click(await screen.findByRole('button', { name: /^Intent of a message/ }))
    const name = await screen.findByRole('textbox', { name: 'Name of the template' })
    expect((name as HTMLInputElement).value).toBe('Intent of a message')
    expect(screen.getByText('not saved yet')).toBeTruthy()
    const id = core.idOf('template', 'Intent of a message')
    expect((await core.api.templates.get({ id })).template.format.kind).toBe('label')
  })

  it('deletes at once and restores with Undo', async () => {
    const { user } = await openTemplates()
    const own = await screen.findByRole('region', { name: 'Your templates' })
    await user.click(within(own).getByRole('button', { name: 'More about Review to fields' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Your templates' })).toBeNull())
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByRole('region', { name: 'Your templates' })).toBeTruthy()
  })

  it('imports a configuration of promptfoo, and names what isn’t taken over', async () => {
    const { user, core } = await openTemplates({ papers: [] })
    const chosen = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (
      this: HTMLInputElement,
    ) {
      const text =
        'prompts: ["Is {{text}} good?"]\noutputPath: x.json\ntests: [{vars: {text: a}}]\n'
      fireEvent.change(this, { target: { files: [new File([text], 'config.yaml')] } })
    })
    await user.click(screen.getByRole('button', { name: /Import/ }))
    chosen.mockRestore()
    const dialog = await screen.findByRole('dialog', { name: 'config.yaml imported' })
    expect(within(dialog).getByText('Not taken over: “outputPath”.')).toBeTruthy()
    await user.click(within(dialog).getByRole('button', { name: 'Done' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    const id = core.idOf('template', 'config.yaml')
    expect(await core.api.testRuns.testSets({ template: id })).toMatchObject([{ rows: 1 }])
  })

  it('says why the list cannot be shown, and retries', async () => {
    let fails = true
    const { user } = await openTemplates({
      ...withReview,
      overrides: (handlers) => ({
        templates: {
          ...handlers.templates,
          list(input, context) {
            if (fails) throw new Error('broken')
            return handlers.templates.list(input, context)
          },
        },
      }),
    })
    expect(await screen.findByText('The templates cannot be shown')).toBeTruthy()
    fails = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('region', { name: 'Your templates' })).toBeTruthy()
  })

  it('has no axe violations', async () => {
    await openTemplates()
    await screen.findByRole('region', { name: 'Your templates' })
    expect((await axe.run(document.body, unpainted)).violations).toEqual([])
  })
})

describe('an open template', () => {
  it('keeps a draft of changes, and saves them as a version with Ctrl+S', async () => {
    const { user, core, name } = await openReview()
    expect(screen.getByText('version 1, saved')).toBeTruthy()
    await user.type(name, '!')
    expect(screen.getByText('unsaved changes')).toBeTruthy()
    await waitFor(() =>
      expect(core.calls('templates.keepDraft').at(-1)).toMatchObject({
        template: { name: 'Review to fields!' },
      }),
    )

    await user.keyboard('{Control>}s{/Control}')
    expect(await screen.findByText('version 2, saved')).toBeTruthy()
    expect(core.idOf('template', 'Review to fields!')).toBeTruthy()
  })

  it('undoes and redoes, back to the saved text', async () => {
    const { user, name } = await openReview()
    await user.type(name, '!?')
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect((name as HTMLInputElement).value).toBe('Review to fields')
    expect(screen.getByText('version 1, saved')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Redo' }))
    expect((name as HTMLInputElement).value).toBe('Review to fields!?')
  })

  it('saves a pending draft when the template is closed', async () => {
    const { user, core, name } = await openReview()
    await user.type(name, '!')
    await user.click(screen.getByRole('button', { name: 'All templates' }))
    await waitFor(() => expect(core.calls('templates.keepDraft')).toHaveLength(1))
    expect(await screen.findByText('unsaved changes')).toBeTruthy()
  })

  it('always has a name', async () => {
    const { user, core, name } = await openReview()
    await user.clear(name)
    fireEvent.blur(name)
    expect((name as HTMLInputElement).value).toBe('Review to fields')
    expect(core.calls('templates.keepDraft')).toEqual([])
  })

  it('closes when it is deleted', async () => {
    const { user } = await openReview()
    await user.click(screen.getByRole('button', { name: 'More about this template' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    expect(await screen.findByRole('heading', { name: 'Templates' })).toBeTruthy()
  })

  it('switches tabs by the palette', async () => {
    const { user } = await openReview()
    await user.keyboard('{Control>}k{/Control}')
    await user.click(await screen.findByRole('option', { name: /^History/ }))
    expect(screen.getByRole('tab', { name: 'History', selected: true })).toBeTruthy()
  })
})
