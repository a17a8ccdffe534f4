import { BookOpen, FolderPlus, MessageSquareText, RotateCw, Trash2 } from 'lucide-react'
import type { Collection, LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import { Button } from '../../ui/Button.tsx'
import { formatCount } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { CollectionMenu } from './CollectionMenu.tsx'
import type { LibraryActions } from './libraryActions.ts'
import './SelectionActions.css'

export interface SelectionActionsProps {
  readonly documents: readonly LibraryDocument[]
  readonly collections: readonly Collection[]
  readonly actions: LibraryActions
  readonly compact: boolean
  readonly onOpen: (id: string) => void
  /** Asks for the name of a new collection of these documents. */
  readonly onNewCollection: () => void
}

/**
 * The actions on the selected documents. `compact` is for the narrow details, with icons for rarer
 * actions.
 */
export function SelectionActions(props: SelectionActionsProps) {
  const { documents, collections, actions, compact, onOpen, onNewCollection } = props
  const [only] = documents
  const single = documents.length === 1
  const askable = documents.filter(({ contentId }) => contentId !== null)
  const unread = documents.filter(({ state }) => state === 'failed' || state === 'partly-read')
  const readAgain = readAgainLabel(unread.length, documents.length)
  const retry = (): void => actions.retry(unread)
  const remove = (): void => actions.remove(documents)
  return (
    <div className="library-actions">
      {single && only?.contentId != null && (
        <Button icon={<BookOpen />} onClick={() => onOpen(only.id)}>
          Open
        </Button>
      )}
      {askable.length > 0 && (
        <Button icon={<MessageSquareText />} onClick={() => actions.ask(askable)}>
          {single ? 'Ask' : 'Ask about these'}
        </Button>
      )}
      {unread.length > 0 &&
        (compact && askable.length > 0 ? (
          <IconButton label={readAgain} icon={<RotateCw />} onClick={retry} />
        ) : (
          <Button icon={<RotateCw />} onClick={retry}>
            {readAgain}
          </Button>
        ))}
      <CollectionMenu
        trigger={
          compact ? (
            <IconButton label="Collections" icon={<FolderPlus />} />
          ) : (
            <Button icon={<FolderPlus />}>Collections</Button>
          )
        }
        side={compact ? 'bottom' : 'top'}
        documents={documents}
        collections={collections}
        onAssign={(collection, member) => {
          const changed = documents.filter((d) => d.collections.includes(collection.id) !== member)
          actions.assign(changed, collection, member)
        }}
        onCreate={onNewCollection}
      />
      {compact ? (
        <IconButton label="Remove" shortcut="Del" icon={<Trash2 />} onClick={remove} />
      ) : (
        <Button icon={<Trash2 />} onClick={remove}>
          Remove
        </Button>
      )}
    </div>
  )
}

function readAgainLabel(unread: number, selected: number): string {
  return unread === selected ? 'Read again' : `Read ${formatCount(unread)} again`
}
