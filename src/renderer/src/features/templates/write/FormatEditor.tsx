import { ClipboardPaste } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'
import { Button } from '../../../ui/Button.tsx'
import { SegmentedControl } from '../../../ui/Switch.tsx'
import { FieldList } from './FieldList.tsx'
import { highlightsFromFields, type HighlightStore } from './highlight.ts'
import { LabelsInput } from './LabelsInput.tsx'
import { withMeasure } from './measureChoices.ts'
import { MeasureInput } from './MeasureInput.tsx'
import { newField } from './newField.ts'
import { PasteSchema } from './PasteSchema.tsx'
import { Problems } from './Problems.tsx'
import type { FoundProblem } from './useProblems.ts'
import './section.css'

export interface FormatEditorProps {
  readonly format: OutputFormat
  readonly problems: readonly FoundProblem[]
  readonly highlight: HighlightStore
  readonly onChange: (format: OutputFormat, about: string) => void
}

const kinds = [
  { value: 'text', label: 'Text' },
  { value: 'label', label: 'One label' },
  { value: 'json', label: 'JSON fields' },
] as const

/** Edits the answer format, which is put into the prompt, forced by the grammar and checked. */
export function FormatEditor({ format, problems, highlight, onChange }: FormatEditorProps) {
  const id = useId()
  const [pasting, setPasting] = useState(false)
  const lights = useMemo(() => highlightsFromFields(highlight, 'format'), [highlight])
  return (
    <section className="tpl-section" aria-labelledby={id} {...lights}>
      <div className="tpl-section-head">
        <h2 id={id} className="tpl-section-title grow" tabIndex={-1} data-part="format">
          Answer format
        </h2>
        <SegmentedControl
          label="Kind of answer"
          value={format.kind}
          options={kinds}
          onChange={(kind) => onChange(emptyFormat(kind), 'format-kind')}
        />
        <Button variant="quiet" icon={<ClipboardPaste />} onClick={() => setPasting(true)}>
          Paste a schema
        </Button>
      </div>
      {format.kind === 'text' && (
        <p className="dim">Any text will do. Choose another kind to have answers checked.</p>
      )}
      {format.kind === 'label' && (
        <LabelsInput
          label="Labels"
          labels={format.labels}
          onChange={(labels) => onChange({ ...format, labels }, 'labels')}
        />
      )}
      {format.kind === 'json' && (
        <FieldList
          fields={format.fields}
          path=""
          level={1}
          onChange={(fields, about) => onChange({ ...format, fields }, about)}
        />
      )}
      {format.kind !== 'json' && (
        <MeasureInput
          name="the answer"
          type={format}
          measure={format.measure}
          onChange={(measure) => onChange(withMeasure(format, measure), 'measure')}
        />
      )}
      <Problems problems={problems} />
      {pasting && (
        <PasteSchema
          onUse={(pasted) => onChange(pasted, 'pasted-format')}
          onClose={() => setPasting(false)}
        />
      )}
    </section>
  )
}

function emptyFormat(kind: OutputFormat['kind']): OutputFormat {
  switch (kind) {
    case 'text':
      return { kind }
    case 'label':
      return { kind, labels: [] }
    case 'json':
      return { kind, fields: [newField([])] }
  }
}
