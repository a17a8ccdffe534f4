import type { ReactNode } from 'react'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import './ModelTable.css'

/** Column headings; numbers are right-aligned. */
const columns = {
  model: { title: 'Model' },
  file: { title: 'File' },
  fits: { title: 'Fits' },
  speed: { title: 'Speed here', className: 'is-end' },
  size: { title: 'Size', className: 'is-end' },
  download: { title: 'Download', className: 'is-end' },
  licence: { title: 'Licence', className: 'is-licence' },
} as const

export interface ModelTableProps {
  /** In order; the column of actions is added at the end. */
  readonly columns: readonly (keyof typeof columns)[]
  /** Rows. */
  readonly children: ReactNode
}

/** A table of models for comparison. */
export function ModelTable(props: ModelTableProps) {
  const heads: readonly { readonly title: string; readonly className?: string }[] =
    props.columns.map((name) => columns[name])
  return (
    <table className="models-table">
      <thead>
        <tr>
          {heads.map(({ title, className }) => (
            <th key={title} scope="col" className={className}>
              {title}
            </th>
          ))}
          <th scope="col" className="is-actions">
            <VisuallyHidden>What to do</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  )
}
