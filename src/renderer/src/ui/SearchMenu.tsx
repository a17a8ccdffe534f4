import { Popover as Primitive } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { useOverlayContainer } from './overlayContainer.ts'
import { SearchList, type SearchListGroup, type SearchListProps } from './SearchList.tsx'
import './SearchMenu.css'

export interface SearchMenuProps extends Omit<SearchListProps, 'groups'> {
  /** The button that opens it. */
  readonly trigger: ReactNode
  readonly side?: 'top' | 'bottom' | undefined
  /** Made when it opens. */
  readonly groups: () => readonly SearchListGroup[]
}

/** A menu with a search field, for long lists. */
export function SearchMenu({ trigger, side = 'bottom', groups, ...list }: SearchMenuProps) {
  const container = useOverlayContainer()
  const [open, setOpen] = useState(false)
  return (
    <Primitive.Root open={open} onOpenChange={setOpen}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content
          className="pk-search-menu"
          aria-label={list.label}
          align="start"
          side={side}
          sideOffset={4}
          collisionPadding={8}
        >
          {open && <SearchList {...list} groups={closing(groups(), () => setOpen(false))} />}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

/** Closes the menu before an action, which may move the focus. */
function closing(
  groups: readonly SearchListGroup[],
  close: () => void,
): readonly SearchListGroup[] {
  return groups.map((group) => ({
    ...group,
    items: group.items.map((item) => ({
      ...item,
      onSelect() {
        close()
        item.onSelect()
      },
    })),
  }))
}
