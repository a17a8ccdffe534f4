import { useState, type ReactNode } from 'react'
import { ImportRows, type ImportRowsProps } from './ImportRows.tsx'

/** The dialog that imports test rows, closed at first. */
export function useImportRows(props: Omit<ImportRowsProps, 'onClose'>): {
  readonly importRows: () => void
  readonly dialog: ReactNode
} {
  const [open, setOpen] = useState(false)
  return {
    importRows: () => setOpen(true),
    dialog: open && <ImportRows {...props} onClose={() => setOpen(false)} />,
  }
}
