import { writeFileSync } from 'node:fs'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ViewerTarget } from '../../../src/renderer/src/api/viewerTarget.ts'
import { DocumentViewer } from '../../../src/renderer/src/features/viewer/DocumentViewer.tsx'
import { TooltipProvider } from '../../../src/renderer/src/ui/Tooltip.tsx'
import { appContract } from '../../../src/shared/contract/index.ts'
import type { Citation } from '../../../src/shared/domain/conversation.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import { carried } from '../../helpers/hotelPapers.ts'
import { openCore } from '../../helpers/openWindow.tsx'
import type { WindowCore } from '../../helpers/windowCore.ts'
import { giveLayout } from '../library/giveLayout.ts'

/** jsdom paints nothing, so that there are no colours to compare. */
const unpainted = { rules: { 'color-contrast': { enabled: false } } }

beforeEach(() => giveLayout())
afterEach(() => vi.restoreAllMocks())

/** Words of the first page of a document. */
async function targetOf(core: WindowCore, name: string, quote: string): Promise<ViewerTarget> {
  const documentId = core.idOf('document', name)
  const { document, pages } = await core.app.library.pages(documentId, 1, 1)
  const start = pages[0]?.text.indexOf(quote) ?? -1
  const contentId = document.contentId ?? ''
  return { documentId, contentId, page: 1, start, end: start + quote.length, quote }
}

function citationOf(target: ViewerTarget, number: number): Citation {
  const { documentId, ...rest } = target
  return { ...rest, number, chunk: `chunk:${String(number)}`, document: documentId, name: 'x' }
}

async function openViewer(choose: (core: WindowCore) => readonly Promise<ViewerTarget>[]) {
  const core = await openCore()
  const api = createClient(appContract, core.transport, { checkOutputs: true })
  const targets = await Promise.all(choose(core))
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
    const { marked } = await openViewer((core) => [targetOf(core, 'leave-policy.md', carried)])
    await waitFor(() => expect(marked()).toBe(carried))
    expect(screen.getByRole('heading', { name: 'leave-policy.md' })).toBeTruthy()
    expect(screen.getByText('3.2 Carrying leave over')).toBeTruthy()
  })

  it('steps through the citations by button and by arrow key', async () => {
    const { user, show, marked, onIndexChange } = await openViewer((core) => [
      targetOf(core, 'leave-policy.md', carried),
      targetOf(core, 'leave-policy.md', 'three days can be bought'),
      targetOf(core, 'house-rules.md', 'every other Friday'),
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
    expect(screen.getByRole('heading', { name: 'house-rules.md' })).toBeTruthy()
  })

  it('says that a document has changed and still shows the quoted words', async () => {
    const { marked } = await openViewer((core) => [
      targetOf(core, 'leave-policy.md', carried).then((one) => ({ ...one, contentId: 'older' })),
    ])
    expect(await screen.findByText(/has changed since it was quoted/)).toBeTruthy()
    expect(screen.getByText(carried, { selector: 'blockquote' })).toBeTruthy()
    expect(marked()).toBe('')
  })

  it('notices a change while it is open', async () => {
    const { core, marked } = await openViewer((c) => [targetOf(c, 'leave-policy.md', carried)])
    await waitFor(() => expect(marked()).toBe(carried))
    const file = core.app.library.get(core.idOf('document', 'leave-policy.md'))?.path ?? ''
    writeFileSync(file, 'Nothing is as it was.')
    await act(() => core.api.documents.import({ items: [{ path: file }], collection: null }))
    expect(await screen.findByText(/has changed since it was quoted/)).toBeTruthy()
    expect(marked()).toBe('')
  })

  it('shows the words of a document that is no longer there', async () => {
    const { onClose, user } = await openViewer((core) => [
      targetOf(core, 'leave-policy.md', carried).then((one) => ({ ...one, documentId: 'gone' })),
    ])
    expect(await screen.findByText('This document is not in the library.')).toBeTruthy()
    expect(screen.getByText(carried, { selector: 'blockquote' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Close' }))
    expect(onClose).toHaveBeenCalledOnce()
  })

  it('finds words: n of m, next and previous, and returns the focus', async () => {
    const { user, view, marked } = await openViewer((core) => [
      targetOf(core, 'leave-policy.md', carried),
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
    // The search marks words within the quote, which stays in one piece.
    expect(marked()).toBe(carried)

    await user.clear(field)
    await user.keyboard('zebra')
    expect(await screen.findByText('No match')).toBeTruthy()
    await user.keyboard('{Escape}{Escape}')
    expect(screen.queryByRole('searchbox')).toBeNull()
    expect(document.activeElement?.getAttribute('role')).toBe('region')
  })

  it('shows the passages as they were cut', async () => {
    const { core, user, view, marked } = await openViewer((core) => [
      targetOf(core, 'leave-policy.md', carried),
    ])
    await waitFor(() => expect(marked()).toBe(carried))
    const id = core.idOf('document', 'leave-policy.md')
    const { length } = await core.api.documents.passages({ id })
    await user.click(screen.getByRole('button', { name: 'Show the passages as they were cut' }))
    await waitFor(() => expect(view.container.querySelectorAll('.viewer-cut')).toHaveLength(length))
    expect(marked()).toBe(carried)
    await user.click(screen.getByRole('button', { name: 'Hide where the passages were cut' }))
    expect(view.container.querySelectorAll('.viewer-cut')).toHaveLength(0)
  })

  it('is empty without a target, and has no axe violations with one', async () => {
    const empty = await openViewer(() => [])
    expect(screen.getByText('No document is open')).toBeTruthy()
    empty.view.unmount()
    const { view, marked, user } = await openViewer((core) => [
      targetOf(core, 'leave-policy.md', carried),
    ])
    await waitFor(() => expect(marked()).toBe(carried))
    await user.keyboard('{Control>}f{/Control}')
    expect((await axe.run(view.container, unpainted)).violations).toEqual([])
    expect(
      within(view.container).getByRole('region', { name: 'leave-policy.md, text' }),
    ).toBeTruthy()
  })
})
