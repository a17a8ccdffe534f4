import { Copy, Download, Ellipsis, Pencil, RotateCcw } from 'lucide-react'
import type { TemplateVersion } from '../../../../../shared/contract/templates.ts'
import { formatDate } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../../ui/Menu.tsx'
import './VersionList.css'

export interface VersionListProps {
  readonly versions: readonly TemplateVersion[]
  /** Whether there are unsaved changes. */
  readonly changed: boolean
  readonly from: number
  /** null: the unsaved changes. */
  readonly to: number | null
  readonly onFrom: (version: number) => void
  readonly onTo: (version: number | null) => void
  readonly onRestore: (version: number) => void
  readonly onName: (version: number) => void
  readonly onDuplicate: (version: number) => void
  readonly onExport: (version: number) => void
}

/** The versions, newest first, each selectable for the left or right side of the comparison. */
export function VersionList(props: VersionListProps) {
  const { versions, changed, from, to, onFrom, onTo } = props
  const newest = [...versions].sort((left, right) => right.version - left.version)
  return (
    <div className="tpl-versions" tabIndex={0} role="region" aria-label="Versions">
      <table>
        <thead>
          <tr>
            <th scope="col">Left</th>
            <th scope="col">Right</th>
            <th scope="col">Version</th>
            <th scope="col">Actions</th>
          </tr>
        </thead>
        <tbody>
          {changed && (
            <tr>
              <td />
              <td>
                <input
                  type="radio"
                  name="version-right"
                  aria-label="Unsaved changes on the right"
                  checked={to === null}
                  onChange={() => onTo(null)}
                />
              </td>
              <td colSpan={2}>Unsaved changes</td>
            </tr>
          )}
          {newest.map(({ version, name, savedAt }) => (
            <tr key={version}>
              <td>
                <input
                  type="radio"
                  name="version-left"
                  aria-label={`Version ${String(version)} on the left`}
                  checked={from === version}
                  onChange={() => onFrom(version)}
                />
              </td>
              <td>
                <input
                  type="radio"
                  name="version-right"
                  aria-label={`Version ${String(version)} on the right`}
                  checked={to === version}
                  onChange={() => onTo(version)}
                />
              </td>
              <td className="tpl-version-name">
                <span className="cut">{name ?? `Version ${String(version)}`}</span>
                <span className="faint num">
                  {name !== null && `version ${String(version)}, `}
                  {formatDate(savedAt)}
                </span>
              </td>
              <td>
                <VersionMenu {...props} version={version} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function VersionMenu({
  version,
  onRestore,
  onName,
  onDuplicate,
  onExport,
}: Pick<VersionListProps, 'onRestore' | 'onName' | 'onDuplicate' | 'onExport'> & {
  readonly version: number
}) {
  return (
    <Menu
      align="end"
      trigger={<IconButton label={`More about version ${String(version)}`} icon={<Ellipsis />} />}
    >
      <MenuItem icon={<RotateCcw />} onSelect={() => onRestore(version)}>
        Bring back
      </MenuItem>
      <MenuItem icon={<Pencil />} onSelect={() => onName(version)}>
        Name
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Copy />} onSelect={() => onDuplicate(version)}>
        Make a template of it
      </MenuItem>
      <MenuItem icon={<Download />} onSelect={() => onExport(version)}>
        Export
      </MenuItem>
    </Menu>
  )
}
