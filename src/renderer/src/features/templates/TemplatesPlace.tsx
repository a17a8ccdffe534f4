import { LayoutTemplate } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Place } from '../../ui/Place.tsx'
import { OpenTemplateView } from './OpenTemplateView.tsx'
import { ImportNotes, type ImportedFile } from './ImportNotes.tsx'
import { createTemplateActions, type TemplateActions } from './templateActions.ts'
import { TemplateList } from './TemplateList.tsx'
import type { TemplatesPlaceProps } from './templateView.ts'

/** The Templates place: the list, or the open template. */
export function TemplatesPlace(props: TemplatesPlaceProps) {
  const { api, templates } = props
  const [imported, setImported] = useState<ImportedFile | null>(null)
  const actions = useMemo(
    () => createTemplateActions(api, templates, setImported),
    [api, templates],
  )
  return (
    <>
      <Shown {...props} actions={actions} />
      {imported !== null && <ImportNotes file={imported} onClose={() => setImported(null)} />}
    </>
  )
}

function Shown(props: TemplatesPlaceProps & { readonly actions: TemplateActions }) {
  const { templates, actions } = props
  const { open, opening, loadError } = useStore(templates.store)
  if (open !== null) return <OpenTemplateView key={open.id} {...props} open={open} />
  if (loadError !== null) {
    return (
      <Place title="Templates">
        <EmptyState
          icon={<LayoutTemplate />}
          title="This template could not be opened"
          actions={<Button onClick={actions.close}>All templates</Button>}
        >
          {loadError.message}
        </EmptyState>
      </Place>
    )
  }
  return <TemplateList templates={templates} actions={actions} busy={opening !== null} />
}
