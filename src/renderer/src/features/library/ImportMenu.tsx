import { File, Folder, Plus } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'

export interface ImportMenuProps {
  readonly inBrowser: boolean
  readonly importFiles: (files: 'choose-files' | 'choose-folder') => void
}

export function ImportMenu({ inBrowser, importFiles }: ImportMenuProps) {
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="primary" icon={<Plus />}>
          Import
        </Button>
      }
    >
      <MenuItem
        icon={<File />}
        // Browsers reserve Ctrl+O.
        shortcut={inBrowser ? 'Alt+O' : 'Mod+O'}
        onSelect={() => importFiles('choose-files')}
      >
        Files…
      </MenuItem>
      <MenuItem icon={<Folder />} onSelect={() => importFiles('choose-folder')}>
        A folder…
      </MenuItem>
    </Menu>
  )
}
