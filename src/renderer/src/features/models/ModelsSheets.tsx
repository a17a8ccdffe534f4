import { useStore } from 'zustand'
import type { IndexState } from '../../../../shared/contract/models.ts'
import type { Api } from '../../api/api.ts'
import { useModelLists } from '../../mirror/useModelLists.ts'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { formatBytes, plural } from '../../ui/format.ts'
import { AboutDialog } from './AboutDialog.tsx'
import { AddDialog } from './AddDialog.tsx'
import { AddressDialog } from './AddressDialog.tsx'
import { GetDialog } from './GetDialog.tsx'
import { LicenceDialog } from './LicenceDialog.tsx'
import { MeasureDialog } from './MeasureDialog.tsx'
import type { ModelsStore } from './modelsStore.ts'
import { rebuildTime } from './rebuildWords.ts'
import './ModelsPlace.css'

export interface ModelsSheetsProps {
  readonly api: Pick<Api, 'models'>
  readonly models: ModelsStore
  /** Returns the path of a chosen file; null in a browser. */
  readonly pathOf: ((file: File) => string | null) | null
}

/** The open dialog of the Models place, if any. */
export function ModelsSheets({ api, models, pathOf }: ModelsSheetsProps) {
  const sheet = useStore(models.store, (state) => state.sheet)
  const { installed, catalogue, downloads, index, machine } = useModelLists(models.mirror)
  if (sheet === null) return null
  const close = (): void => models.closeSheet()
  switch (sheet.kind) {
    case 'add':
      return (
        <AddDialog
          key={sheet.file}
          api={api}
          models={models}
          machine={machine}
          file={sheet.file}
          lost={sheet.lost}
          pathOf={pathOf}
        />
      )
    case 'address':
      return <AddressDialog models={models} machine={machine} />
    case 'get': {
      const entry = catalogue.find(({ id }) => id === sheet.id)
      return entry === undefined ? null : (
        <GetDialog entry={entry} machine={machine} models={models} />
      )
    }
    case 'licence': {
      const entry = catalogue.find(({ id }) => id === sheet.id)
      return entry === undefined ? null : <LicenceDialog licence={entry.licence} onClose={close} />
    }
    case 'about': {
      const model = installed.find(({ id }) => id === sheet.id)
      return model?.facts == null ? null : (
        <AboutDialog model={model} facts={model.facts} machine={machine} onClose={close} />
      )
    }
    case 'measure': {
      const model = installed.find(({ id }) => id === sheet.id)
      return model === undefined ? null : (
        <MeasureDialog api={api} id={model.id} name={model.name} onClose={close} />
      )
    }
    case 'remove': {
      const model = installed.find(({ id }) => id === sheet.id)
      return model === undefined ? null : (
        <ConfirmDialog
          open
          title={`Delete ${model.name}?`}
          description={`${model.sizeBytes === 0 ? 'Its files' : formatBytes(model.sizeBytes)} are deleted from this disk. Your documents, conversations and templates stay. It can be downloaded again.`}
          confirmLabel="Delete"
          onConfirm={() => models.remove(model.id)}
          onClose={close}
        />
      )
    }
    case 'embedder': {
      const model = installed.find(({ id }) => id === sheet.id)
      return model === undefined || index === null ? null : (
        <ConfirmDialog
          open
          title={`Find passages with ${model.name}?`}
          description={embedderChange(index)}
          confirmLabel="Read them anew"
          onConfirm={() => models.useEmbedder(model.id)}
          onClose={close}
        />
      )
    }
    case 'cancel-rebuild':
      return (
        <ConfirmDialog
          open={index?.rebuild != null}
          title={`Stay with ${index?.embedder.name ?? 'the old embedder'}?`}
          description="What the new index holds so far is deleted. Your documents and the index in use stay as they are."
          confirmLabel="Cancel the new index"
          onConfirm={() => models.cancelRebuild()}
          onClose={close}
        />
      )
    case 'cancel': {
      const download = downloads.find(({ id }) => id === sheet.id)
      return download === undefined ? null : (
        <ConfirmDialog
          open
          title={`End the download of ${download.name}?`}
          description={
            download.doneBytes === 0
              ? 'Nothing has arrived yet.'
              : `The ${formatBytes(download.doneBytes)} that arrived are deleted. Pause it instead to go on later.`
          }
          confirmLabel="End it"
          onConfirm={() => models.cancel(download.id)}
          onClose={close}
        />
      )
    }
  }
}

/** The effect of choosing another embedder, in words. */
function embedderChange({ passages, rebuild }: IndexState): string {
  const other =
    rebuild === null
      ? ''
      : ` The index that is being made for ${rebuild.embedder.name} is given up.`
  if (passages === 0) return `Nothing is indexed yet, so that it takes effect at once.${other}`
  return `${plural(passages, 'passage')} are read anew in the background, which takes about ${rebuildTime(passages)}. Searches go on meanwhile with the old index, and it can be paused.${other}`
}
