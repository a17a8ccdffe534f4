import { useEffect, useMemo, useState } from 'react'
import { nameAmong } from '../../../shared/domain/fileNames.ts'
import { useStore } from 'zustand'
import { RecentConversations } from '../features/ask/RecentConversations.tsx'
import { JobCard } from '../features/jobs/JobCard.tsx'
import { JobsDialog } from '../features/jobs/JobsDialog.tsx'
import { ModelsSheets } from '../features/models/ModelsSheets.tsx'
import { DocumentViewer } from '../features/viewer/DocumentViewer.tsx'
import { useMirrored } from '../mirror/useMirrored.ts'
import { OverlayContainer } from '../ui/overlayContainer.ts'
import { RememberedWidths } from '../ui/rememberedWidths.ts'
import { Toasts } from '../ui/Toasts.tsx'
import { TooltipProvider } from '../ui/Tooltip.tsx'
import { useMediaQuery } from '../ui/useMediaQuery.ts'
import { upTo } from '../ui/windowWidths.ts'
import { Banners } from './Banners.tsx'
import { CurrentPlace } from './CurrentPlace.tsx'
import { DocumentSheet } from './DocumentSheet.tsx'
import { downloadJobs } from './downloadJobs.ts'
import { DropOverlay } from './DropOverlay.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Rail } from './Rail.tsx'
import { rebuildJob } from './rebuildJob.ts'
import { placeKey, useShortcuts } from './shortcuts.ts'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'
import { createTemplateUse } from './templateUse.ts'
import { useTheme } from './theme.ts'
import { usePlaceFocus } from './usePlaceFocus.ts'
import { createWindowActions } from './windowActions.ts'
import { WindowPalette } from './WindowPalette.tsx'
import type { WindowParts } from './windowParts.ts'
import './App.css'

const noCitations = [] as const
const noNotices: readonly string[] = []

/** The whole window. */
export function App({ parts }: { readonly parts: WindowParts }) {
  const { api, connection, ask, conversations, importer, mirror, models } = parts
  const info = useMirrored(mirror.info)
  const settings = useMirrored(mirror.settings)
  const { collections, documents } = useMirrored(mirror.library)
  const progress = useMirrored(mirror.progress)
  const { place, reading, railWidened, overlay } = useStore(parts.navigation)
  const status = useStore(connection.state, (state) => state.status)
  const upload = useStore(importer.store, (state) => state.upload)
  const openId = useStore(ask.store, (state) => state.open.id)
  const openScope = useStore(ask.store, (state) => state.open.scope)
  const downloads = useMirrored(mirror.models.downloads)
  const index = useMirrored(mirror.models.index)
  const [overlays, setOverlays] = useState<HTMLElement | null>(null)
  const narrow = useMediaQuery(upTo('rail'))
  const railCollapsed = narrow ? !railWidened : settings.layout.railCollapsed
  const { inspectors } = settings.layout
  const widths = useMemo(
    () => ({ widths: inspectors, remember: parts.layout.rememberInspector }),
    [inspectors, parts.layout],
  )
  const actions = useMemo(() => createWindowActions(parts), [parts])
  const use = useMemo(() => createTemplateUse(parts), [parts])
  const inBrowser = info?.shell !== 'electron'
  const jobs = useMemo(
    () => [...rebuildJob(index, models), ...downloadJobs(downloads, models)],
    [index, downloads, models],
  )
  const read = reading === null ? undefined : documents.get(reading.documentId)
  const readingName =
    reading === null ? '' : read === undefined ? 'Document' : nameAmong(read, documents.values())

  const placeHolder = usePlaceFocus(place)
  useTheme(settings.theme)
  useShortcuts(actions)
  useEffect(() => {
    if (info === null) return
    document.documentElement.dataset.shell = info.shell
    document.documentElement.dataset.platform = info.platform
  }, [info])

  return (
    <TooltipProvider>
      <OverlayContainer value={overlays}>
        <div className="pk-window">
          <Rail
            place={place}
            collapsed={railCollapsed}
            inBrowser={inBrowser}
            onPlace={actions.goTo}
            onToggle={actions.toggleRail}
            onNewConversation={actions.newConversation}
            onPalette={actions.togglePalette}
            conversations={
              <RecentConversations
                list={conversations}
                current={place === 'ask' ? openId : null}
                newShortcut={`${placeKey(inBrowser)}+N`}
                onOpen={actions.openConversation}
                onNew={actions.newConversation}
                onRemovedCurrent={() => ask.newConversation()}
              />
            }
            job={
              <JobCard
                progress={progress}
                upload={upload}
                jobs={jobs}
                collapsed={railCollapsed}
                actions={actions.jobs}
                onOpen={actions.showJobs}
              />
            }
          />
          <RememberedWidths value={widths}>
            <main className="pk-main">
              <Banners
                status={status}
                onRetry={() => connection.retry()}
                notices={info?.notices ?? noNotices}
                onCheckData={actions.showData}
              />
              <div ref={placeHolder} className="pk-main-place">
                <CurrentPlace parts={parts} actions={actions} use={use} />
              </div>
              <div ref={setOverlays} />
            </main>
          </RememberedWidths>
        </div>
        <DocumentSheet open={reading !== null} title={readingName} onClose={actions.closeDocument}>
          <ErrorBoundary name="This document">
            <DocumentViewer
              api={api}
              target={reading}
              citations={noCitations}
              index={0}
              onIndexChange={() => undefined}
              onClose={actions.closeDocument}
            />
          </ErrorBoundary>
        </DocumentSheet>
        <WindowPalette parts={parts} actions={actions} use={use} inBrowser={inBrowser} />
        <ModelsSheets
          api={api}
          models={models}
          pathOf={inBrowser ? null : (file) => parts.files.pathOf(file)}
        />
        <ShortcutsDialog
          open={overlay === 'shortcuts'}
          inBrowser={inBrowser}
          onClose={actions.closeOverlay}
        />
        <JobsDialog
          open={overlay === 'jobs'}
          progress={progress}
          upload={upload}
          jobs={jobs}
          actions={actions.jobs}
          onClose={actions.closeOverlay}
          onShowLibrary={() => actions.goTo('library')}
          onShowModels={() => actions.goTo('models')}
        />
        <DropOverlay
          into={actions.importTargetName(place, openScope, collections)}
          onDrop={actions.importDrop}
        />
        <Toasts />
      </OverlayContainer>
    </TooltipProvider>
  )
}
