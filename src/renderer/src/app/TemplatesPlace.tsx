import { LayoutTemplate } from 'lucide-react'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Place } from '../ui/Place.tsx'

/** Where templates will be. */
export function TemplatesPlace({ onAsk }: { readonly onAsk: () => void }) {
  return (
    <Place title="Templates">
      <EmptyState
        icon={<LayoutTemplate />}
        title="Templates are not in this version yet"
        actions={<Button onClick={onAsk}>Ask a question instead</Button>}
      >
        A template is a question that is asked of many documents with the same words and answered in
        the same form. Until then, questions go one by one under Ask.
      </EmptyState>
    </Place>
  )
}
