import { useState } from 'react'
import type { MachineFacts } from '../../../../shared/domain/languageModel.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextInput } from '../../ui/Field.tsx'
import { formatBytes } from '../../ui/format.ts'
import { notStarted } from './GetDialog.tsx'
import type { ModelsStore } from './modelsStore.ts'
import { sentenceOf } from './sentenceOf.ts'
import './ModelsPlace.css'
import './dialogText.css'

const wanted = 'Give the address of a GGUF file: it begins with https:// and ends with .gguf.'

/** Downloads a GGUF file from any address. */
export function AddressDialog({
  models,
  machine,
}: {
  readonly models: ModelsStore
  readonly machine: MachineFacts | null
}) {
  const [address, setAddress] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const url = ggufAddress(address)

  async function start(): Promise<void> {
    if (url === null) {
      setProblem(wanted)
      return
    }
    setBusy(true)
    try {
      await models.startDownload({ url: url.href })
      models.closeSheet()
    } catch (error) {
      setProblem(sentenceOf(error, notStarted))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog open title="Download from an address" width={520} onClose={() => models.closeSheet()}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void start()
        }}
      >
        <Field
          label="Address of a GGUF file"
          hint={
            url === null
              ? 'Any model of the LLaMA architecture.'
              : `Asks ${url.host} for ${nameOf(url)}. It tells the size as it begins; the licence stands on its pages.`
          }
          error={problem}
        >
          {(control) => (
            <TextInput
              {...control}
              className="mono"
              type="url"
              placeholder="https://…/model.gguf"
              spellCheck={false}
              autoComplete="off"
              value={address}
              onChange={(event) => {
                setAddress(event.target.value)
                setProblem(undefined)
              }}
            />
          )}
        </Field>
        {machine?.freeDiskBytes != null && (
          <p className="dim models-dialog-text">
            {formatBytes(machine.freeDiskBytes)} are free where models lie.
          </p>
        )}
        <div className="pk-dialog-actions">
          <Button onClick={() => models.closeSheet()}>Not now</Button>
          <Button type="submit" variant="primary" disabled={busy}>
            {url === null ? 'Download' : `Download from ${url.host}`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function ggufAddress(text: string): URL | null {
  if (!URL.canParse(text.trim())) return null
  const url = new URL(text.trim())
  return /^https?:$/u.test(url.protocol) && /\.gguf$/iu.test(url.pathname) ? url : null
}

function nameOf({ pathname }: URL): string {
  return pathname.slice(pathname.lastIndexOf('/') + 1)
}
