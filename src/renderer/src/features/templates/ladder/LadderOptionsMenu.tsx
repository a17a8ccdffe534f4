import { SlidersHorizontal } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { Menu, MenuCheckItem } from '../../../ui/Menu.tsx'
import type { LadderOptions } from './planOf.ts'

/** Options of what to run in addition to the four arms. */
export function LadderOptionsMenu({
  options,
  onChange,
}: {
  readonly options: LadderOptions
  readonly onChange: (options: LadderOptions) => void
}) {
  return (
    <Menu align="end" trigger={<Button icon={<SlidersHorizontal />}>Also run</Button>}>
      <MenuCheckItem
        checked={options.nearest}
        onChange={(nearest) => onChange({ ...options, nearest })}
      >
        Nearest examples, without a language model
      </MenuCheckItem>
      <MenuCheckItem
        checked={options.grammarToggled}
        onChange={(grammarToggled) => onChange({ ...options, grammarToggled })}
      >
        Each arm with the format forced and not forced
      </MenuCheckItem>
    </Menu>
  )
}
