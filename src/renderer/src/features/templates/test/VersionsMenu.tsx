import { GitCompare } from 'lucide-react'
import type { TemplateVersion } from '../../../../../shared/contract/templates.ts'
import { Button } from '../../../ui/Button.tsx'
import { Menu, MenuCheckItem, MenuLabel } from '../../../ui/Menu.tsx'

export interface VersionsMenuProps {
  /** Versions that can be tested in addition to the one in the editor; oldest first. */
  readonly versions: readonly TemplateVersion[]
  readonly chosen: readonly number[]
  readonly onChange: (chosen: readonly number[]) => void
}

/** The most additional versions: a run has at most 20, the current one included. */
const mostBeside = 19

/** Chooses earlier versions to test on the same rows in the same run. */
export function VersionsMenu({ versions, chosen, onChange }: VersionsMenuProps) {
  const label =
    chosen.length === 0
      ? 'Compare versions'
      : `With ${chosen.map((one) => `v${String(one)}`).join(', ')}`
  return (
    <Menu align="end" trigger={<Button icon={<GitCompare />}>{label}</Button>}>
      <MenuLabel>Answer the same rows with</MenuLabel>
      {versions.toReversed().map(({ version, name }) => (
        <MenuCheckItem
          key={version}
          checked={chosen.includes(version)}
          onChange={(checked) => {
            const others = chosen.filter((one) => one !== version)
            const next = checked ? [...others, version] : others
            onChange(next.toSorted((a, b) => a - b).slice(-mostBeside))
          }}
        >
          {`Version ${String(version)}${name === null ? '' : `, ${name}`}`}
        </MenuCheckItem>
      ))}
    </Menu>
  )
}
