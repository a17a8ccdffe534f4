import { screen, within } from '@testing-library/react'
import type { Template } from '../../src/shared/domain/template/template.ts'
import { reviewTemplate } from './writtenTemplates.ts'
import { openWindow, type OpenedWindow } from './openWindow.tsx'
import type { WindowCoreOptions } from './windowCore.ts'

export interface OpenedTemplate extends OpenedWindow {
  /** The template as edited in the window. */
  readonly text: () => Template
}

/** Opens the window with one template at a tab. */
export async function openTemplate(
  tab: 'Write' | 'Try' | 'History',
  options: WindowCoreOptions = {},
  template: Template = reviewTemplate,
): Promise<OpenedTemplate> {
  const window = await openWindow({ papers: [], templates: [template], ...options })
  const { user, parts } = window
  await user.click(await screen.findByRole('button', { name: /^Templates/ }))
  const own = await screen.findByRole('region', { name: 'Your templates' })
  await user.click(within(own).getByRole('button', { name: new RegExp(`^${template.name}`, 'u') }))
  await screen.findByRole('textbox', { name: 'Name of the template' })
  if (tab !== 'Write') await user.click(screen.getByRole('tab', { name: tab }))
  return {
    ...window,
    text() {
      const { open } = parts.templates.store.getState()
      if (open === null) throw new Error('No template is open.')
      return open.history.present
    },
  }
}
