import { ClipboardPaste, Plus } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import type {
  OutputField,
  OutputFormat,
} from '../../../../../shared/domain/template/outputFormat.ts'
import { Button } from '../../../ui/Button.tsx'
import { SegmentedControl } from '../../../ui/Switch.tsx'
import { FieldRow } from './FieldRow.tsx'
import { highlightsFromFields, type HighlightStore } from './highlight.ts'
import { LabelsInput } from './LabelsInput.tsx'
import { withMeasure } from './measureChoices.ts'
import { MeasureInput } from './MeasureInput.tsx'
import { PasteSchema } from './PasteSchema.tsx'
import { Problems } from './Problems.tsx'
import { moved, Sortable, SortableRow } from './Sortable.tsx'
import { useAnnouncer } from './useAnnouncer.tsx'
import type { FoundProblem } from './useProblems.ts'
import './section.css'
import './FormatEditor.css'

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
        <Fields
          fields={format.fields}
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

function Fields({
  fields,
  onChange,
}: {
  readonly fields: readonly OutputField[]
  readonly onChange: (fields: readonly OutputField[], about: string) => void
}) {
  const { announce, region } = useAnnouncer()
  const [ids, setIds] = useFieldIds(fields.length)

  function move(from: number, to: number): void {
    const next = moved(fields, from, to)
    if (next === fields) return
    setIds(moved(ids, from, to))
    onChange(next, 'move-field')
    announce(
      `${fields[from]?.name ?? ''} is now field ${String(to + 1)} of ${String(fields.length)}.`,
    )
  }

  return (
    <div className="tpl-fields">
      <Sortable ids={ids} onMove={(id, to) => move(ids.indexOf(id), to)}>
        {fields.map((field, index) => (
          <SortableRow key={ids[index]} id={ids[index] ?? ''} className="tpl-field-row">
            {(handle) => (
              <FieldRow
                field={field}
                handle={handle}
                first={index === 0}
                last={index === fields.length - 1}
                onChange={(next) =>
                  onChange(
                    fields.map((one, at) => (at === index ? next : one)),
                    `field-${String(index)}`,
                  )
                }
                onMove={(by) => move(index, index + by)}
                onRemove={() => {
                  setIds(ids.filter((_, at) => at !== index))
                  onChange(
                    fields.filter((_, at) => at !== index),
                    'remove-field',
                  )
                }}
              />
            )}
          </SortableRow>
        ))}
      </Sortable>
      <Button
        className="tpl-fields-add"
        variant="quiet"
        icon={<Plus />}
        disabled={fields.length >= 100}
        onClick={() => onChange([...fields, newField(fields)], 'add-field')}
      >
        Add a field
      </Button>
      {region}
    </div>
  )
}

/** Stable keys for rows of fields, which have no ids and whose names change while typing. */
function useFieldIds(count: number) {
  const [ids, setIds] = useState<readonly string[]>([])
  const known = ids.slice(0, count)
  const fresh = Array.from({ length: count - known.length }, (_, index) =>
    freeId(ids, known.length + index),
  )
  return [[...known, ...fresh], setIds] as const
}

function freeId(ids: readonly string[], from: number): string {
  let number = from
  while (ids.includes(`field-${String(number)}`)) number += 1000
  return `field-${String(number)}`
}

function newField(fields: readonly OutputField[]): OutputField {
  const taken = new Set(fields.map(({ name }) => name))
  let number = fields.length + 1
  while (taken.has(`field_${String(number)}`)) number += 1
  return { name: `field_${String(number)}`, optional: false, type: { kind: 'text', hint: '' } }
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
