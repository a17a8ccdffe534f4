import { LayoutTemplate } from 'lucide-react'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Place } from '../../ui/Place.tsx'
import { OpenTemplateView } from './OpenTemplateView.tsx'
import { createTemplateActions } from './templateActions.ts'
import { TemplateList } from './TemplateList.tsx'
import type { TemplatesPlaceProps } from './templateView.ts'

/** The Templates place: the list, or the open template. */
export function TemplatesPlace(props: TemplatesPlaceProps) {
  const { api, templates } = props
  const { open, opening, loadError } = useStore(templates.store)
  const actions = useMemo(() => createTemplateActions(api, templates), [api, templates])
  if (open !== null) {
    return <OpenTemplateView key={open.id} {...props} open={open} actions={actions} />
  }
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
