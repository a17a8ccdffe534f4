import { useEffect, useState } from 'react'
import type { ExportKind } from '../../../../../shared/contract/templates.ts'
import type { TestSetSummary } from '../../../../../shared/domain/testRun/testSet.ts'
import type { Api } from '../../../api/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field, Select } from '../../../ui/Field.tsx'
import { plural } from '../../../ui/format.ts'
import { showError, showToast } from '../../../ui/toasts.ts'
import { saveFile } from '../../../ui/saveFile.ts'
import './ExportDialog.css'

export interface ExportDialogProps {
  readonly api: Pick<Api, 'templates' | 'testRuns'>
  readonly template: string
  readonly version: number
  readonly onClose: () => void
}

const kinds: readonly {
  readonly value: ExportKind
  readonly label: string
  readonly hint: string
}[] = [
  {
    value: 'penknife',
    label: 'Template of Penknife (JSON)',
    hint: 'One file with everything in it. Import it again here or on another machine.',
  },
  {
    value: 'promptfoo',
    label: 'promptfoo (YAML)',
    hint: 'Prompt, examples and checks for promptfoo, with the rows of a test set as its tests.',
  },
  {
    value: 'chat-jsonl',
    label: 'Chat lines for training (JSONL)',
    hint: 'For fine-tuning: the rows of a test set as chats, parted into training and test.',
  },
]

/** Exports a version as a file for other programs. */
export function ExportDialog({ api, template, version, onClose }: ExportDialogProps) {
  const [kind, setKind] = useState<ExportKind>('penknife')
  const [testSet, setTestSet] = useState('')
  const sets = useTestSets(api, template)
  const hint = kinds.find(({ value }) => value === kind)?.hint
  const needsRows = kind === 'chat-jsonl' && testSet === ''

  async function save(): Promise<void> {
    const files = await api.templates.exportFile({
      id: template,
      version,
      kind,
      testSet: kind === 'penknife' || testSet === '' ? null : testSet,
    })
    for (const { name, text } of files) saveFile({ name, content: text })
    const notes = files.flatMap((file) => file.notes ?? [])
    showToast([`${files.map(({ name }) => name).join(', ')} saved.`, ...notes].join(' '))
    onClose()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Export version ${String(version)}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={needsRows}
            onClick={() => {
              save().catch((error: unknown) =>
                showError(error, 'The version could not be exported. Try again.'),
              )
            }}
          >
            Export
          </Button>
        </>
      }
    >
      <div className="tpl-export">
        <Field label="As" hint={hint}>
          {(control) => <Select {...control} value={kind} options={kinds} onChange={setKind} />}
        </Field>
        {kind !== 'penknife' && (
          <Field
            label="Rows"
            hint={
              sets.length === 0
                ? 'There is no test set yet: import rows under Test.'
                : 'Which test set goes with it.'
            }
          >
            {(control) => (
              <Select
                {...control}
                value={testSet}
                options={[
                  { value: '', label: kind === 'promptfoo' ? 'No rows' : 'Choose a test set' },
                  ...sets.map(({ id, name, rows }) => ({
                    value: id,
                    label: `${name}, ${plural(rows, 'row')}`,
                  })),
                ]}
                onChange={setTestSet}
              />
            )}
          </Field>
        )}
      </div>
    </Dialog>
  )
}

function useTestSets(
  { testRuns }: Pick<Api, 'testRuns'>,
  template: string,
): readonly TestSetSummary[] {
  const [sets, setSets] = useState<readonly TestSetSummary[]>([])
  useEffect(() => {
    let wanted = true
    testRuns.testSets({ template }).then(
      (found) => wanted && setSets(found),
      (error: unknown) => wanted && showError(error, 'The test sets could not be read.'),
    )
    return () => {
      wanted = false
    }
  }, [testRuns, template])
  return sets
}
