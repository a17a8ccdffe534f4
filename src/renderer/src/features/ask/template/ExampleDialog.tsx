import type { TemplateSummary } from '../../../../../shared/contract/templates.ts'
import type { Turn } from '../../../../../shared/domain/conversation.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { plural } from '../../../ui/format.ts'
import { SearchList } from '../../../ui/SearchList.tsx'

export interface ExampleDialogProps {
  /** The turn to add as an example; null while the dialog is closed. */
  readonly turn: Turn | null
  readonly templates: readonly TemplateSummary[]
  readonly onChoose: (id: string) => void
  readonly onClose: () => void
}

/** Asks which template an answer should be added to as an example. */
export function ExampleDialog({ turn, templates, onChoose, onClose }: ExampleDialogProps) {
  const followed = turn?.answer?.template
  const own = followed?.kind === 'followed' ? followed.id : null
  // The answer's own template comes first, as the likeliest choice.
  const sorted = [...templates].sort((a, b) => Number(b.id === own) - Number(a.id === own))
  return (
    <Dialog
      open={turn !== null}
      onClose={onClose}
      title="Add as an example"
      description="Question and answer become an example of a template. It opens as a draft, so that you can look at it and undo it."
    >
      <SearchList
        framed
        label="Template"
        placeholder="Find a template"
        none={
          templates.length === 0
            ? 'There are no templates yet. Write one under Templates first.'
            : 'No template has that name.'
        }
        groups={[
          {
            title: '',
            items: sorted.map(({ id, name, examples }) => ({
              id,
              label: name,
              hint:
                id === own
                  ? `This answer follows it. ${plural(examples, 'example')} so far`
                  : `${plural(examples, 'example')} so far`,
              onSelect: () => onChoose(id),
            })),
          },
        ]}
      />
    </Dialog>
  )
}
