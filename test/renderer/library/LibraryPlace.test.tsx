import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useStore } from 'zustand'
import { LibraryPlace } from '../../../src/renderer/src/features/library/LibraryPlace.tsx'
import { useMirrored } from '../../../src/renderer/src/mirror/useMirrored.ts'
import { toastStore } from '../../../src/renderer/src/ui/toasts.ts'
import { Toasts } from '../../../src/renderer/src/ui/Toasts.tsx'
import { TooltipProvider } from '../../../src/renderer/src/ui/Tooltip.tsx'
import { appContract } from '../../../src/shared/contract/index.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import type { ImportProgress } from '../../../src/shared/contract/documents.ts'
import { leftOutWords } from '../../../src/shared/domain/leftOut.ts'
import type { LibraryDocument } from '../../../src/shared/domain/libraryDocument.ts'
import { row } from '../../helpers/fakeLibrary.ts'
import { openCore } from '../../helpers/openWindow.tsx'
import { scripted } from '../../helpers/scripted.ts'
import { createTempDir } from '../../helpers/tempDir.ts'
import type { WindowCoreOptions } from '../../helpers/windowCore.ts'
import { openMirror } from '../../helpers/openMirror.ts'
import { giveLayout } from './giveLayout.ts'

/** jsdom paints nothing, so that there are no colours to compare. */
const unpainted = { rules: { 'color-contrast': { enabled: false } } }

beforeEach(() => giveLayout())
afterEach(() => {
  toastStore.setState({ toasts: [] })
  vi.restoreAllMocks()
})

async function openLibrary(options: WindowCoreOptions = {}) {
  const core = await openCore(options)
  const api = createClient(appContract, core.transport, { checkOutputs: true })
  const info = await api.settings.info()
  const calls = { importFiles: vi.fn(), onAsk: vi.fn(), onOpenDocument: vi.fn() }
  const mirror = openMirror(api)
  function Shown() {
    const library = useStore(mirror.library)
    const { reading } = useMirrored(mirror.progress)
    return <LibraryPlace api={api} info={info} library={library} reading={reading} {...calls} />
  }
  const view = render(
    <TooltipProvider>
      <main>
        <Shown />
      </main>
      <Toasts />
    </TooltipProvider>,
  )
  const user = userEvent.setup()
  const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Documents' })
  const rowOf = (name: string): HTMLElement => {
    const found = within(grid()).getByText(name).closest<HTMLElement>('[role=row]')
    if (found === null) throw new Error(`There is no row for ${name}.`)
    return found
  }
  const selected = (): readonly (string | null | undefined)[] =>
    within(grid())
      .queryAllByRole('row', { selected: true })
      .map((one) => one.querySelector('.is-name')?.textContent)
  return { core, app: core.app, user, view, grid, rowOf, selected, ...calls }
}

type Overrides = NonNullable<WindowCoreOptions['overrides']>

/** Documents that would take long to import, added to those of the core. */
const withRows =
  (rows: readonly LibraryDocument[]): Overrides =>
  ({ documents }) => ({
    documents: {
      ...documents,
      async list(input, context) {
        const real = await documents.list(input, context)
        return { ...real, documents: [...real.documents, ...rows] }
      },
    },
  })

const survey = row('roof-survey', 'scan-roof-survey.pdf', 'pdf', null, {
  pages: 31,
  chunks: 64,
  state: 'partly-read',
  unreadPages: [3, 4, 17, 18],
  reason: { code: 'document-empty', message: 'Pages 3, 4, 17 and 18 hold pictures of text.' },
})
const contract = row('contract', 'contract-2019.pdf', 'pdf', null, {
  state: 'failed',
  contentId: null,
  pages: 0,
  chunks: 0,
  reason: {
    code: 'document-encrypted',
    message: 'This PDF is locked with a password. Save a copy without one and import that.',
  },
})
const minutes = row('minutes', 'minutes.eml', 'eml', null, {
  leftOut: [{ what: 'attachment', count: 2 }],
})
const withTroubles = { overrides: withRows([survey, contract]) }

describe('the library', () => {
  it('counts its documents and shows the details of the selection', async () => {
    const { app, user, rowOf } = await openLibrary(withTroubles)
    await screen.findByText('contract-2019.pdf')
    const passages = app.library.list().documents.reduce((sum, { chunks }) => sum + chunks, 64)
    expect(screen.getByText(`7 documents · ${String(passages)} passages`)).toBeTruthy()

    await user.click(rowOf('contract-2019.pdf'))
    const details = screen.getByRole('complementary', { name: 'Details' })
    expect(within(details).getByText('Needs a password')).toBeTruthy()
    expect(within(details).getByText(/Save a copy without one/)).toBeTruthy()
    expect(within(details).queryByRole('button', { name: 'Open' })).toBeNull()

    await user.click(rowOf('scan-roof-survey.pdf'))
    expect(within(details).getByText('27 of 31')).toBeTruthy()
  })

  it('tells in the row and the details of a document what was not read', async () => {
    const { user, rowOf } = await openLibrary({ overrides: withRows([minutes]) })
    await screen.findByText('minutes.eml')
    const note = leftOutWords(minutes.leftOut)
    expect(within(rowOf('minutes.eml')).getByTitle(note)).toBeTruthy()
    await user.click(rowOf('minutes.eml'))
    const details = screen.getByRole('complementary', { name: 'Details' })
    expect(within(details).getByText(note)).toBeTruthy()
  })

  it('shows the language of a document, corrects it, and takes that back', async () => {
    const { core, user, rowOf } = await openLibrary()
    const [paper] = core.app.library.list().documents
    const { id, name } = paper ?? { id: '', name: '' }
    await screen.findByText(name)
    await user.click(rowOf(name))
    await user.click(await screen.findByRole('button', { name: 'Language: English' }))
    await user.keyboard('ital')
    await user.keyboard('{Enter}')
    expect(await screen.findByText(`The language of ${name} is set to Italian.`)).toBeTruthy()
    expect(await screen.findByRole('button', { name: 'Language: Italian' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByRole('button', { name: 'Language: English' })).toBeTruthy()
    expect(core.calls('documents.nameLanguage')).toEqual([
      { ids: [id], language: 'it' },
      { ids: [id], language: null },
    ])
  })

  it('opens a document, but not one without any text', async () => {
    const { core, user, rowOf, onOpenDocument } = await openLibrary(withTroubles)
    await screen.findByText('contract-2019.pdf')
    await user.dblClick(rowOf('contract-2019.pdf'))
    expect(onOpenDocument).not.toHaveBeenCalled()
    await user.dblClick(rowOf('first-week.txt'))
    expect(onOpenDocument).toHaveBeenCalledWith(core.idOf('document', 'first-week.txt'), undefined)
  })

  it('works by keyboard alone', async () => {
    const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt']
    const { core, user, grid, selected, onOpenDocument, onAsk } = await openLibrary({
      papers: names.map((name) => ({ name, text: `This is ${name}.`, collection: 'HR' })),
    })
    const ids = names.map((name) => core.idOf('document', name))
    await screen.findByText('a.txt')
    await user.click(screen.getByRole('button', { name: 'Name' }))
    act(() => grid().focus())
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(selected()).toEqual(['b.txt'])
    expect(grid().getAttribute('aria-activedescendant')).toBe(`document-${ids[1] ?? ''}`)
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    expect(selected()).toEqual(['b.txt', 'c.txt'])
    await user.keyboard('{Enter}')
    expect(onOpenDocument).toHaveBeenCalledWith(ids[2], undefined)
    await user.keyboard('{Control>}a{/Control}')
    expect(selected()).toHaveLength(4)
    await user.click(screen.getByRole('button', { name: 'Ask about these' }))
    expect(onAsk).toHaveBeenCalledWith({ kind: 'documents', ids })
  })

  it('removes at once and restores with Undo', async () => {
    const { user, grid, rowOf } = await openLibrary()
    await screen.findByText('first-week.txt')
    await user.click(rowOf('first-week.txt'))
    act(() => grid().focus())
    await user.keyboard('{Delete}')
    await waitFor(() => expect(within(grid()).queryByText('first-week.txt')).toBeNull())
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(within(grid()).getByText('first-week.txt')).toBeTruthy())
  })

  it('narrows the list by name and sorts it by a column', async () => {
    const { user, grid } = await openLibrary(withTroubles)
    await screen.findByText('first-week.txt')
    await user.type(screen.getByRole('searchbox', { name: 'Filter by name or text' }), 'pdf')
    expect(within(grid()).queryByText('first-week.txt')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Passages' }))
    await user.click(screen.getByRole('button', { name: 'Passages' }))
    expect(screen.getByRole('columnheader', { name: 'Passages' }).ariaSort).toBe('descending')
    const [, first] = within(grid()).getAllByRole('row')
    expect(first?.textContent).toContain('scan-roof-survey.pdf')
    await user.type(screen.getByRole('searchbox', { name: 'Filter by name or text' }), ' nothing')
    expect(screen.getByText('No document fits')).toBeTruthy()
  })

  it('finds documents by their text, shows the words and opens the document at them', async () => {
    const { core, user, grid, rowOf, onOpenDocument } = await openLibrary()
    await screen.findByText('first-week.txt')
    await user.type(
      screen.getByRole('searchbox', { name: 'Filter by name or text' }),
      'announced at the front desk',
    )
    expect(await within(grid()).findByText(/announced at the front desk/)).toBeTruthy()
    expect(within(grid()).getAllByRole('row')).toHaveLength(2)
    await user.dblClick(rowOf('house-rules.md'))
    expect(onOpenDocument).toHaveBeenCalledWith(
      core.idOf('document', 'house-rules.md'),
      expect.objectContaining({
        page: 1,
        quote: expect.stringContaining('announced at the front desk') as unknown,
      }),
    )
  })

  it('asks for the sentences of the documents in view alone, and keeps their order', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) =>
      row(`d${String(index)}`, `file ${String(index)}.pdf`, 'pdf', `content ${String(index)}`),
    )
    const quoted: string[] = []
    const { user, grid } = await openLibrary({
      papers: [],
      overrides: ({ documents }) => ({
        documents: {
          ...documents,
          list: () => ({ documents: many, collections: [] }),
          search: () => many.map(({ id }) => ({ document: id, passage: 0 })).reverse(),
          quotes: ({ text, matches }) => {
            quoted.push(...matches.map(({ document }) => document))
            return matches.map(({ document }) => ({
              document,
              page: 1,
              start: 0,
              end: 1,
              quote: `${text} of ${document}`,
            }))
          },
        },
      }),
    })
    await screen.findByText('file 0.pdf')
    await user.type(screen.getByRole('searchbox', { name: 'Filter by name or text' }), 'gull')
    expect(await within(grid()).findByText('gull of d1999')).toBeTruthy()
    expect(within(grid()).getAllByRole('row')[1]?.textContent).toContain('d1999')
    expect(quoted.length).toBeLessThan(60)
    act(() => grid().focus())
    await user.keyboard('{End}')
    expect(await within(grid()).findByText('gull of d0')).toBeTruthy()
    expect(quoted.length).toBeLessThan(120)
    expect(new Set(quoted).size).toBe(quoted.length)
  })

  it('shows the page of the file that is being read', async () => {
    const reading = row('atlas', 'atlas.pdf', 'pdf', null, { state: 'reading' })
    const other = row('next', 'next.pdf', 'pdf', null, { state: 'reading' })
    const none = { total: 0, done: 0, failed: 0, current: null, reading: null, paused: false }
    const progress = scripted<ImportProgress>({ ...none, secondsLeft: null })
    const { rowOf } = await openLibrary({
      papers: [],
      overrides: ({ documents }) => ({
        documents: {
          ...documents,
          list: () => ({ documents: [reading, other], collections: [] }),
          progress: progress.get,
          progressChanged: progress.listen,
        },
      }),
    })
    await screen.findByText('atlas.pdf')
    const at = { document: 'atlas', page: 6, pages: 900 }
    act(() => progress.set({ ...progress.get(), total: 2, reading: at }))
    await waitFor(() => expect(rowOf('atlas.pdf').textContent).toContain('Reading page 6 of 900'))
    expect(rowOf('next.pdf').textContent).not.toContain('page')
  })

  it('puts documents into a new collection', async () => {
    const { user, rowOf, core } = await openLibrary()
    await screen.findByText('first-week.txt')
    await user.click(rowOf('first-week.txt'))
    act(() => screen.getByRole('button', { name: 'Collections' }).focus())
    await user.keyboard('{Enter}')
    await user.click(await screen.findByRole('menuitem', { name: 'New collection…' }))
    const dialog = await screen.findByRole('dialog', { name: 'New collection' })
    await user.click(within(dialog).getByRole('button', { name: 'Create' }))
    expect(within(dialog).getByText('Give the collection a name.')).toBeTruthy()
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'minutes{Enter}')
    expect(within(dialog).getByText(/There is a collection named minutes already/)).toBeTruthy()
    await user.clear(within(dialog).getByRole('textbox', { name: 'Name' }))
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Contracts{Enter}')
    expect(await screen.findByText('first-week.txt added to Contracts.')).toBeTruthy()
    const document = core.app.library.get(core.idOf('document', 'first-week.txt'))
    expect(document?.collections).toContain(core.idOf('collection', 'Contracts'))
  })

  it('shows imported documents while it is open, and keeps the selection', async () => {
    const folder = await createTempDir()
    const items = ['a.txt', 'b.md'].map((name) => ({ path: path.join(folder, name) }))
    for (const { path: file } of items) writeFileSync(file, `Words of ${file}.`)
    const { core, user, rowOf, selected } = await openLibrary({ papers: [] })
    await core.api.documents.pause()
    await act(() => core.api.documents.import({ items, collection: null }))
    await screen.findByText('a.txt')
    expect(within(rowOf('a.txt')).getByText('Waiting')).toBeTruthy()
    await user.click(rowOf('a.txt'))
    await act(() => core.api.documents.resume())
    await waitFor(() => expect(within(rowOf('a.txt')).getByText('Indexed')).toBeTruthy())
    await waitFor(() => expect(within(rowOf('b.md')).getByText('Indexed')).toBeTruthy())
    expect(selected()).toEqual(['a.txt'])
  })

  it('invites to import when it is empty', async () => {
    const { user, importFiles, core } = await openLibrary({ papers: [] })
    await user.click(await screen.findByRole('button', { name: 'Choose a folder' }))
    expect(importFiles).toHaveBeenCalledWith('choose-folder')
    await user.click(screen.getByRole('button', { name: 'Add the sample library' }))
    await waitFor(() => expect(core.idOf('collection', 'Sample library')).toBeTruthy())
    await core.api.documents.cancel()
  })

  it('says why it cannot be shown', async () => {
    await openLibrary({
      papers: [],
      overrides: ({ documents }) => ({
        documents: {
          ...documents,
          list: () => Promise.reject(new Error('broken')),
        },
      }),
    })
    expect(await screen.findByText(/Something went wrong inside Penknife/)).toBeTruthy()
  })

  it('renders few of ten thousand rows and reaches the last with one key', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      row(`d${String(index)}`, `file ${String(index)}.pdf`, 'pdf', null),
    )
    const { user, grid } = await openLibrary({ papers: [], overrides: withRows(many) })
    await screen.findByText('file 0.pdf')
    expect(within(grid()).getAllByRole('row').length).toBeLessThan(60)
    expect(grid().getAttribute('aria-rowcount')).toBe('10001')
    act(() => grid().focus())
    await user.keyboard('{End}')
    expect(grid().getAttribute('aria-activedescendant')).toBe('document-d9999')
  })

  it('has no axe violations, with a selection or empty', async () => {
    const full = await openLibrary(withTroubles)
    await screen.findByText('contract-2019.pdf')
    await full.user.click(full.rowOf('contract-2019.pdf'))
    expect((await axe.run(full.view.container, unpainted)).violations).toEqual([])
    full.view.unmount()
    const empty = await openLibrary({ papers: [] })
    await screen.findByRole('button', { name: 'Choose files' })
    expect((await axe.run(empty.view.container, unpainted)).violations).toEqual([])
  })
})
