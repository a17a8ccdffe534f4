import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Collection, LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import { longest } from '../../../../shared/domain/limits.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog, Dialog } from '../../ui/Dialog.tsx'
import { Field, TextInput } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { plural } from '../../ui/format.ts'
import './CollectionDialogs.css'

export interface NameDialogProps {
  readonly title: string
  readonly confirmLabel: string
  readonly initial: string
  /** Names of other collections, which can't be used. */
  readonly taken: readonly string[]
  readonly onSubmit: (name: string) => void
  readonly onClose: () => void
}

/** Asks for the name of a collection. */
export function NameDialog(props: NameDialogProps) {
  const { title, confirmLabel, initial, taken, onSubmit, onClose } = props
  const [name, setName] = useState(initial)
  const [tried, setTried] = useState(false)
  const clean = name.trim()
  const same = (other: string): boolean =>
    other !== initial && other.toLocaleLowerCase() === clean.toLocaleLowerCase()
  const error =
    clean === ''
      ? 'Give the collection a name.'
      : taken.some(same)
        ? `There is a collection named ${clean} already. Choose another name.`
        : undefined
  function submit(): void {
    setTried(true)
    if (error !== undefined) return
    onSubmit(clean)
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={submit}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Field label="Name" error={tried ? error : undefined}>
          {(control) => (
            <TextInput
              {...control}
              autoFocus
              maxLength={longest.collection}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}

export interface ManageCollectionsProps {
  readonly collections: readonly Collection[]
  readonly documents: Iterable<LibraryDocument>
  readonly onCreate: (name: string) => void
  readonly onRename: (collection: Collection, name: string) => void
  readonly onDelete: (collection: Collection) => void
  readonly onClose: () => void
}

/** Lists all collections with their contents, to create, rename and delete them. */
export function ManageCollections(props: ManageCollectionsProps) {
  const { collections, onCreate, onRename, onDelete, onClose } = props
  const [naming, setNaming] = useState<Collection | 'new' | null>(null)
  const [deleting, setDeleting] = useState<Collection | null>(null)
  const sizes = new Map<string, number>()
  for (const document of props.documents) {
    for (const id of document.collections) sizes.set(id, (sizes.get(id) ?? 0) + 1)
  }
  return (
    <>
      <Dialog
        open
        onClose={onClose}
        title="Collections"
        description="A question can be limited to some collections. A document can be in several."
        actions={
          <Button autoFocus onClick={() => setNaming('new')}>
            New collection
          </Button>
        }
      >
        <ul className="library-collections" aria-label="Collections">
          {collections.length === 0 && <li className="faint">There is no collection yet.</li>}
          {collections.map((collection) => (
            <li key={collection.id} className="library-collection">
              <span className="grow cut">{collection.name}</span>
              <span className="faint num">{plural(sizes.get(collection.id) ?? 0, 'document')}</span>
              <IconButton
                label={`Rename ${collection.name}`}
                icon={<Pencil />}
                onClick={() => setNaming(collection)}
              />
              <IconButton
                label={`Delete ${collection.name}`}
                icon={<Trash2 />}
                onClick={() => setDeleting(collection)}
              />
            </li>
          ))}
        </ul>
      </Dialog>
      {naming !== null && (
        <NameDialog
          title={naming === 'new' ? 'New collection' : 'Rename the collection'}
          confirmLabel={naming === 'new' ? 'Create' : 'Rename'}
          initial={naming === 'new' ? '' : naming.name}
          taken={collections.map(({ name }) => name)}
          onSubmit={(name) => (naming === 'new' ? onCreate(name) : onRename(naming, name))}
          onClose={() => setNaming(null)}
        />
      )}
      <ConfirmDialog
        open={deleting !== null}
        title={`Delete ${deleting?.name ?? 'the collection'}?`}
        description="Only the collection goes. Its documents stay in the library."
        confirmLabel="Delete"
        onConfirm={() => deleting !== null && onDelete(deleting)}
        onClose={() => setDeleting(null)}
      />
    </>
  )
}
