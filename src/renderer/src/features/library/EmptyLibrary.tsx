import { File, Folder } from 'lucide-react'
import { readableKinds } from '../../../../shared/domain/formats.ts'
import { Button } from '../../ui/Button.tsx'
import './EmptyLibrary.css'

export interface EmptyLibraryProps {
  readonly importFiles: (files: 'choose-files' | 'choose-folder') => void
  readonly onSample: () => void
}

/** A library without documents: how to fill it, or a sample to try. */
export function EmptyLibrary({ importFiles, onSample }: EmptyLibraryProps) {
  return (
    <div className="library-empty">
      <div className="library-drop">
        <h2 className="library-drop-title">Drop files or a folder anywhere on this window</h2>
        <p className="dim">{readableKinds}</p>
        <p className="dim">They stay on this computer.</p>
        <div className="library-drop-actions">
          <Button icon={<File />} onClick={() => importFiles('choose-files')}>
            Choose files
          </Button>
          <Button icon={<Folder />} onClick={() => importFiles('choose-folder')}>
            Choose a folder
          </Button>
        </div>
      </div>
      <p className="library-sample dim">
        Nothing at hand? The sample library holds a few short documents to try.
        <Button variant="quiet" className="library-sample-button" onClick={onSample}>
          Add the sample library
        </Button>
      </p>
    </div>
  )
}
