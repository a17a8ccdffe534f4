import { Command } from 'cmdk'
import type { ReactNode } from 'react'
import { Dialog } from '../../ui/Dialog.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import './CommandPalette.css'

export interface PaletteAction {
  readonly id: string
  readonly title: string
  /** Additional search words. */
  readonly keywords?: readonly string[] | undefined
  readonly icon?: ReactNode
  readonly shortcut?: string | undefined
  readonly run: () => void
}

export interface PaletteGroup {
  readonly title: string
  readonly actions: readonly PaletteAction[]
}

export interface CommandPaletteProps {
  readonly open: boolean
  readonly groups: readonly PaletteGroup[]
  readonly onClose: () => void
}

/** All actions of the window, filtered by typing. */
export function CommandPalette({ open, groups, onClose }: CommandPaletteProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Find an action"
      titleHidden
      width={580}
      className="pk-palette"
    >
      <Command label="Find an action" loop>
        <Command.Input
          className="pk-palette-input"
          placeholder="Find an action, a conversation, a document"
        />
        <Command.List className="pk-palette-list" label="Actions">
          <Command.Empty className="pk-palette-empty">Nothing has that name.</Command.Empty>
          {groups
            .filter((group) => group.actions.length > 0)
            .map((group) => (
              <Command.Group key={group.title} heading={group.title} className="pk-palette-group">
                {group.actions.map((action) => (
                  <Command.Item
                    key={action.id}
                    value={`${action.title} ${action.id}`}
                    keywords={[...(action.keywords ?? [])]}
                    className="pk-palette-item"
                    onSelect={() => {
                      onClose()
                      action.run()
                    }}
                  >
                    <span className="pk-palette-icon">{action.icon}</span>
                    <span className="grow cut">{action.title}</span>
                    {action.shortcut !== undefined && <Kbd keys={action.shortcut} />}
                  </Command.Item>
                ))}
              </Command.Group>
            ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}
