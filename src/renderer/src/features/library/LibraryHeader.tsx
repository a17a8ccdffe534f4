import { File, Folder, Plus } from 'lucide-react'
import type { LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { count } from './libraryWords.ts'

export interface LibraryHeaderProps {
  readonly documents: ReadonlyMap<string, LibraryDocument>
  readonly importFiles: (files: 'choose-files' | 'choose-folder') => void
}

export function LibraryHeader({ documents, importFiles }: LibraryHeaderProps) {
  let passages = 0
  for (const { chunks } of documents.values()) passages += chunks
  return (
    <header className="library-header">
      <h1 className="library-title">Library</h1>
      <span className="grow" />
      {documents.size > 0 && (
        <span className="faint num cut">
          {count(documents.size, 'document')} · {count(passages, 'passage')}
        </span>
      )}
      <Menu
        align="end"
        trigger={
          <Button variant="primary" icon={<Plus />}>
            Import
          </Button>
        }
      >
        <MenuItem icon={<File />} shortcut="Mod+O" onSelect={() => importFiles('choose-files')}>
          Files…
        </MenuItem>
        <MenuItem icon={<Folder />} onSelect={() => importFiles('choose-folder')}>
          A folder…
        </MenuItem>
      </Menu>
    </header>
  )
}
