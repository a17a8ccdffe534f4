import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { shortcutGroups } from './shortcuts.ts'
import './ShortcutsDialog.css'

export interface ShortcutsDialogProps {
  readonly open: boolean
  readonly inBrowser: boolean
  readonly onClose: () => void
}

export function ShortcutsDialog({ open, inBrowser, onClose }: ShortcutsDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard" width={520}>
      {shortcutGroups(inBrowser).map((group) => (
        <section key={group.title} className="pk-shortcuts">
          <h3>{group.title}</h3>
          <dl>
            {group.shortcuts.map((shortcut) => (
              <div key={shortcut.does}>
                <dt>{shortcut.does}</dt>
                <dd>
                  <Kbd keys={shortcut.keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}
