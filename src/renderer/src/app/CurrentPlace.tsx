import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { AskPlace } from '../features/ask/AskPlace.tsx'
import type { TemplateChoices } from '../features/ask/template/TemplateChip.tsx'
import { LibraryPlace } from '../features/library/LibraryPlace.tsx'
import { ModelAdvice } from '../features/models/ModelAdvice.tsx'
import { ModelsPlace } from '../features/models/ModelsPlace.tsx'
import { SettingsPlace } from '../features/settings/SettingsPlace.tsx'
import { TemplatesPlace } from '../features/templates/TemplatesPlace.tsx'
import { DocumentViewer } from '../features/viewer/DocumentViewer.tsx'
import { useMirrored } from '../mirror/useMirrored.ts'
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

/** The open place, connected to the other features. */
export function CurrentPlace({ parts, actions, use }: PlaceProps) {
  const { api, mirror, models } = parts
  const info = useMirrored(mirror.info)
  const settings = useStore(mirror.settings)
  const model = useMirrored(mirror.model)
  const installed = useMirrored(mirror.models.installed)
  const library = useStore(mirror.library)
  const { documents, collections } = library.value
  const reading = useStore(mirror.progress, ({ value }) => value.reading)
  const openId = useStore(parts.ask.store, (state) => state.open.id)
  const title = useStore(
    mirror.conversations,
    ({ value }) => value.find(({ id }) => id === openId)?.title ?? null,
  )
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
          passagesOnly={settings.value.passagesOnly}
          collections={collections}
          documents={documents}
          libraryLoaded={library.known}
          sampleQuestions={info?.sampleQuestions ?? noQuestions}
          onChoose={actions.choose}
          onOpenModels={openModels}
          advice={<ModelAdvice models={models} model={model} onOpenModels={openModels} />}
          onError={showError}
          title={title}
          templates={templates}
          onAddExample={use.addExample}
          renderViewer={(slot) => <DocumentViewer api={api} {...slot} />}
        />
      )}
      {place === 'library' && info !== null && (
        <LibraryPlace
          api={api}
          info={info}
          library={library}
          reading={reading}
          importFiles={importFiles}
          onAsk={actions.askAbout}
          onOpenDocument={actions.openDocument}
        />
      )}
      {place === 'templates' && (
        <TemplatesPlace
          api={api}
          connection={parts.connection.state}
          templates={parts.templates}
          trying={parts.trying}
          model={model}
          installed={installed}
          passages={passages}
          collections={collections}
          onOpenModels={openModels}
        />
      )}
      {place === 'models' && (
        <ModelsPlace
          models={models}
          model={model}
          passagesOnly={settings.value.passagesOnly}
          onUseModel={actions.endPassagesOnly}
          onOpenSettings={() => actions.goTo('settings')}
        />
      )}
      {place === 'settings' && info !== null && (
        <SettingsPlace
          info={info}
          settings={settings.known ? settings.value : null}
          model={model}
          onChange={mirror.settings.update}
          onChangeModel={mirror.settings.updateModel}
          onOpenModels={openModels}
          dataCheck={parts.dataCheck}
          aside={parts.aside}
        />
      )}
    </ErrorBoundary>
  )
}

/** The templates that can be chosen for answers. */
function useTemplateChoices(
  { mirror }: WindowParts,
  { newTemplate, openTemplate }: WindowActions,
  { answerWith, answerWithStarter }: TemplateUse,
): TemplateChoices {
  const { value, known } = useStore(mirror.templates)
  return useMemo(
    () => ({
      ...value,
      listed: known,
      onChoose: answerWith,
      onChooseStarter: answerWithStarter,
      onWrite: newTemplate,
      onOpen: openTemplate,
    }),
    [value, known, answerWith, answerWithStarter, newTemplate, openTemplate],
  )
}
