import { EmptyState } from '../../ui/EmptyState.tsx'
import type { OpenTemplateProps } from './templateView.ts'

export function LadderTab({ open }: OpenTemplateProps) {
  return <EmptyState title={`Nothing has been tested with ${open.history.present.name} yet`} />
}
