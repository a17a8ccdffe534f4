import type { CitedField } from '../../../../../shared/domain/conversation.ts'
import { pathOfItem, pathWithin } from '../../../../../shared/domain/template/fieldPaths.ts'
import {
  shapeOf,
  type FieldShape,
  type FieldType,
  type FieldValue,
  type ItemValue,
  type ObjectValue,
  type OutputField,
} from '../../../../../shared/domain/template/outputFormat.ts'
import { isList, ownValue } from '../../../../../shared/domain/template/valueAt.ts'
import { AnswerText } from '../AnswerText.tsx'
import type { ReplyProps } from './replyProps.ts'
import './FieldTable.css'

export interface FieldTableProps extends ReplyProps {
  readonly fields: readonly OutputField[]
  readonly value: ObjectValue
}

/** The fields of a reply, one per row; texts with their citations. */
export function FieldTable({ fields, value, ...reply }: FieldTableProps) {
  return (
    <Fields
      label="Fields of the answer"
      fields={fields}
      value={value}
      path=""
      at=""
      reply={reply}
    />
  )
}

/** Where a value is. */
interface Place {
  readonly path: string
  /** The path with the numbers of items, which citations have. */
  readonly at: string
  readonly reply: ReplyProps
}

interface FieldsProps extends Place {
  readonly label: string
  readonly fields: readonly OutputField[]
  readonly value: ObjectValue
}

function Fields({ label, fields, value, path, at, reply }: FieldsProps) {
  return (
    <table className="pk-fields" aria-label={label}>
      <tbody>
        {fields.map(({ name, type }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <Value
                type={type}
                value={ownValue(value, name)}
                path={pathWithin(path, name)}
                at={pathWithin(at, name)}
                reply={reply}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function hasProblem({ template: { check } }: ReplyProps, path: string): boolean {
  return check?.problems.some(({ field }) => field === path) === true
}

interface ValueProps extends Place {
  readonly type: FieldType
  readonly value: FieldValue | undefined
}

function Value({ type, value, ...place }: ValueProps) {
  const { path, at, reply } = place
  if (value === undefined) {
    const why = hasProblem(reply, path) ? 'not as the format asks' : 'left out'
    return <span className="faint">{why}</span>
  }
  const shape = shapeOf(type)
  if (isList(value)) return <Items shape={shape} items={value} {...place} />
  if (typeof value === 'object') {
    const fields = shape.kind === 'leaf' ? [] : shape.fields
    return <Fields label={`Fields of ${at}`} fields={fields} value={value} {...place} />
  }
  return <Item value={value} cited={citedAt(place, null)} reply={reply} />
}

interface ItemsProps extends Place {
  readonly shape: FieldShape
  readonly items: readonly (ItemValue | ObjectValue)[]
}

function Items({ shape, items, ...place }: ItemsProps) {
  if (items.length === 0) return <span className="faint">none</span>
  return (
    <ul>
      {items.map((item, index) => (
        <li key={index}>
          {typeof item === 'object' ? (
            <Fields
              label={`Fields of ${place.at} ${String(index + 1)}`}
              fields={shape.kind === 'leaf' ? [] : shape.fields}
              value={item}
              path={place.path}
              at={pathOfItem(place.at, index)}
              reply={place.reply}
            />
          ) : (
            <Item value={item} cited={citedAt(place, index)} reply={place.reply} />
          )}
        </li>
      ))}
    </ul>
  )
}

function citedAt({ at, reply }: Place, item: number | null): CitedField | undefined {
  return reply.template.fields.find((one) => one.field === at && one.item === item)
}

function Item({
  value,
  cited,
  reply: { citations, active, onOpen },
}: {
  readonly value: ItemValue
  readonly cited: CitedField | undefined
  readonly reply: ReplyProps
}) {
  if (cited === undefined) return <>{typeof value === 'boolean' ? yesOrNo(value) : String(value)}</>
  return (
    <AnswerText
      form="text"
      text={cited.text}
      sentences={cited.sentences}
      citations={citations}
      active={active}
      writing={false}
      onOpen={onOpen}
    />
  )
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no'
}
