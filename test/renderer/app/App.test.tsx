import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { FileSource, Picked } from '../../../src/renderer/src/api/fileSource.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { toastStore } from '../../../src/renderer/src/ui/toasts.ts'
import { answerOf, scripts, turnOf } from '../../helpers/fakeAnswers.ts'
import { createFakeLibrary } from '../../helpers/fakeLibrary.ts'
import { renderWindow } from '../../helpers/renderWindow.tsx'

/** Files that come with a drop, whatever is dropped. */
function dropping(picked: Picked): FileSource {
  return {
    takeDrop: () => ({ count: 2, toItems: () => Promise.resolve(picked) }),
    takeFiles: () => ({ count: 0, toItems: () => Promise.resolve({ items: [], skipped: 0 }) }),
    pathOf: () => null,
  }
}

/** Drags two files over the window, or drops them. */
function drag(type: 'dragover' | 'drop'): void {
  const event = new Event(type, { bubbles: true, cancelable: true })
  const items = [{ kind: 'file' }, { kind: 'file' }]
  Object.assign(event, { dataTransfer: { types: ['Files'], items, files: [], dropEffect: 'none' } })
  act(() => void window.dispatchEvent(event))
}

const place = (): HTMLElement => screen.getByRole('heading', { level: 1 })
const conversations = ['Leave', 'Roof'].map((title, index) => ({
  version: 1 as const,
  id: title.toLowerCase(),
  title,
  createdAt: '2026-03-03T09:00:00.000Z',
  updatedAt: `2026-03-03T09:0${String(9 - index)}:00.000Z`,
  scope: { kind: 'all' as const },
  answering: null,
  template: null,
  sampling: null,
  turns: [
    turnOf(`${title}-1`, `About ${title}?`, answerOf(createFakeLibrary(), scripts.allowance)),
  ],
}))

it('goes to places by their keys, with Ctrl or with Alt', async () => {
  const { user } = renderWindow()
  await user.keyboard('{Control>}[Digit4]{/Control}')
  expect(place().textContent).toBe('Models')
  await user.keyboard('{Alt>}[Digit3]{/Alt}')
  expect(place().textContent).toBe('Templates')
  await user.keyboard('?')
  expect(await screen.findByRole('dialog', { name: 'Keyboard' })).toBeDefined()
})

it('finds an action in the palette, runs it and gives the focus back on Escape', async () => {
  const { user } = renderWindow()
  const field = screen.getByRole('textbox', { name: 'Your question' })
  await user.click(field)
  await user.keyboard('{Control>}k{/Control}')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement).toBe(field))
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await screen.findByRole('combobox'), 'models{Enter}')
  await waitFor(() => expect(place().textContent).toBe('Models'))
  await waitFor(() => expect(document.activeElement).toBe(place()))
  await user.keyboard('{Alt>}[Digit1]{/Alt}')
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Your question' })),
  )
})

it('does not take a question mark in the field for a shortcut', async () => {
  const { user } = renderWindow()
  await user.type(screen.getByRole('textbox', { name: 'Your question' }), 'why?')
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('opens, renames and deletes conversations, and brings them back', async () => {
  const { user, core } = renderWindow({ conversations })
  await user.click(await screen.findByRole('button', { name: 'Leave' }))
  expect(await screen.findByRole('heading', { name: 'About Leave?' })).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'More about Leave' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
  const title = await screen.findByRole('textbox', { name: 'Title of the conversation' })
  await user.clear(title)
  await user.type(title, 'Holidays{Enter}')
  await waitFor(() => expect(core.conversations.get('leave')?.title).toBe('Holidays'))
  expect(place().textContent).toBe('Holidays')
  expect(document.activeElement).toBe(await screen.findByRole('button', { name: 'Holidays' }))
  await user.click(await screen.findByRole('button', { name: 'More about Holidays' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  await waitFor(() => expect(core.conversations.has('leave')).toBe(false))
  expect(place().textContent).toBe('New conversation')
  const recent = screen.getByRole('region', { name: 'Conversations' })
  await waitFor(() => expect(document.activeElement).toBe(recent))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(core.conversations.has('leave')).toBe(true))
  expect(await screen.findByRole('heading', { name: 'About Leave?' })).toBeDefined()
  act(() => toastStore.setState({ toasts: [] }))
})

it('shows the import at the foot of the rail, with pause and cancel', async () => {
  const { user, core } = renderWindow()
  const reading = { document: 'minutes', page: 6, pages: 9 }
  const current = 'minutes.pdf'
  act(() => core.setProgress({ total: 128, done: 41, current, reading, secondsLeft: 118 }))
  const job = await screen.findByRole('region', { name: 'Background work' })
  expect(job.textContent).toContain('page 6 of 9 · about 2 min left')
  await user.click(within(job).getByRole('button', { name: 'Pause import' }))
  expect(await within(job).findByText('Import paused')).toBeDefined()
  await user.click(within(job).getByRole('button', { name: 'Cancel import' }))
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Background work' })).toBeNull())
})

it('imports what is dropped anywhere into the collection that is asked', async () => {
  const files = dropping({ items: [{ path: '/a/b.txt' }, { path: '/a/c.md' }], skipped: 1 })
  const { core, parts } = renderWindow({}, files)
  await waitFor(() => expect(parts.mirror.library.getState().known).toBe(true))
  act(() => parts.ask.setScope({ kind: 'collections', ids: ['hr'] }))
  drag('dragover')
  expect(screen.getByText('Drop to import 2 files into HR handbook')).toBeDefined()
  drag('drop')
  await waitFor(() => expect(core.imports[0]?.collection).toBe('hr'))
  expect(await screen.findByText('Importing 2 files. 1 of other kinds left out.')).toBeDefined()
  act(() => toastStore.setState({ toasts: [] }))
})

it('names the kinds it reads, before a drop and after one of which it reads nothing', async () => {
  const kinds = 'PDF, Word, spreadsheets, web pages, Markdown and plain text'
  renderWindow({}, dropping({ items: [], skipped: 2 }))
  expect(await screen.findByText(kinds)).toBeDefined()
  drag('drop')
  const sentence = `Nothing there that Penknife can read. It reads ${kinds}.`
  expect(await screen.findByText(sentence)).toBeDefined()
  act(() => toastStore.setState({ toasts: [] }))
})

it('remembers the rail between starts, in the settings of the core', async () => {
  const patches: unknown[] = []
  const { user, view } = renderWindow({
    overrides: ({ settings }) => ({
      settings: {
        ...settings,
        update(patch, context) {
          patches.push(patch)
          return settings.update(patch, context)
        },
      },
    }),
  })
  await user.click(screen.getByRole('button', { name: 'Narrow the rail' }))
  await waitFor(() =>
    expect(patches).toEqual([{ layout: { railCollapsed: true, inspectors: {} } }]),
  )
  expect(screen.getByRole('button', { name: 'Widen the rail' })).toBeDefined()
  view.unmount()

  renderWindow({ settings: { layout: { railCollapsed: true, inspectors: { ask: 512 } } } })
  expect(await screen.findByRole('button', { name: 'Widen the rail' })).toBeDefined()
})

it('shows one write in every place at once, and takes it back from all when it fails', async () => {
  const waiting: (() => void)[] = []
  const { user } = renderWindow({
    conversations,
    overrides: ({ chat }) => ({
      chat: {
        ...chat,
        async rename() {
          await new Promise<void>((resolve) => waiting.push(resolve))
          throw new AppError('disk-full', 'The disk is full. Free some space and try again.')
        },
      },
    }),
  })
  await user.click(await screen.findByRole('button', { name: 'Leave' }))
  await screen.findByRole('heading', { name: 'About Leave?' })
  await user.click(screen.getByRole('button', { name: 'More about Leave' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
  const title = await screen.findByRole('textbox', { name: 'Title of the conversation' })
  await user.clear(title)
  await user.type(title, 'Holidays{Enter}')
  expect(place().textContent).toBe('Holidays')
  expect(screen.getByRole('button', { name: 'Holidays' })).toBeDefined()
  await waitFor(() => expect(waiting).toHaveLength(1))
  act(() => waiting[0]?.())
  expect(await screen.findByText(/The disk is full/)).toBeDefined()
  expect(place().textContent).toBe('Leave')
  expect(screen.getByRole('button', { name: 'Leave' })).toBeDefined()
  act(() => toastStore.setState({ toasts: [] }))
})

it('says so when the connection is lost', async () => {
  const { core } = renderWindow()
  await screen.findByText('How many days of leave can be carried over?')
  act(() => core.close())
  expect(await screen.findByRole('alert')).toHaveProperty(
    'textContent',
    expect.stringContaining('Connection lost.'),
  )
  act(() => toastStore.setState({ toasts: [] }))
})
