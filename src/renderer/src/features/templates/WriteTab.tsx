import type { OpenTemplateProps } from './templateView.ts'

export function WriteTab({ open }: OpenTemplateProps) {
  return <p className="tpl-empty">{open.history.present.name}</p>
}
