import { BookOpen, FolderPlus, MessageSquareText, RotateCw, Trash2 } from 'lucide-react'
import type { Collection, LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import { Button } from '../../ui/Button.tsx'
import { CollectionMenu } from './CollectionMenu.tsx'
import type { LibraryActions } from './libraryActions.ts'

export interface SelectionActionsProps {
  readonly documents: readonly LibraryDocument[]
  readonly collections: readonly Collection[]
  readonly actions: LibraryActions
  readonly menuSide?: 'top' | 'bottom' | undefined
  readonly onOpen: (id: string) => void
  /** Asks for the name of a new collection of these documents. */
  readonly onNewCollection: () => void
}

/** Everything that can be done with the selected documents. */
export function SelectionActions(props: SelectionActionsProps) {
  const { documents, collections, actions, onOpen, onNewCollection } = props
  const [only] = documents
  const single = documents.length === 1
  const askable = documents.filter(({ content }) => content !== null)
  const unread = documents.filter(({ state }) => state === 'failed' || state === 'partly-read')
  return (
    <div className="library-actions">
      {single && only !== undefined && only.content !== null && (
        <Button icon={<BookOpen />} onClick={() => onOpen(only.id)}>
          Open
        </Button>
      )}
      {askable.length > 0 && (
        <Button icon={<MessageSquareText />} onClick={() => actions.ask(askable)}>
          {single ? 'Ask about it' : 'Ask about these'}
        </Button>
      )}
      {unread.length > 0 && (
        <Button icon={<RotateCw />} onClick={() => actions.retry(unread)}>
          {single || unread.length === documents.length
            ? 'Read again'
            : `Read ${String(unread.length)} again`}
        </Button>
      )}
      <CollectionMenu
        trigger={<Button icon={<FolderPlus />}>Collections</Button>}
        side={props.menuSide}
        documents={documents}
        collections={collections}
        onAssign={(collection, member) => {
          const changed = documents.filter((d) => d.collections.includes(collection.id) !== member)
          actions.assign(changed, collection, member)
        }}
        onCreate={onNewCollection}
      />
      <Button icon={<Trash2 />} variant="danger" onClick={() => actions.remove(documents)}>
        Remove
      </Button>
    </div>
  )
}
