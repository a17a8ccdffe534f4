import { Ellipsis, Pencil, Plus, Trash2, Upload } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { longest } from '../../../../../shared/domain/limits.ts'
import { editInWords, type TestSetSummary } from '../../../../../shared/domain/testRun/testSet.ts'
import type { Api } from '../../../api/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field, Select, TextInput } from '../../../ui/Field.tsx'
import { plural } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../../ui/Menu.tsx'
import { showError, showToast } from '../../../ui/toasts.ts'
import type { TestBench } from './testBench.ts'
import './TestSetBar.css'
import './runTab.css'

export interface TestSetBarProps {
  readonly api: Pick<Api, 'testRuns'>
  readonly bench: TestBench
  readonly template: string
  readonly onImport: () => void
}

/** Chooses the test set, with the actions on it. */
export function TestSetBar({ api, bench, template, onImport }: TestSetBarProps) {
  const { testSets, testSet } = useStore(bench.store)
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  const current = testSets?.find(({ id }) => id === testSet)
  const { testRuns } = api

  function remove(id: string, name: string): void {
    testRuns.removeTestSet({ id }).then(
      () => {
        showToast(`${name} deleted.`, {
          undo: () =>
            void testRuns
              .restoreTestSet({ id })
              .catch((error: unknown) => showError(error, 'The rows could not be brought back.')),
        })
      },
      (error: unknown) => showError(error, 'The test set could not be deleted.'),
    )
  }

  return (
    <div className="run-set">
      {testSets !== null && testSets.length > 0 && (
        <Select
          className="run-choice"
          aria-label="Test rows"
          value={testSet ?? ''}
          options={testSets.map(({ id, name, rows }) => ({
            value: id,
            label: `${name} (${plural(rows, 'row')})`,
          }))}
          onChange={(id) => bench.chooseTestSet(id)}
        />
      )}
      {current !== undefined && (
        <span className="run-set-version dim" title={versionInWords(current)}>
          {versionInWords(current)}
        </span>
      )}
      <Button icon={<Upload />} onClick={onImport}>
        Import rows
      </Button>
      <Menu trigger={<IconButton label="More about test rows" icon={<Ellipsis />} />}>
        <MenuItem icon={<Plus />} onSelect={() => setNaming('new')}>
          New set of rows
        </MenuItem>
        {current !== undefined && (
          <>
            <MenuItem icon={<Pencil />} onSelect={() => setNaming('rename')}>
              Rename
            </MenuItem>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 />} onSelect={() => remove(current.id, current.name)}>
              Delete this set
            </MenuItem>
          </>
        )}
      </Menu>
      {naming !== null && (
        <NameDialog
          title={naming === 'new' ? 'New set of rows' : 'Rename the set'}
          initial={naming === 'rename' ? (current?.name ?? '') : ''}
          onClose={() => setNaming(null)}
          onName={async (name) => {
            if (naming === 'rename' && current !== undefined) {
              await testRuns.renameTestSet({ id: current.id, name })
              return
            }
            const made = await testRuns.createTestSet({ template, name })
            await bench.load()
            bench.chooseTestSet(made.id)
          }}
        />
      )}
    </div>
  )
}

/** `Version 3: 2 rows added` */
function versionInWords({ version, edit }: TestSetSummary): string {
  const edited = editInWords(edit)
  return `Version ${String(version)}${edited === '' ? '' : `: ${edited}`}`
}

function NameDialog({
  title,
  initial,
  onName,
  onClose,
}: {
  readonly title: string
  readonly initial: string
  readonly onName: (name: string) => Promise<void>
  readonly onClose: () => void
}) {
  const [name, setName] = useState(initial)
  function submit(): void {
    onName(name.trim()).then(onClose, (error: unknown) =>
      showError(error, 'The name could not be kept. Try again.'),
    )
  }
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={name.trim() === ''} onClick={submit}>
            {initial === '' ? 'Make it' : 'Rename'}
          </Button>
        </>
      }
    >
      <Field label="Name">
        {(control) => (
          <TextInput
            {...control}
            autoFocus
            maxLength={longest.name}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && name.trim() !== '') submit()
            }}
          />
        )}
      </Field>
    </Dialog>
  )
}
