import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { countedPlace, pageWord } from '../../../../shared/domain/documentPlace.ts'
import { useStore } from 'zustand'
import type { ViewerTarget } from '../../api/viewerTarget.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { CitationBar } from './CitationBar.tsx'
import { createDocumentPages, type DocumentPagesState } from './documentPages.ts'
import { DrawnPages } from './DrawnPages.tsx'
import { FindBar } from './FindBar.tsx'
import { marksByPage, type Hit } from './marks.ts'
import { locate } from './target.ts'
import { TargetNotice } from './TargetNotice.tsx'
import { TextPages } from './TextPages.tsx'
import { useFind } from './useFind.ts'
import { usePassages } from './usePassages.ts'
import { usePdfDrawing } from './usePdfDrawing.ts'
import { ViewerToolbar, type ShowAs } from './ViewerToolbar.tsx'
import type { DocumentViewerProps, Goal } from './viewProps.ts'
import './OpenDocument.css'

type OpenDocumentProps = Omit<DocumentViewerProps, 'target'> & { readonly target: ViewerTarget }

/** One document in the viewer. Each document has its own instance. */
export function OpenDocument(props: OpenDocumentProps) {
  const { api, target, citations, index, onIndexChange, onClose } = props
  const [source] = useState(() => createDocumentPages(api, target.documentId))
  const state = useStore(source.store)
  const firstPage = useRef(target.page)
  useEffect(() => source.open(firstPage.current), [source])
  useEffect(() => {
    source.ensure(target.page, target.page)
  }, [source, target.page])

  const located = useMemo(() => locate(target, state), [target, state])
  const [page, setPage] = useState(target.page)
  const [wish, setWish] = useState<ShowAs | null>(null)
  const [zoom, setZoom] = useState(0)
  const sample = useMemo(() => firstLayout(state), [state])
  const canDraw = state.drawable && located.kind !== 'changed'
  const showAs: ShowAs = wish ?? (canDraw ? 'pages' : 'text')
  const drawing = usePdfDrawing(target.documentId, canDraw && showAs === 'pages', sample)

  const [jump, setJump] = useState<Goal | null>(null)
  const go = useCallback(
    (to: Goal) => {
      source.ensure(to.page, to.page)
      setJump(to)
    },
    [source],
  )
  const wholeGoal = useTargetGoal(target, located, state.status === 'ready')
  const goal = jump ?? wholeGoal
  const lastTarget = useRef(target)
  useEffect(() => {
    if (lastTarget.current !== target) setJump(null)
    lastTarget.current = target
  }, [target])

  const [finding, setFinding] = useState(false)
  const findInput = useRef<HTMLInputElement | null>(null)
  const root = useRef<HTMLDivElement | null>(null)
  const find = useFind(
    api,
    target.documentId,
    () => page,
    (hit: Hit, at) => go({ page: hit.page, start: hit.start, key: `hit-${String(at)}` }),
  )
  const openFind = useCallback(() => {
    setFinding(true)
    findInput.current?.focus()
    findInput.current?.select()
  }, [])
  useFindShortcut(openFind)

  const passages = usePassages(api, target.documentId, state.document?.contentId ?? null)
  const found = located.kind === 'found' ? located : null
  const { hits, at: currentHit } = find
  const marks = useMemo(
    () => marksByPage({ target: found, hits, currentHit, passages: passages.shown }),
    [found, hits, currentHit, passages.shown],
  )

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    if (!(event.target instanceof HTMLElement) || event.target.closest('input, [role=radio]'))
      return
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = index + by
    if (by === 0 || next < 0 || next >= citations.length) return
    event.preventDefault()
    onIndexChange(next)
  }

  const view = {
    state,
    marks,
    goal,
    label: `${state.document?.name ?? 'Document'}, ${showAs === 'pages' ? 'pages' : 'text'}`,
    onPage: setPage,
    ensure: source.ensure,
  }
  const shownPage = Math.min(page, Math.max(1, state.total))
  const problem = drawing.status === 'failed' ? drawing.problem : null
  return (
    <div ref={root} className="viewer" onKeyDown={onKeyDown}>
      <ViewerToolbar
        name={state.document?.name ?? ''}
        page={shownPage}
        place={state.document === null ? '' : countedPlace(state.document, shownPage)}
        pageWord={pageWord(state.document?.format ?? null) ?? 'page'}
        total={state.total}
        onPage={(next) => go({ page: next, start: 0, key: null })}
        showAs={canDraw ? showAs : null}
        onShowAs={setWish}
        zoom={showAs === 'pages' && drawing.status === 'ready' ? zoom : null}
        onZoom={setZoom}
        passages={passages}
        finding={finding}
        onFind={openFind}
      />
      {finding && (
        <FindBar
          find={find}
          inputRef={findInput}
          onClose={() => {
            setFinding(false)
            find.clear()
            root.current?.querySelector<HTMLElement>('.viewer-scroller')?.focus()
          }}
        />
      )}
      <TargetNotice
        changed={located.kind === 'changed'}
        quote={target.quote}
        problem={problem}
        missing={state.status === 'failed' ? state.problem : null}
      />
      <div className="viewer-body">
        {state.status === 'failed' && state.document === null ? (
          <EmptyState
            title="This document cannot be shown"
            actions={<Button onClick={onClose}>Close</Button>}
          />
        ) : showAs === 'pages' && canDraw && drawing.status === 'ready' ? (
          <DrawnPages {...view} drawing={drawing.drawing} zoom={zoom} />
        ) : showAs === 'pages' && canDraw && drawing.status !== 'failed' ? (
          <div className="viewer-waiting faint" role="status">
            Opening the pages
          </div>
        ) : (
          <TextPages {...view} />
        )}
      </div>
      {citations.length > 0 && (
        <CitationBar citations={citations} index={index} onIndexChange={onIndexChange} />
      )}
    </div>
  )
}

/** The goal to scroll to: a new one for each target, once it is located. */
function useTargetGoal(
  target: ViewerTarget,
  located: ReturnType<typeof locate>,
  ready: boolean,
): Goal | null {
  const { kind } = located
  const page = located.kind === 'waiting' ? target.page : located.page
  return useMemo(() => {
    if (!ready || kind === 'waiting') return null
    return kind === 'found'
      ? { page, start: target.start, key: 'highlight' }
      : { page, start: 0, key: null }
  }, [target, kind, page, ready])
}

function firstLayout({ pages }: DocumentPagesState) {
  for (const { layout } of pages.values()) {
    // Pages that couldn't be read have no size.
    if (layout !== null && layout.width > 0) return layout
  }
  return null
}

/** Ctrl/Cmd+F searches in the open document, wherever the focus is. */
function useFindShortcut(onFind: () => void): void {
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => {
      const command = event.ctrlKey || event.metaKey
      if (!command || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'f') return
      if (event.defaultPrevented) return
      event.preventDefault()
      onFind()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [onFind])
}
