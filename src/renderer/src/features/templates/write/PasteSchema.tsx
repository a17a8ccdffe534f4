import { useState } from 'react'
import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field, TextArea } from '../../../ui/Field.tsx'
import { readSchema } from './readSchema.ts'
import './pasteText.css'
import './PasteSchema.css'

export interface PasteSchemaProps {
  readonly onUse: (format: OutputFormat) => void
  readonly onClose: () => void
}

/** Imports fields from a JSON schema, and shows what isn't supported. */
export function PasteSchema({ onUse, onClose }: PasteSchemaProps) {
  const [text, setText] = useState('')
  const read = text.trim() === '' ? null : readSchema(text)
  return (
    <Dialog
      open
      onClose={onClose}
      title="Paste a JSON schema"
      width={620}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={read?.format == null}
            onClick={() => {
              if (read?.format == null) return
              onUse(read.format)
              onClose()
            }}
          >
            Use it
          </Button>
        </>
      }
    >
      <Field
        label="Schema"
        hint="An object with properties becomes fields; a list of allowed words becomes labels."
      >
        {(control) => (
          <TextArea
            {...control}
            autoFocus
            className="mono tpl-paste-text"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {read !== null && read.problems.length > 0 && (
        <ul className="tpl-schema-problems" aria-label="What cannot be kept">
          {read.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
