import { Plus } from 'lucide-react'
import { mostItems } from '../../../../../shared/domain/limits.ts'
import { pathWithin } from '../../../../../shared/domain/template/fieldPaths.ts'
import {
  mostLevels,
  shapeOf,
  type OutputField,
} from '../../../../../shared/domain/template/outputFormat.ts'
import { Button } from '../../../ui/Button.tsx'
import { classNames } from '../../../ui/classNames.ts'
import { withElement } from './fieldKinds.ts'
import { FieldRow } from './FieldRow.tsx'
import { newField } from './newField.ts'
import { moved, Sortable, SortableRow } from './Sortable.tsx'
import { useAnnouncer } from './useAnnouncer.tsx'
import { useFieldIds } from './useFieldIds.ts'
import './FieldList.css'

export interface FieldListProps {
  readonly fields: readonly OutputField[]
  /** Of the field that has these; '' is the whole answer. */
  readonly path: string
  /** Of these fields, from 1. */
  readonly level: number
  /** @param about what is changed, for undo */
  readonly onChange: (fields: readonly OutputField[], about: string) => void
}

/** The fields of a JSON answer, or of an object in it, with those within them. */
export function FieldList({ fields, path, level, onChange }: FieldListProps) {
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

  function change(index: number, next: OutputField, about = ''): void {
    onChange(fields.with(index, next), `field-${String(index)} ${about}`)
  }

  function remove(index: number): void {
    setIds(ids.toSpliced(index, 1))
    onChange(fields.toSpliced(index, 1), 'remove-field')
  }

  return (
    <div className={classNames('tpl-fields', level > 1 && 'is-inner')}>
      <Sortable ids={ids} onMove={(id, to) => move(ids.indexOf(id), to)}>
        {fields.map((field, index) => (
          <SortableRow key={ids[index]} id={ids[index] ?? ''} className="tpl-field-row">
            {(handle) => (
              <FieldRow
                field={field}
                path={pathWithin(path, field.name)}
                level={level}
                handle={handle}
                first={index === 0}
                last={index === fields.length - 1}
                onChange={(next) => change(index, next)}
                onMove={(by) => move(index, index + by)}
                onRemove={() => remove(index)}
              >
                <InnerFields
                  field={field}
                  path={pathWithin(path, field.name)}
                  level={level + 1}
                  onChange={(next, about) => change(index, next, about)}
                />
              </FieldRow>
            )}
          </SortableRow>
        ))}
      </Sortable>
      <div className="tpl-fields-foot">
        <Button
          variant="quiet"
          icon={<Plus />}
          disabled={fields.length >= mostItems.fields}
          aria-label={path === '' ? undefined : `Add a field to ${path}`}
          onClick={() => onChange([...fields, newField(fields)], 'add-field')}
        >
          Add a field
        </Button>
        {level === mostLevels && <span className="dim">{deepest}</span>}
      </div>
      {region}
    </div>
  )
}

const deepest = 'Fields go three levels deep: these can’t have fields of their own.'

interface InnerFieldsProps extends Pick<FieldListProps, 'path' | 'level'> {
  readonly field: OutputField
  readonly onChange: (field: OutputField, about: string) => void
}

/** The fields of an object, or of the objects in a list; nothing for other fields. */
function InnerFields({ field, onChange, ...place }: InnerFieldsProps) {
  const shape = shapeOf(field.type)
  if (shape.kind === 'leaf') return null
  return (
    <FieldList
      {...place}
      fields={shape.fields}
      onChange={(fields, about) =>
        onChange({ ...field, type: withElement(field.type, { kind: 'object', fields }) }, about)
      }
    />
  )
}
