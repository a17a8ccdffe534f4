import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import type { Page, PageLayout } from '../../../../shared/domain/page.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'

export type ViewerPage = Page & { readonly layout: PageLayout | null }

export interface DocumentPagesState {
  readonly status: 'loading' | 'ready' | 'failed'
  /** The error as a sentence; null unless `failed`. */
  readonly problem: string | null
  readonly document: LibraryDocument | null
  /** Whether the original can be drawn. */
  readonly drawable: boolean
  readonly total: number
  /** Loaded pages, by number. */
  readonly pages: ReadonlyMap<number, ViewerPage>
}

export interface DocumentPages {
  readonly store: StoreApi<DocumentPagesState>
  /** Fetches pages `from` to `to` unless they are loaded. */
  readonly ensure: (from: number, to: number) => void
  /** Fetches the pages around `page`, and follows changes until the returned function is called. */
  readonly open: (page: number) => () => void
}

const pagesAtOnce = 10
/** Number of loaded batches; the ones furthest from the current page are evicted. */
const mostBatches = 40

const empty: DocumentPagesState = {
  status: 'loading',
  problem: null,
  document: null,
  drawable: false,
  total: 0,
  pages: new Map(),
}

/** The pages of one document, fetched ten at a time as they are needed. */
export function createDocumentPages(api: Pick<Api, 'documents'>, id: string): DocumentPages {
  const store = createStore<DocumentPagesState>(() => empty)
  let batches = new Map<number, 'asked' | 'here'>()
  let wanted = 1
  let lifetime = new AbortController()

  async function fetchBatch(batch: number): Promise<void> {
    const { signal } = lifetime
    const asked = batches
    asked.set(batch, 'asked')
    try {
      const answer = await api.documents.pages(
        { id, from: batch * pagesAtOnce + 1, count: pagesAtOnce },
        { signal },
      )
      if (signal.aborted || asked !== batches) return
      asked.set(batch, 'here')
      store.setState(({ pages }) => ({
        status: 'ready',
        problem: null,
        document: answer.document,
        drawable: answer.drawable,
        total: answer.total,
        pages: withoutFarPages(pages, answer.pages),
      }))
    } catch (error) {
      if (signal.aborted || asked !== batches) return
      asked.delete(batch)
      store.setState({ status: 'failed', problem: sentence(error) })
    }
  }

  function withoutFarPages(
    before: ReadonlyMap<number, ViewerPage>,
    added: readonly ViewerPage[],
  ): ReadonlyMap<number, ViewerPage> {
    const pages = new Map(before)
    for (const page of added) pages.set(page.page, page)
    const here = [...batches].filter(([, state]) => state === 'here').map(([batch]) => batch)
    const near = batchOf(wanted)
    here.sort((one, other) => Math.abs(other - near) - Math.abs(one - near))
    for (const batch of here.slice(0, Math.max(0, here.length - mostBatches))) {
      batches.delete(batch)
      for (let i = 1; i <= pagesAtOnce; i += 1) pages.delete(batch * pagesAtOnce + i)
    }
    return pages
  }

  function ensure(from: number, to: number): void {
    wanted = from
    const { total } = store.getState()
    const last = total === 0 ? from : Math.min(to, total)
    for (let batch = batchOf(Math.max(1, from)); batch <= batchOf(last); batch += 1) {
      if (!batches.has(batch)) void fetchBatch(batch)
    }
  }

  function reload(): void {
    batches = new Map()
    store.setState({ pages: new Map() })
    ensure(wanted, wanted)
  }

  return {
    store,
    ensure,
    open(page) {
      lifetime = new AbortController()
      const opened = lifetime
      wanted = Math.max(1, page)
      reload()
      const stop = api.documents.changes(({ changed, removed }) => {
        if (removed.includes(id)) {
          store.setState({
            status: 'failed',
            problem: 'This document was removed from the library.',
          })
          return
        }
        const next = changed.find((document) => document.id === id)
        if (next === undefined) return
        const { document, status } = store.getState()
        if (status === 'failed' || document?.contentId !== next.contentId) reload()
        else store.setState({ document: next })
      })
      return () => {
        stop()
        opened.abort()
      }
    },
  }
}

function batchOf(page: number): number {
  return Math.floor((page - 1) / pagesAtOnce)
}

function sentence(error: unknown): string {
  return error instanceof AppError
    ? error.message
    : 'The text of this document could not be read. Close the viewer and open it again.'
}
