import type { OpenTemplateProps } from './templateView.ts'

export function TryTab({ open }: OpenTemplateProps) {
  return <p className="tpl-empty">{open.history.present.name}</p>
}
