import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import type { ModelState } from '../../../../shared/contract/models.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'
import { Button } from '../../ui/Button.tsx'
import { Field, TextInput } from '../../ui/Field.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { pathFromInput } from './pathFromInput.ts'
import { ModelStatusTag } from './ModelStatusTag.tsx'

export interface ModelFileProps {
  readonly api: Pick<Api, 'models'>
  readonly model: ModelState | null
  /** Path of the chosen file; null is the demo model. */
  readonly chosen: string | null
}

/** Which model answers, how it is, and the way to another. */
export function ModelFile({ api, model, chosen }: ModelFileProps) {
  const [path, setPath] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function choose(file: string | null): Promise<void> {
    setBusy(true)
    setProblem(undefined)
    try {
      await api.models.use({ file })
      setPath('')
    } catch (error) {
      setProblem(
        error instanceof AppError
          ? error.message
          : 'This file could not be used. Check the path and try again.',
      )
    } finally {
      setBusy(false)
    }
  }

  function submit(): void {
    const file = pathFromInput(path)
    if (file === '')
      setProblem('Give the path of a file, for instance C:\\Models\\llama-2-7b.gguf.')
    else void choose(file)
  }

  return (
    <>
      <div className="settings-model">
        <div className="row">
          <span className="settings-model-name grow cut">{model?.name ?? 'Model'}</span>
          {model !== null && <ModelStatusTag model={model} />}
        </div>
        {model?.demo === true && <div className="dim">Demo model: quotes, does not reason.</div>}
        {chosen !== null && <div className="mono settings-path dim">{chosen}</div>}
        {model?.status === 'loading' && (
          <ProgressBar label="Loading the model" fraction={model.fraction} />
        )}
        {model?.status === 'failed' && (
          <div className="settings-problem" role="alert">
            <CircleAlert aria-hidden />
            <span>
              {model.error?.message ?? 'The model could not be loaded. Choose another file.'} Until
              then, questions are answered with passages only.
            </span>
          </div>
        )}
        {chosen !== null && (
          <div>
            <Button disabled={busy} onClick={() => void choose(null)}>
              Use the demo model
            </Button>
          </div>
        )}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) submit()
        }}
      >
        <Field
          label="Use another model"
          hint="Any LLaMA-architecture GGUF file. It stays where it lies."
          error={problem}
        >
          {(control) => (
            <div className="row">
              <TextInput
                {...control}
                className="mono"
                value={path}
                placeholder="Path of a .gguf file"
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => {
                  setPath(event.target.value)
                  setProblem(undefined)
                }}
              />
              <Button type="submit" disabled={busy}>
                {busy ? 'Trying it' : 'Use'}
              </Button>
            </div>
          )}
        </Field>
      </form>
    </>
  )
}
