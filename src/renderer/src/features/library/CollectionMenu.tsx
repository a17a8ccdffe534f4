import { FolderMinus, FolderPlus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Collection, LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../../ui/Menu.tsx'

export interface CollectionMenuProps {
  readonly trigger: ReactNode
  readonly side?: 'top' | 'bottom' | undefined
  readonly documents: readonly LibraryDocument[]
  readonly collections: readonly Collection[]
  readonly onAssign: (collection: Collection, member: boolean) => void
  readonly onCreate: () => void
}

/** Adds documents to collections and removes them. */
export function CollectionMenu(props: CollectionMenuProps) {
  const { trigger, side, documents, collections, onAssign, onCreate } = props
  const isIn = (collection: Collection) => (document: LibraryDocument) =>
    document.collections.includes(collection.id)
  const open = collections.filter((collection) => !documents.every(isIn(collection)))
  const joined = collections.filter((collection) => documents.some(isIn(collection)))
  return (
    <Menu trigger={trigger} side={side}>
      {open.length > 0 && <MenuLabel>Add to</MenuLabel>}
      {open.map((collection) => (
        <MenuItem
          key={collection.id}
          icon={<FolderPlus />}
          onSelect={() => onAssign(collection, true)}
        >
          {collection.name}
        </MenuItem>
      ))}
      <MenuItem icon={<Plus />} onSelect={onCreate}>
        New collection…
      </MenuItem>
      {joined.length > 0 && (
        <>
          <MenuSeparator />
          <MenuLabel>Take out of</MenuLabel>
        </>
      )}
      {joined.map((collection) => (
        <MenuItem
          key={collection.id}
          icon={<FolderMinus />}
          onSelect={() => onAssign(collection, false)}
        >
          {collection.name}
        </MenuItem>
      ))}
    </Menu>
  )
}
