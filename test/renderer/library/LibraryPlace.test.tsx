import { act, configure, render, screen, waitFor, within } from '@testing-library/react'
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
import { createFakeCore, type FakeCoreOptions } from '../../helpers/fakeApi.ts'
import { row, type FakeLibrary } from '../../helpers/fakeLibrary.ts'
import { openMirror } from '../../helpers/openMirror.ts'
import { giveLayout } from './giveLayout.ts'

// Whole places under axe take seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 })
configure({ asyncUtilTimeout: 5_000 })
/** jsdom paints nothing, so that there are no colours to compare. */
const unpainted = { rules: { 'color-contrast': { enabled: false } } }

beforeEach(() => giveLayout())
afterEach(() => {
  toastStore.setState({ toasts: [] })
  vi.restoreAllMocks()
})

async function openLibrary(options: FakeCoreOptions = {}) {
  const core = createFakeCore(options)
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
  return { core, api, user, view, grid, rowOf, selected, ...calls }
}

const library = (documents: FakeLibrary['documents']): FakeLibrary => ({
  documents,
  collections: [{ id: 'hr', name: 'HR handbook' }],
  pages: new Map(),
})

describe('the library', () => {
  it('counts what it holds and shows the details of what is selected', async () => {
    const { user, rowOf } = await openLibrary()
    await screen.findByText('contract-2019.pdf')
    expect(screen.getByText('7 documents · 78 passages')).toBeTruthy()

    await user.click(rowOf('contract-2019.pdf'))
    const details = screen.getByRole('complementary', { name: 'Details' })
    expect(within(details).getByText('Needs a password')).toBeTruthy()
    expect(within(details).getByText(/Save a copy without one/)).toBeTruthy()
    expect(within(details).queryByRole('button', { name: 'Open' })).toBeNull()

    await user.click(rowOf('scan-roof-survey.pdf'))
    expect(within(details).getByText('27 of 31')).toBeTruthy()
  })

  it('opens a document, and not one of which nothing was read', async () => {
    const { user, rowOf, onOpenDocument } = await openLibrary()
    await screen.findByText('contract-2019.pdf')
    await user.dblClick(rowOf('contract-2019.pdf'))
    expect(onOpenDocument).not.toHaveBeenCalled()
    await user.dblClick(rowOf('first-week.md'))
    expect(onOpenDocument).toHaveBeenCalledWith('first-week', undefined)
  })

  it('is worked by keyboard alone', async () => {
    const { user, grid, selected, onOpenDocument, onAsk } = await openLibrary({
      library: library(['a', 'b', 'c', 'd'].map((id) => row(id, `${id}.pdf`, 'pdf', 'hr'))),
    })
    await screen.findByText('a.pdf')
    act(() => grid().focus())
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(selected()).toEqual(['b.pdf'])
    expect(grid().getAttribute('aria-activedescendant')).toBe('document-b')
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    expect(selected()).toEqual(['b.pdf', 'c.pdf'])
    await user.keyboard('{Enter}')
    expect(onOpenDocument).toHaveBeenCalledWith('c', undefined)
    await user.keyboard('{Control>}a{/Control}')
    expect(selected()).toHaveLength(4)
    await user.click(screen.getByRole('button', { name: 'Ask about these' }))
    expect(onAsk).toHaveBeenCalledWith({ kind: 'documents', ids: ['a', 'b', 'c', 'd'] })
  })

  it('removes at once and brings back with Undo', async () => {
    const { user, grid, rowOf } = await openLibrary()
    await screen.findByText('first-week.md')
    await user.click(rowOf('first-week.md'))
    act(() => grid().focus())
    await user.keyboard('{Delete}')
    await waitFor(() => expect(within(grid()).queryByText('first-week.md')).toBeNull())
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(within(grid()).getByText('first-week.md')).toBeTruthy())
  })

  it('narrows the list by name and sorts it by a column', async () => {
    const { user, grid } = await openLibrary()
    await screen.findByText('first-week.md')
    await user.type(screen.getByRole('searchbox', { name: 'Filter by name or text' }), 'pdf')
    expect(within(grid()).queryByText('first-week.md')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Passages' }))
    await user.click(screen.getByRole('button', { name: 'Passages' }))
    expect(screen.getByRole('columnheader', { name: 'Passages' }).ariaSort).toBe('descending')
    const [, first] = within(grid()).getAllByRole('row')
    expect(first?.textContent).toContain('scan-roof-survey.pdf')
    await user.type(screen.getByRole('searchbox', { name: 'Filter by name or text' }), ' nothing')
    expect(screen.getByText('No document fits')).toBeTruthy()
  })

  it('finds documents by their text, shows the words and opens the document at them', async () => {
    const { user, grid, rowOf, onOpenDocument } = await openLibrary()
    await screen.findByText('first-week.md')
    await user.type(
      screen.getByRole('searchbox', { name: 'Filter by name or text' }),
      'announced at the front desk',
    )
    expect(await within(grid()).findByText('announced at the front desk')).toBeTruthy()
    expect(within(grid()).getAllByRole('row')).toHaveLength(2)
    await user.dblClick(rowOf('house-rules.docx'))
    expect(onOpenDocument).toHaveBeenCalledWith(
      'house-rules',
      expect.objectContaining({ page: 1, quote: 'announced at the front desk' }),
    )
  })

  it('shows the page of the file that is being read', async () => {
    const reading = row('atlas', 'atlas.pdf', 'pdf', null, { state: 'reading' })
    const other = row('next', 'next.pdf', 'pdf', null, { state: 'reading' })
    const { core, rowOf } = await openLibrary({ library: library([reading, other]) })
    await screen.findByText('atlas.pdf')
    act(() => core.setProgress({ total: 2, reading: { document: 'atlas', page: 6, pages: 900 } }))
    await waitFor(() => expect(rowOf('atlas.pdf').textContent).toContain('Reading page 6 of 900'))
    expect(rowOf('next.pdf').textContent).not.toContain('page')
  })

  it('puts documents into a new collection', async () => {
    const { user, rowOf, core } = await openLibrary()
    await screen.findByText('contract-2019.pdf')
    await user.click(rowOf('contract-2019.pdf'))
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
    await waitFor(() => {
      const made = core.library.collections.find(({ name }) => name === 'Contracts')
      const contract = core.library.documents.find(({ id }) => id === 'contract')
      expect(contract?.collections).toEqual([made?.id])
    })
    expect(await screen.findByText('contract-2019.pdf added to Contracts.')).toBeTruthy()
  })

  it('follows the import while it is open, and keeps the selection', async () => {
    const { core, user, rowOf, selected } = await openLibrary({
      library: library([row('a', 'a.pdf', 'pdf', null, { state: 'reading', content: null })]),
    })
    await screen.findByText('Reading')
    await user.click(rowOf('a.pdf'))
    act(() =>
      core.changeDocuments([row('a', 'a.pdf', 'pdf', null), row('b', 'b.md', 'text', null)]),
    )
    await waitFor(() => expect(within(rowOf('a.pdf')).getByText('Indexed')).toBeTruthy())
    expect(within(rowOf('b.md')).getByText('Indexed')).toBeTruthy()
    expect(selected()).toEqual(['a.pdf'])
  })

  it('invites to fill it when it is empty', async () => {
    const { user, importFiles, core } = await openLibrary({ library: library([]) })
    await user.click(await screen.findByRole('button', { name: 'Choose a folder' }))
    expect(importFiles).toHaveBeenCalledWith('choose-folder')
    await user.click(screen.getByRole('button', { name: 'Add the sample library' }))
    await waitFor(() => expect(core.library.collections.at(-1)?.name).toBe('Sample library'))
  })

  it('says why it cannot be shown', async () => {
    await openLibrary({
      overrides: ({ documents }) => ({
        documents: {
          ...documents,
          list: () => Promise.reject(new Error('broken')),
        },
      }),
    })
    expect(await screen.findByText(/Something went wrong inside Penknife/)).toBeTruthy()
  })

  it('keeps few rows of ten thousand in the document and reaches the last by one key', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      row(`d${String(index)}`, `file ${String(index)}.pdf`, 'pdf', null),
    )
    const { user, grid } = await openLibrary({ library: library(many) })
    await screen.findByText('file 0.pdf')
    expect(within(grid()).getAllByRole('row').length).toBeLessThan(60)
    expect(grid().getAttribute('aria-rowcount')).toBe('10001')
    act(() => grid().focus())
    await user.keyboard('{End}')
    expect(grid().getAttribute('aria-activedescendant')).toBe('document-d9999')
  })

  it('has nothing that axe objects to, selected or empty', async () => {
    const full = await openLibrary()
    await screen.findByText('contract-2019.pdf')
    await full.user.click(full.rowOf('contract-2019.pdf'))
    expect((await axe.run(full.view.container, unpainted)).violations).toEqual([])
    full.view.unmount()
    const empty = await openLibrary({ library: library([]) })
    await screen.findByRole('button', { name: 'Choose files' })
    expect((await axe.run(empty.view.container, unpainted)).violations).toEqual([])
  })
})
