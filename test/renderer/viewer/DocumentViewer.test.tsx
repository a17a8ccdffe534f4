import { act, configure, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ViewerTarget } from '../../../src/renderer/src/api/viewerTarget.ts'
import { DocumentViewer } from '../../../src/renderer/src/features/viewer/DocumentViewer.tsx'
import { TooltipProvider } from '../../../src/renderer/src/ui/Tooltip.tsx'
import { appContract } from '../../../src/shared/contract/index.ts'
import type { Citation } from '../../../src/shared/domain/conversation.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import { createFakeCore, type FakeCore, type FakeCoreOptions } from '../../helpers/fakeApi.ts'
import { row } from '../../helpers/fakeLibrary.ts'
import { giveLayout } from '../library/giveLayout.ts'

// Whole places under axe take seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 })
configure({ asyncUtilTimeout: 5_000 })
/** jsdom paints nothing, so that there are no colours to compare. */
const unpainted = { rules: { 'color-contrast': { enabled: false } } }

beforeEach(() => giveLayout())
afterEach(() => vi.restoreAllMocks())

const carried =
  'Up to five days of unused leave may be carried into the next year and must be taken before 31 March.'

function targetOf(core: FakeCore, documentId: string, page: number, quote: string): ViewerTarget {
  const text = core.library.pages.get(documentId)?.[page - 1]?.text ?? ''
  const start = text.indexOf(quote)
  const content = `content-${documentId}`
  return { documentId, content, page, start, end: start + quote.length, quote }
}

function citationOf(target: ViewerTarget, number: number): Citation {
  const { documentId, ...rest } = target
  return { ...rest, number, chunk: `chunk:${String(number)}`, document: documentId, name: 'x' }
}

function openViewer(
  choose: (core: FakeCore) => readonly ViewerTarget[],
  options: FakeCoreOptions = {},
) {
  const core = createFakeCore(options)
  const api = createClient(appContract, core.transport, { checkOutputs: true })
  const targets = choose(core)
  const citations = targets.map((target, index) => citationOf(target, index + 1))
  const onIndexChange = vi.fn()
  const onClose = vi.fn()
  const element = (index: number) => (
    <TooltipProvider>
      <main>
        <DocumentViewer
          api={api}
          target={targets[index] ?? null}
          citations={citations}
          index={index}
          onIndexChange={onIndexChange}
          onClose={onClose}
        />
      </main>
    </TooltipProvider>
  )
  const view = render(element(0))
  const marked = (): string =>
    [...view.container.querySelectorAll('mark')].map((mark) => mark.textContent).join('')
  return {
    core,
    view,
    marked,
    onIndexChange,
    onClose,
    user: userEvent.setup(),
    show: (index: number) => view.rerender(element(index)),
  }
}

describe('the viewer', () => {
  it('opens at the quoted words and marks exactly these', async () => {
    const { marked } = openViewer((core) => [targetOf(core, 'leave-policy', 2, carried)])
    await waitFor(() => expect(marked()).toBe(carried))
    expect(screen.getByRole('heading', { name: 'leave-policy.pdf' })).toBeTruthy()
    expect(screen.getByText('3.2 Carrying leave over')).toBeTruthy()
  })

  it('goes through the citations by button and by arrow key', async () => {
    const { user, show, marked, onIndexChange } = openViewer((core) => [
      targetOf(core, 'leave-policy', 2, carried),
      targetOf(core, 'leave-policy', 2, 'three days can be bought'),
      targetOf(core, 'house-rules', 1, 'every other Friday'),
    ])
    await waitFor(() => expect(marked()).toBe(carried))
    expect(screen.getByRole('button', { name: 'Previous citation' })).toHaveProperty(
      'disabled',
      true,
    )
    await user.click(screen.getByRole('button', { name: 'Next citation' }))
    expect(onIndexChange).toHaveBeenLastCalledWith(1)
    show(1)
    await waitFor(() => expect(marked()).toBe('three days can be bought'))
    expect(screen.getByText('2 of 3')).toBeTruthy()
    await user.keyboard('{ArrowRight}')
    expect(onIndexChange).toHaveBeenLastCalledWith(2)
    show(2)
    await waitFor(() => expect(marked()).toBe('every other Friday'))
    expect(screen.getByRole('heading', { name: 'house-rules.docx' })).toBeTruthy()
  })

  it('says that a document has changed and keeps the quoted words in sight', async () => {
    const { marked } = openViewer((core) => [
      { ...targetOf(core, 'leave-policy', 2, carried), content: 'an older one' },
    ])
    expect(await screen.findByText(/has changed since it was quoted/)).toBeTruthy()
    expect(screen.getByText(carried, { selector: 'blockquote' })).toBeTruthy()
    expect(marked()).toBe('')
  })

  it('notices a change while it is open', async () => {
    const { core, marked } = openViewer((c) => [targetOf(c, 'leave-policy', 2, carried)])
    await waitFor(() => expect(marked()).toBe(carried))
    act(() =>
      core.changeDocuments([
        row('leave-policy', 'leave-policy.pdf', 'pdf', 'hr', { content: 'new' }),
      ]),
    )
    expect(await screen.findByText(/has changed since it was quoted/)).toBeTruthy()
    expect(marked()).toBe('')
  })

  it('shows the words of a document that is no longer there', async () => {
    const { onClose, user } = openViewer((core) => [
      { ...targetOf(core, 'leave-policy', 2, carried), documentId: 'gone' },
    ])
    expect(await screen.findByText('This document was removed.')).toBeTruthy()
    expect(screen.getByText(carried, { selector: 'blockquote' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Close' }))
    expect(onClose).toHaveBeenCalledOnce()
  })

  it('finds words: n of m, on and back, and gives the focus back', async () => {
    const { user, view, marked } = openViewer((core) => [
      targetOf(core, 'leave-policy', 2, carried),
    ])
    await waitFor(() => expect(marked()).toBe(carried))
    await user.keyboard('{Control>}f{/Control}')
    const field = screen.getByRole('searchbox', { name: 'Find in this document' })
    expect(document.activeElement).toBe(field)
    await user.keyboard('LEAVE')
    const current = (): string | null | undefined =>
      view.container.querySelector('.viewer-hit.is-current')?.textContent
    // The search begins on the page that is being read, which jsdom cannot scroll to.
    await waitFor(() => expect(screen.getByText(/^\d of 8$/)).toBeTruthy())
    expect(current()?.toLowerCase()).toBe('leave')
    const first = screen.getByText(/^\d of 8$/).textContent
    await user.keyboard('{Enter}')
    expect(screen.getByText(/^\d of 8$/).textContent).not.toBe(first)
    await user.keyboard('{Shift>}{Enter}{/Shift}')
    expect(screen.getByText(/^\d of 8$/).textContent).toBe(first)
    // Within the quoted words the search marks words, and the quote stays whole.
    expect(marked()).toBe(carried)

    await user.clear(field)
    await user.keyboard('zebra')
    expect(await screen.findByText('No match')).toBeTruthy()
    await user.keyboard('{Escape}{Escape}')
    expect(screen.queryByRole('searchbox')).toBeNull()
    expect(document.activeElement?.getAttribute('role')).toBe('region')
  })

  it('shows the passages as they were cut', async () => {
    const { user, view, marked } = openViewer((core) => [
      targetOf(core, 'leave-policy', 2, carried),
    ])
    await waitFor(() => expect(marked()).toBe(carried))
    await user.click(screen.getByRole('button', { name: 'Show the passages as they were cut' }))
    await waitFor(() => expect(view.container.querySelectorAll('.viewer-cut')).toHaveLength(6))
    expect(marked()).toBe(carried)
    await user.click(screen.getByRole('button', { name: 'Hide where the passages were cut' }))
    expect(view.container.querySelectorAll('.viewer-cut')).toHaveLength(0)
  })

  it('shows nothing yet without a target, and nothing that axe objects to with one', async () => {
    const empty = openViewer(() => [])
    expect(screen.getByText('No document is open')).toBeTruthy()
    empty.view.unmount()
    const { view, marked, user } = openViewer((core) => [
      targetOf(core, 'leave-policy', 2, carried),
    ])
    await waitFor(() => expect(marked()).toBe(carried))
    await user.keyboard('{Control>}f{/Control}')
    expect((await axe.run(view.container, unpainted)).violations).toEqual([])
    expect(
      within(view.container).getByRole('region', { name: 'leave-policy.pdf, text' }),
    ).toBeTruthy()
  })
})
