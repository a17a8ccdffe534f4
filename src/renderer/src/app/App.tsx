import { useCallback, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { kindsInWords } from '../../../shared/domain/kindsInWords.ts'
import { AskPlace } from '../features/ask/AskPlace.tsx'
import { exportConversation } from '../features/ask/exportConversation.ts'
import { RecentConversations } from '../features/ask/RecentConversations.tsx'
import { JobCard } from '../features/jobs/JobCard.tsx'
import { JobsDialog } from '../features/jobs/JobsDialog.tsx'
import { LibraryPlace } from '../features/library/LibraryPlace.tsx'
import { ModelAdvice } from '../features/models/ModelAdvice.tsx'
import { ModelsPlace } from '../features/models/ModelsPlace.tsx'
import { ModelsSheets } from '../features/models/ModelsSheets.tsx'
import { CommandPalette } from '../features/palette/CommandPalette.tsx'
import { SettingsPlace } from '../features/settings/SettingsPlace.tsx'
import { TemplatesPlace } from '../features/templates/TemplatesPlace.tsx'
import { DocumentViewer } from '../features/viewer/DocumentViewer.tsx'
import { OverlayContainer } from '../ui/overlayContainer.ts'
import { RememberedWidths } from '../ui/rememberedWidths.ts'
import { Toasts } from '../ui/Toasts.tsx'
import { showError } from '../ui/toasts.ts'
import { TooltipProvider } from '../ui/Tooltip.tsx'
import { useMediaQuery } from '../ui/useMediaQuery.ts'
import './App.css'
import { Banners } from './Banners.tsx'
import { DocumentSheet } from './DocumentSheet.tsx'
import { downloadJobs } from './downloadJobs.ts'
import { DropOverlay } from './DropOverlay.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { narrowWindow } from './navigation.ts'
import { paletteGroups } from './paletteGroups.tsx'
import { placeNames, Rail } from './Rail.tsx'
import { rebuildJob } from './rebuildJob.ts'
import { placeKey, useShortcuts } from './shortcuts.ts'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'
import { createTemplateUse } from './templateUse.ts'
import { useTheme } from './theme.ts'
import { createWindowActions } from './windowActions.ts'
import type { WindowParts } from './windowParts.ts'

const noCitations = [] as const
const noNotices: readonly string[] = []

/** The whole window. */
export function App({ parts }: { readonly parts: WindowParts }) {
  const { api, connection, ask, inspector, conversations, importer, templates, models } = parts
  const core = useStore(parts.core)
  const { place, reading, railWidened, overlay } = useStore(parts.navigation)
  const status = useStore(connection.state, (state) => state.status)
  const upload = useStore(importer.store, (state) => state.upload)
  const recent = useStore(conversations.store, (state) => state.conversations)
  const template = useStore(templates.store, (state) => state.open)
  const openId = useStore(ask.store, (state) => state.open.id)
  const openTemplateId = useStore(ask.store, (state) => state.open.template)
  const openScope = useStore(ask.store, (state) => state.open.scope)
  const answering = useStore(ask.store, (state) => state.running !== null)
  const { installed, catalogue, downloads, index } = useStore(models.store)
  const [overlays, setOverlays] = useState<HTMLElement | null>(null)
  const narrow = useMediaQuery(narrowWindow)
  const { layout } = core.settings
  const railCollapsed = narrow ? !railWidened : layout.railCollapsed
  const widths = useMemo(
    () => ({ widths: layout.inspectors, remember: parts.layout.rememberInspector }),
    [layout.inspectors, parts.layout],
  )
  const actions = useMemo(() => createWindowActions(parts), [parts])
  const use = useMemo(() => createTemplateUse(parts), [parts])
  const { list, listed, starters } = useStore(
    templates.store,
    useShallow((state) => ({
      list: state.list,
      listed: state.listed,
      starters: state.starters,
    })),
  )
  const choices = useMemo(
    () => ({
      list,
      listed,
      starters,
      onChoose: use.answerWith,
      onChooseStarter: use.answerWithStarter,
      onWrite: actions.newTemplate,
      onOpen: actions.openTemplate,
    }),
    [list, listed, starters, use, actions],
  )
  const inBrowser = core.info?.shell !== 'electron'
  const { info } = core
  const loaded = core.documents
  const passages = useMemo(
    () => [...loaded.values()].reduce((sum, row) => sum + row.chunks, 0),
    [loaded],
  )

  useTheme(core.settings.theme)
  useShortcuts(actions)
  useEffect(() => {
    if (info === null) return
    document.documentElement.dataset.shell = info.shell
    document.documentElement.dataset.platform = info.platform
  }, [info])

  const chooseFor = useCallback(
    (files: 'choose-files' | 'choose-folder') =>
      actions.choose(files === 'choose-files' ? 'files' : 'folder'),
    [actions],
  )

  const jobActions = actions.jobs
  const jobs = useMemo(
    () => [...rebuildJob(index, models), ...downloadJobs(downloads, models)],
    [index, downloads, models],
  )
  const readingName = reading === null ? '' : (loaded.get(reading.documentId)?.name ?? 'Document')
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
                onRenamed={(id, title) => ask.setTitle(id, title)}
                onRemovedCurrent={() => ask.newConversation()}
              />
            }
            job={
              <JobCard
                progress={core.progress}
                upload={upload}
                jobs={jobs}
                collapsed={railCollapsed}
                actions={jobActions}
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
              />
              <div className="pk-main-place">
                <ErrorBoundary key={place} name={placeNames[place]}>
                  {place === 'ask' && (
                    <AskPlace
                      api={api}
                      ask={ask}
                      inspector={inspector}
                      model={core.model}
                      passagesOnly={core.settings.passagesOnly}
                      collections={core.collections}
                      documents={loaded}
                      libraryLoaded={core.libraryLoaded}
                      readable={kindsInWords(info?.formats ?? [])}
                      sampleQuestions={info?.sampleQuestions ?? noNotices}
                      onChoose={actions.choose}
                      onOpenModels={() => actions.goTo('models')}
                      advice={
                        <ModelAdvice
                          models={models}
                          model={core.model}
                          onOpenModels={() => actions.goTo('models')}
                        />
                      }
                      onError={showError}
                      templates={choices}
                      onAddExample={use.addExample}
                      renderViewer={(slot) => <DocumentViewer api={api} {...slot} />}
                    />
                  )}
                  {place === 'library' && info !== null && (
                    <LibraryPlace
                      api={api}
                      info={info}
                      importFiles={chooseFor}
                      onAsk={actions.askAbout}
                      onOpenDocument={actions.openDocument}
                    />
                  )}
                  {place === 'templates' && (
                    <TemplatesPlace
                      api={api}
                      templates={templates}
                      trying={parts.trying}
                      model={core.model}
                      passages={passages}
                      collections={core.collections}
                      onOpenModels={() => actions.goTo('models')}
                    />
                  )}
                  {place === 'models' && (
                    <ModelsPlace
                      models={models}
                      model={core.model}
                      passagesOnly={core.settings.passagesOnly}
                      onUseModel={actions.endPassagesOnly}
                      onOpenSettings={() => actions.goTo('settings')}
                    />
                  )}
                  {place === 'settings' && info !== null && (
                    <SettingsPlace
                      api={api}
                      info={info}
                      onOpenModels={() => actions.goTo('models')}
                    />
                  )}
                </ErrorBoundary>
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
        <CommandPalette
          open={overlay === 'palette'}
          onClose={actions.closeOverlay}
          groups={
            overlay === 'palette'
              ? paletteGroups(
                  {
                    inBrowser,
                    conversations: recent,
                    documents: loaded,
                    importing: core.progress.total > 0,
                    paused: core.progress.paused,
                    answering,
                    conversation: openId,
                    templates: list,
                    template: openTemplateId,
                    templateOpen: place === 'templates' && template !== null,
                    installed,
                    catalogue,
                    modelLoaded: core.model?.status === 'ready',
                    embedderToCome: index?.rebuild?.embedder.id ?? null,
                  },
                  {
                    ...actions,
                    ...jobActions,
                    answerWith(id) {
                      actions.goTo('ask')
                      use.answerWith(id)
                    },
                    stopAnswer: () => ask.stop(),
                    exportConversation: () => {
                      exportConversation(api, openId ?? '').catch((error: unknown) =>
                        showError(error, 'The conversation could not be exported.'),
                      )
                    },
                  },
                )
              : []
          }
        />
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
          progress={core.progress}
          upload={upload}
          jobs={jobs}
          actions={jobActions}
          onClose={actions.closeOverlay}
          onShowLibrary={() => actions.goTo('library')}
          onShowModels={() => actions.goTo('models')}
        />
        <DropOverlay
          into={actions.importTargetName(place, openScope, core.collections)}
          onDrop={actions.importDrop}
        />
        <Toasts />
      </OverlayContainer>
    </TooltipProvider>
  )
}
