import { describe, expect, it, vi } from 'vitest'
import { createDocumentPages } from '../../../src/renderer/src/features/viewer/documentPages.ts'
import { appContract } from '../../../src/shared/contract/index.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import { createEmitter } from '../../../src/shared/emitter.ts'
import type { DocumentChanges } from '../../../src/shared/contract/documents.ts'
import { openCore } from '../../helpers/openWindow.tsx'
import { row } from '../../helpers/fakeLibrary.ts'

/** A document of many pages, whose changes the test announces. */
async function longDocument(total: number) {
  let document = row('long', 'long.pdf', 'pdf', null)
  const changes = createEmitter<DocumentChanges>()
  const core = await openCore({
    papers: [],
    overrides: ({ documents }) => ({
      documents: {
        ...documents,
        changes: changes.on,
        pages: ({ from, count }) => ({
          document,
          drawable: false,
          total,
          pages: Array.from({ length: Math.min(count, total - from + 1) }, (_, index) => ({
            page: from + index,
            text: `page ${String(from + index)}`,
            blocks: [],
            layout: null,
          })),
        }),
      },
    }),
  })
  const api = createClient(appContract, core.transport)
  const asked = vi.spyOn(api.documents, 'pages')
  const change = (next: typeof document): void => {
    document = next
    changes.emit({ changed: [next], removed: [] })
  }
  return { change, asked, pages: createDocumentPages(api, 'long') }
}

describe('the pages of an open document', () => {
  it('are read ten at a time and only once', async () => {
    const { pages, asked } = await longDocument(95)
    const close = pages.open(42)
    await expect.poll(() => pages.store.getState().status).toBe('ready')
    expect([...pages.store.getState().pages.keys()]).toEqual([
      41, 42, 43, 44, 45, 46, 47, 48, 49, 50,
    ])
    expect(pages.store.getState().total).toBe(95)
    pages.ensure(42, 47)
    expect(asked).toHaveBeenCalledTimes(1)
    pages.ensure(48, 52)
    await expect.poll(() => pages.store.getState().pages.size).toBe(20)
    expect(asked).toHaveBeenCalledTimes(2)
    close()
  })

  it('are released when the reader is far away', async () => {
    const { pages } = await longDocument(700)
    const close = pages.open(1)
    for (let page = 1; page <= 700; page += 10) {
      pages.ensure(page, page)
      await expect.poll(() => pages.store.getState().pages.has(page), { interval: 1 }).toBe(true)
    }
    expect(pages.store.getState().pages.size).toBeLessThanOrEqual(410)
    expect(pages.store.getState().pages.has(1)).toBe(false)
    close()
  })

  it('are read again when the content changes, but not after closing', async () => {
    const { pages, change, asked } = await longDocument(5)
    const close = pages.open(1)
    await expect.poll(() => pages.store.getState().status).toBe('ready')
    change(row('long', 'renamed.pdf', 'pdf', null))
    await expect.poll(() => pages.store.getState().document?.name).toBe('renamed.pdf')
    expect(asked).toHaveBeenCalledTimes(1)
    change(row('long', 'long.pdf', 'pdf', null, { contentId: 'other' }))
    await expect.poll(() => asked).toHaveBeenCalledTimes(2)
    await expect.poll(() => pages.store.getState().document?.contentId).toBe('other')
    close()
    change(row('long', 'long.pdf', 'pdf', null, { contentId: 'third' }))
    await Promise.resolve()
    expect(asked).toHaveBeenCalledTimes(2)
  })
})
