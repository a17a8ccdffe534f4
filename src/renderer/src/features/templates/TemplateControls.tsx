import { Copy, Ellipsis, Redo2, Trash2, Undo2 } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import type { TemplateActions } from './templateActions.ts'
import { isChanged, type OpenTemplate, type TemplatesStore } from './templatesStore.ts'
import './TemplateControls.css'

export interface TemplateControlsProps {
  readonly open: OpenTemplate
  readonly saving: boolean
  readonly templates: TemplatesStore
  readonly actions: TemplateActions
}

/** The header's controls: version, undo, redo, save and further actions. */
export function TemplateControls({ open, saving, templates, actions }: TemplateControlsProps) {
  const changed = isChanged(open)
  const { past, future, present } = open.history
  return (
    <>
      <Tag>{versionWords(open, changed)}</Tag>
      <span className="tpl-undo">
        <IconButton
          label="Undo"
          shortcut="Mod+Z"
          icon={<Undo2 />}
          disabled={past.length === 0}
          onClick={() => templates.undo()}
        />
        <IconButton
          label="Redo"
          shortcut="Mod+Shift+Z"
          icon={<Redo2 />}
          disabled={future.length === 0}
          onClick={() => templates.redo()}
        />
      </span>
      <Tooltip text="Make a version of what stands here" shortcut="Mod+S">
        <Button
          variant={changed ? 'primary' : 'plain'}
          disabled={!changed || saving}
          onClick={actions.save}
        >
          Save
        </Button>
      </Tooltip>
      <Menu
        align="end"
        trigger={<IconButton label="More about this template" icon={<Ellipsis />} />}
      >
        <MenuItem icon={<Copy />} onSelect={() => actions.duplicate(open.id)}>
          Duplicate
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          danger
          icon={<Trash2 />}
          onSelect={() => actions.remove({ id: open.id, name: present.name })}
        >
          Delete
        </MenuItem>
      </Menu>
    </>
  )
}

function versionWords({ version }: OpenTemplate, changed: boolean): string {
  if (version === 0) return 'not saved yet'
  return changed ? 'unsaved changes' : `version ${String(version)}, saved`
}
