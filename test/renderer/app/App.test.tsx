import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { FileSource, Picked } from '../../../src/renderer/src/api/fileSource.ts'
import { dataCheckWords } from '../../../src/renderer/src/features/settings/dataCheckWords.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { toastStore } from '../../../src/renderer/src/ui/toasts.ts'
import { openWindow, windowOver } from '../../helpers/openWindow.tsx'
import { scripted } from '../../helpers/scripted.ts'
import { createTempDir } from '../../helpers/tempDir.ts'
import type { ImportProgress } from '../../../src/shared/contract/documents.ts'
import { emptyAnswer } from '../../../src/main/chat/sources.ts'

/** A source that returns these files for any drop. */
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
const conversations = ['Roof', 'Leave'].map((title) => ({
  title,
  template: null,
  turns: [
    {
      id: title,
      question: `About ${title}?`,
      completedQuery: null,
      askedAt: '2026-03-03T09:00:00.000Z',
      answer: emptyAnswer,
    },
  ],
}))

it('goes to places by their keys, with Ctrl or with Alt', async () => {
  const { user } = await openWindow()
  await user.keyboard('{Control>}[Digit4]{/Control}')
  expect(place().textContent).toBe('Models')
  await user.keyboard('{Alt>}[Digit3]{/Alt}')
  expect(place().textContent).toBe('Templates')
  await user.keyboard('?')
  expect(await screen.findByRole('dialog', { name: 'Keyboard' })).toBeDefined()
})

it('finds an action in the palette, runs it and gives the focus back on Escape', async () => {
  const { user } = await openWindow()
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
  const { user } = await openWindow()
  await user.type(screen.getByRole('textbox', { name: 'Your question' }), 'why?')
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('opens, renames, deletes and restores conversations', async () => {
  const { user, core } = await openWindow({ conversations })
  await user.click(await screen.findByRole('button', { name: 'Leave' }))
  expect(await screen.findByRole('heading', { name: 'About Leave?' })).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'More about Leave' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
  const title = await screen.findByRole('textbox', { name: 'Title of the conversation' })
  await user.clear(title)
  await user.type(title, 'Holidays{Enter}')
  const titles = async () => (await core.api.chat.list()).map(({ title }) => title)
  await waitFor(async () => expect(await titles()).toContain('Holidays'))
  expect(place().textContent).toBe('Holidays')
  expect(document.activeElement).toBe(await screen.findByRole('button', { name: 'Holidays' }))
  await user.click(await screen.findByRole('button', { name: 'More about Holidays' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  await waitFor(async () => expect(await titles()).toEqual(['Roof']))
  expect(place().textContent).toBe('New conversation')
  const recent = screen.getByRole('region', { name: 'Conversations' })
  await waitFor(() => expect(document.activeElement).toBe(recent))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(async () => expect(await titles()).toContain('Holidays'))
  expect(await screen.findByRole('heading', { name: 'About Leave?' })).toBeDefined()
  act(() => toastStore.setState({ toasts: [] }))
})

it('shows the import at the foot of the rail, with pause and cancel', async () => {
  const none = { total: 0, done: 0, failed: 0, current: null, reading: null, paused: false }
  const progress = scripted<ImportProgress>({ ...none, secondsLeft: null })
  const { user } = await openWindow({
    papers: [],
    overrides: ({ documents }) => ({
      documents: {
        ...documents,
        progress: progress.get,
        progressChanged: progress.listen,
        pause() {
          progress.set({ ...progress.get(), paused: true })
        },
        cancel() {
          progress.set({ ...none, secondsLeft: null })
        },
      },
    }),
  })
  const reading = { document: 'minutes', page: 6, pages: 9 }
  const current = 'minutes.pdf'
  act(() => progress.set({ ...none, total: 128, done: 41, current, reading, secondsLeft: 118 }))
  const job = await screen.findByRole('region', { name: 'Background work' })
  expect(job.textContent).toContain('page 6 of 9 · about 2 min left')
  await user.click(within(job).getByRole('button', { name: 'Pause import' }))
  expect(await within(job).findByText('Import paused')).toBeDefined()
  await user.click(within(job).getByRole('button', { name: 'Cancel import' }))
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Background work' })).toBeNull())
})

it('imports files dropped anywhere into the collection in use', async () => {
  const folder = await createTempDir()
  const items = ['b.txt', 'c.md'].map((name) => ({ path: path.join(folder, name) }))
  for (const { path: file } of items) writeFileSync(file, 'Words.')
  const files = dropping({ items, skipped: 1 })
  const { core, parts } = await openWindow({}, files)
  await waitFor(() => expect(parts.mirror.library.getState().known).toBe(true))
  const collection = core.idOf('collection', 'HR handbook')
  act(() => parts.ask.setScope({ kind: 'collections', ids: [collection] }))
  drag('dragover')
  expect(screen.getByText('Drop to import 2 files into HR handbook')).toBeDefined()
  drag('drop')
  await waitFor(() => expect(core.calls('documents.import')).toMatchObject([{ collection }]))
  expect(await screen.findByText('Importing 2 files. 1 of other kinds left out.')).toBeDefined()
  act(() => toastStore.setState({ toasts: [] }))
})

it('names the formats it reads, before a drop and after a drop without a readable file', async () => {
  const kinds =
    'PDF, Word, PowerPoint, spreadsheets, e-books, web pages, e-mail, Markdown and plain text'
  await openWindow({}, dropping({ items: [], skipped: 2 }))
  expect(await screen.findByText(kinds)).toBeDefined()
  drag('drop')
  const sentence = `Nothing there that Penknife can read. It reads ${kinds}.`
  expect(await screen.findByText(sentence)).toBeDefined()
  act(() => toastStore.setState({ toasts: [] }))
})

it('saves the state of the rail in the settings of the core', async () => {
  const { core, user, view } = await openWindow({ papers: [] })
  await user.click(screen.getByRole('button', { name: 'Narrow the rail' }))
  await waitFor(() =>
    expect(core.calls('settings.update')).toEqual([
      { layout: { railCollapsed: true, inspectors: {} } },
    ]),
  )
  expect(screen.getByRole('button', { name: 'Widen the rail' })).toBeDefined()
  view.unmount()

  windowOver(core)
  expect(await screen.findByRole('button', { name: 'Widen the rail' })).toBeDefined()
})

it('shows a change in every place at once, and reverts it everywhere if it fails', async () => {
  const waiting: (() => void)[] = []
  const { user } = await openWindow({
    papers: [],
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

it('leads from a notice of the start to the check of the data', async () => {
  const notice = 'A list was damaged. No document was deleted.'
  const { user } = await openWindow({
    overrides: ({ settings }) => ({
      settings: {
        ...settings,
        info: async (...given) => ({ ...(await settings.info(...given)), notices: [notice] }),
      },
    }),
  })
  expect(await screen.findByText(notice)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: dataCheckWords.title }))
  const check = await screen.findByRole('button', { name: dataCheckWords.check })
  await waitFor(() => expect(document.activeElement).toBe(check))
})

it('says so when the connection is lost', async () => {
  const { core } = await openWindow()
  await screen.findByText('How many days of leave can be carried over?')
  act(() => core.close())
  expect(await screen.findByRole('alert')).toHaveProperty(
    'textContent',
    expect.stringContaining('Connection lost.'),
  )
  act(() => toastStore.setState({ toasts: [] }))
})
