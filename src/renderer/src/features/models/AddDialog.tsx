import { FolderOpen } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { MachineFacts, ModelFacts } from '../../../../shared/domain/languageModel.ts'
import type { Api } from '../../api/api.ts'
import { Button } from '../../ui/Button.tsx'
import { chooseFile } from '../../ui/chooseFile.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextInput } from '../../ui/Field.tsx'
import { showToast } from '../../ui/toasts.ts'
import { ModelFactsList } from './Facts.tsx'
import type { ModelsStore } from './modelsStore.ts'
import { pathFromInput } from './pathFromInput.ts'
import { sentenceOf } from './sentenceOf.ts'
import './ModelsPlace.css'
import './AddDialog.css'

const fallback = 'This file could not be read. Check the path and try again.'

export interface AddDialogProps {
  readonly api: Pick<Api, 'models'>
  readonly models: ModelsStore
  readonly machine: MachineFacts | null
  /** Initial path; empty if the user has to enter it. */
  readonly file: string
  /** Name of a dropped file without a path (in a browser). */
  readonly lost: string | null
  readonly pathOf: ((file: File) => string | null) | null
}

interface Looked {
  readonly file: string
  readonly facts: ModelFacts
}

/** Shows what a model file is, and adds it without copying. */
export function AddDialog({ api, models, machine, file, lost, pathOf }: AddDialogProps) {
  const [path, setPath] = useState(file)
  // A dropped file is read at once, a typed path when submitted.
  const [busy, setBusy] = useState(file !== '')
  const [problem, setProblem] = useState<string>()
  const [looked, setLooked] = useState<Looked | null>(null)

  const inspect = useCallback(
    (wanted: string) =>
      api.models.inspect({ file: wanted }).then(
        (facts) => {
          // In one update: a disabled button can't take the focus.
          setBusy(false)
          setLooked({ file: wanted, facts })
        },
        (error: unknown) => {
          setBusy(false)
          setProblem(sentenceOf(error, fallback))
        },
      ),
    [api],
  )
  useEffect(() => {
    if (file !== '') void inspect(file)
  }, [file, inspect])

  async function look(given: string): Promise<void> {
    const wanted = pathFromInput(given)
    setLooked(null)
    if (wanted === '') {
      setProblem('Give the path of a file, for instance C:\\Models\\llama-2-7b.gguf.')
      return
    }
    setBusy(true)
    setProblem(undefined)
    await inspect(wanted)
  }

  async function choose(): Promise<void> {
    const chosen = await chooseFile('.gguf')
    const found = chosen === null ? null : (pathOf?.(chosen) ?? null)
    if (found === null) return
    setPath(found)
    await look(found)
  }

  async function add({ file: wanted, facts }: Looked, use: boolean): Promise<void> {
    setBusy(true)
    try {
      const { id } = await models.add(wanted)
      models.closeSheet()
      if (use) await models.use({ id })
      else showToast(`${facts.name} is on the list.`)
    } catch (error) {
      setProblem(sentenceOf(error, fallback))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog open title="Add a model file" width={520} onClose={() => models.closeSheet()}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void look(path)
        }}
      >
        {lost !== null && (
          <p className="models-lost">
            A browser does not tell where {lost} lies, and a model is used where it is instead of
            being copied. Give its path here; the desktop app takes dropped files as they are.
          </p>
        )}
        <Field
          label="Path of the file"
          hint="Any GGUF file of the LLaMA architecture. It stays where it lies."
          error={problem}
        >
          {(control) => (
            <div className="row">
              <TextInput
                {...control}
                className="mono"
                placeholder="Path of a .gguf file"
                spellCheck={false}
                autoComplete="off"
                value={path}
                onChange={(event) => {
                  setPath(event.target.value)
                  setProblem(undefined)
                  setLooked(null)
                }}
              />
              {pathOf !== null && (
                <Button icon={<FolderOpen />} disabled={busy} onClick={() => void choose()}>
                  Choose
                </Button>
              )}
              <Button type="submit" disabled={busy}>
                Look at it
              </Button>
            </div>
          )}
        </Field>
      </form>
      {looked !== null && (
        <div className="models-looked" role="region" aria-label="What it is">
          <h3>{looked.facts.name}</h3>
          <ModelFactsList facts={looked.facts} machine={machine} />
          <div className="pk-dialog-actions">
            <Button disabled={busy} onClick={() => void add(looked, false)}>
              Add to the list
            </Button>
            <Button
              variant="primary"
              autoFocus
              disabled={busy || looked.facts.fits.maxContext === 0}
              onClick={() => void add(looked, true)}
            >
              Use it
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
