import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { AskPlace } from '../features/ask/AskPlace.tsx'
import type { TemplateChoices } from '../features/ask/template/TemplateChip.tsx'
import { LibraryPlace } from '../features/library/LibraryPlace.tsx'
import { ModelAdvice } from '../features/models/ModelAdvice.tsx'
import { ModelsPlace } from '../features/models/ModelsPlace.tsx'
import { SettingsPlace } from '../features/settings/SettingsPlace.tsx'
import { TemplatesPlace } from '../features/templates/TemplatesPlace.tsx'
import { DocumentViewer } from '../features/viewer/DocumentViewer.tsx'
import { showError } from '../ui/toasts.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { placeNames } from './Rail.tsx'
import type { TemplateUse } from './templateUse.ts'
import type { WindowActions } from './windowActions.ts'
import type { WindowParts } from './windowParts.ts'

const noQuestions: readonly string[] = []

interface PlaceProps {
  readonly parts: WindowParts
  readonly actions: WindowActions
  readonly use: TemplateUse
}

/** The place that is open, given what it needs of the others. */
export function CurrentPlace({ parts, actions, use }: PlaceProps) {
  const { api, models } = parts
  const { info, settings, model, collections, documents, libraryLoaded } = useStore(parts.core)
  const place = useStore(parts.navigation, (state) => state.place)
  const templates = useTemplateChoices(parts, actions, use)
  const passages = useMemo(
    () => [...documents.values()].reduce((sum, row) => sum + row.chunks, 0),
    [documents],
  )
  const importFiles = useCallback(
    (choice: 'choose-files' | 'choose-folder') =>
      actions.choose(choice === 'choose-files' ? 'files' : 'folder'),
    [actions],
  )
  const openModels = useCallback(() => actions.goTo('models'), [actions])

  return (
    <ErrorBoundary key={place} name={placeNames[place]}>
      {place === 'ask' && (
        <AskPlace
          api={api}
          ask={parts.ask}
          inspector={parts.inspector}
          model={model}
          passagesOnly={settings.passagesOnly}
          collections={collections}
          documents={documents}
          libraryLoaded={libraryLoaded}
          sampleQuestions={info?.sampleQuestions ?? noQuestions}
          onChoose={actions.choose}
          onOpenModels={openModels}
          advice={<ModelAdvice models={models} model={model} onOpenModels={openModels} />}
          onError={showError}
          templates={templates}
          onAddExample={use.addExample}
          renderViewer={(slot) => <DocumentViewer api={api} {...slot} />}
        />
      )}
      {place === 'library' && info !== null && (
        <LibraryPlace
          api={api}
          info={info}
          importFiles={importFiles}
          onAsk={actions.askAbout}
          onOpenDocument={actions.openDocument}
        />
      )}
      {place === 'templates' && (
        <TemplatesPlace
          api={api}
          templates={parts.templates}
          trying={parts.trying}
          model={model}
          passages={passages}
          collections={collections}
          onOpenModels={openModels}
        />
      )}
      {place === 'models' && (
        <ModelsPlace
          models={models}
          model={model}
          passagesOnly={settings.passagesOnly}
          onUseModel={actions.endPassagesOnly}
          onOpenSettings={() => actions.goTo('settings')}
        />
      )}
      {place === 'settings' && info !== null && (
        <SettingsPlace api={api} info={info} onOpenModels={openModels} />
      )}
    </ErrorBoundary>
  )
}

/** The templates that answers can follow. */
function useTemplateChoices(
  { templates }: WindowParts,
  { newTemplate, openTemplate }: WindowActions,
  { answerWith, answerWithStarter }: TemplateUse,
): TemplateChoices {
  const { list, listed, starters } = useStore(
    templates.store,
    useShallow((state) => ({
      list: state.list,
      listed: state.listed,
      starters: state.starters,
    })),
  )
  return useMemo(
    () => ({
      list,
      listed,
      starters,
      onChoose: answerWith,
      onChooseStarter: answerWithStarter,
      onWrite: newTemplate,
      onOpen: openTemplate,
    }),
    [list, listed, starters, answerWith, answerWithStarter, newTemplate, openTemplate],
  )
}
