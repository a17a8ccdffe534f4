import { FolderInput } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { plural } from '../ui/format.ts'
import './DropOverlay.css'

export interface DropOverlayProps {
  /** Where the files will go, in words: "your library", "HR handbook". */
  readonly into: string
  readonly onDrop: (data: DataTransfer) => void
}

/** Accepts files dropped anywhere on the window, and shows beforehand what will happen. */
export function DropOverlay({ into, onDrop }: DropOverlayProps) {
  const [count, setCount] = useState<number | null>(null)
  const drop = useRef(onDrop)
  useEffect(() => {
    drop.current = onDrop
  })
  useEffect(() => {
    const onDragOver = (event: DragEvent): void => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
      setCount([...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file').length)
    }
    const onDragLeave = (event: DragEvent): void => {
      // `relatedTarget` is null only when the pointer leaves the window.
      if (event.relatedTarget === null) setCount(null)
    }
    const onDropped = (event: DragEvent): void => {
      setCount(null)
      if (!holdsFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      drop.current(event.dataTransfer)
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDropped)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDropped)
    }
  }, [])
  if (count === null) return null
  return (
    <div className="pk-drop" role="status">
      <div className="pk-drop-card">
        <FolderInput aria-hidden />
        <div className="pk-drop-title">
          {count === 0 ? 'Drop to import' : `Drop to import ${plural(count, 'file')}`} into {into}
        </div>
        <div className="dim">
          They are read on this computer and stay on it. A .gguf file is added as a model.
        </div>
      </div>
    </div>
  )
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true
}
