import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { FoundModel, MachineFacts } from '../../../../shared/domain/languageModel.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { Field, TextInput } from '../../ui/Field.tsx'
import { formatBytes, plural } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { showError } from '../../ui/toasts.ts'
import { FitTag } from './FitTag.tsx'
import { Notice } from './InUse.tsx'
import { ModelTable } from './ModelTable.tsx'
import type { ModelsStore, Scan } from './modelsStore.ts'
import { programNames } from './modelWords.ts'
import { pathFromInput } from './pathFromInput.ts'
import './ModelsPlace.css'
import './problem.css'
import './path.css'
import './OnThisDisk.css'

export interface OnThisDiskProps {
  readonly scan: Scan
  readonly machine: MachineFacts | null
  /** A model is being loaded. */
  readonly busy: boolean
  readonly models: ModelsStore
}

/** Models of other programs, and models in a folder that the user names. */
export function OnThisDisk({ scan, machine, busy, models }: OnThisDiskProps) {
  const [folder, setFolder] = useState('')
  const results = useRef<HTMLDivElement | null>(null)
  const { status } = scan
  useEffect(() => {
    // The scan may have been started from the header or the palette, so scroll to its results.
    if (status === 'running') results.current?.scrollIntoView({ block: 'nearest' })
  }, [status])
  return (
    <>
      <p className="dim">
        Finds GGUF files where LM Studio, Ollama, GPT4All, Jan, llama.cpp and Hugging Face keep
        theirs. They are used where they lie; nothing is copied.
      </p>
      <form
        className="models-scan"
        onSubmit={(event) => {
          event.preventDefault()
          const path = pathFromInput(folder)
          void models.scan(path === '' ? null : path)
        }}
      >
        <div className="grow">
          <Field label="Look also in this folder">
            {(control) => (
              <TextInput
                {...control}
                className="mono"
                placeholder="Path of a folder (may stay empty)"
                spellCheck={false}
                autoComplete="off"
                value={folder}
                onChange={(event) => setFolder(event.target.value)}
              />
            )}
          </Field>
        </div>
        <Button type="submit" size="field" icon={<Search />} disabled={status === 'running'}>
          {status === 'running' ? 'Looking' : 'Look'}
        </Button>
      </form>
      <div ref={results} aria-live="polite">
        {scan.status === 'running' && <ProgressBar label="Looking for models" fraction={null} />}
        {scan.status === 'failed' && <Notice text={scan.message} />}
        {scan.status === 'done' && (
          <Found found={scan.found} machine={machine} busy={busy} models={models} />
        )}
      </div>
    </>
  )
}

function Found({
  found,
  machine,
  busy,
  models,
}: {
  readonly found: readonly FoundModel[]
  readonly machine: MachineFacts | null
  readonly busy: boolean
  readonly models: ModelsStore
}) {
  if (found.length === 0) {
    return (
      <p className="dim">
        No GGUF file there. Name the folder where yours lie, or add one by its path.
      </p>
    )
  }
  return (
    <>
      <p className="dim">{plural(found.length, 'file')} found.</p>
      <ModelTable columns={['file', 'fits', 'size']}>
        {found.map((one) => (
          <FoundRow key={one.file} found={one} machine={machine} busy={busy} models={models} />
        ))}
      </ModelTable>
    </>
  )
}

function FoundRow(props: {
  readonly found: FoundModel
  readonly machine: MachineFacts | null
  readonly busy: boolean
  readonly models: ModelsStore
}) {
  const { found, machine, busy, models } = props
  const { name, file, facts, problem } = found

  async function add(use: boolean): Promise<void> {
    try {
      const { id } = await models.add(file)
      if (use) await models.use({ id })
    } catch (error) {
      showError(error, 'The file could not be added. Check that it is still there.')
    }
  }

  return (
    <tr>
      <th scope="row">
        <div>{name}</div>
        <div className="faint">{programNames[found.place]}</div>
        <div className="mono faint models-path">{file}</div>
      </th>
      <td>
        {problem !== null && <span className="models-problem">{problem}</span>}
        {problem === null && facts !== null && <FitTag model={facts} machine={machine} />}
      </td>
      <td className="is-end dim num">{formatBytes(found.sizeBytes)}</td>
      <td className="is-actions">
        {found.installed ? (
          <Tag>On the list</Tag>
        ) : (
          problem === null && (
            <div className="row">
              <Button aria-label={`Add ${name}`} onClick={() => void add(false)}>
                Add
              </Button>
              <Button aria-label={`Use ${name}`} disabled={busy} onClick={() => void add(true)}>
                Use
              </Button>
            </div>
          )
        )}
      </td>
    </tr>
  )
}
