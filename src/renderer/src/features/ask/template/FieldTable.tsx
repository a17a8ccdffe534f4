import type { CitedField } from '../../../../../shared/domain/conversation.ts'
import type {
  FieldValue,
  ItemValue,
  OutputField,
} from '../../../../../shared/domain/template/outputFormat.ts'
import { AnswerText } from '../AnswerText.tsx'
import type { ReplyProps } from './replyProps.ts'
import './FieldTable.css'

export interface FieldTableProps extends ReplyProps {
  readonly fields: readonly OutputField[]
  readonly value: Readonly<Record<string, FieldValue>>
}

/** The fields of a reply, one per row; texts with their citations. */
export function FieldTable({ fields, value, ...reply }: FieldTableProps) {
  return (
    <table className="pk-fields" aria-label="Fields of the answer">
      <tbody>
        {fields.map(({ name }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <Value
                value={Object.hasOwn(value, name) ? value[name] : undefined}
                missing={hasProblem(reply, name) ? 'not as the format asks' : 'left out'}
                cited={reply.template.fields.filter(({ field }) => field === name)}
                reply={reply}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function hasProblem({ template: { check } }: ReplyProps, name: string): boolean {
  return check?.problems.some(({ field }) => field === name) === true
}

interface ValueProps {
  readonly value: FieldValue | undefined
  /** Shown if there is none. */
  readonly missing: string
  readonly cited: readonly CitedField[]
  readonly reply: ReplyProps
}

function Value({ value, missing, cited, reply }: ValueProps) {
  if (value === undefined) return <span className="faint">{missing}</span>
  if (typeof value !== 'object') return <Item value={value} cited={cited[0]} reply={reply} />
  if (value.length === 0) return <span className="faint">none</span>
  return (
    <ul>
      {value.map((item, index) => (
        <li key={index}>
          <Item value={item} cited={cited.find((one) => one.item === index)} reply={reply} />
        </li>
      ))}
    </ul>
  )
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
