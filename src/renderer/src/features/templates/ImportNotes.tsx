import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

/** A file that was imported, and what of it wasn't taken over. */
export interface ImportedFile {
  readonly name: string
  readonly notes: readonly string[]
}

/** What an imported file said that a template can't. */
export function ImportNotes({
  file: { name, notes },
  onClose,
}: {
  readonly file: ImportedFile
  readonly onClose: () => void
}) {
  return (
    <Dialog
      open
      title={`${name} imported`}
      onClose={onClose}
      actions={
        <Button data-autofocus variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <p>Not everything could be taken over:</p>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Dialog>
  )
}
