import { Copy } from 'lucide-react'
import { Fragment } from 'react'
import type { FollowedTemplate } from '../../../../../shared/domain/conversation.ts'
import { replySpans } from '../../../../../shared/domain/template/replySpans.ts'
import { Button } from '../../../ui/Button.tsx'
import { classNames } from '../../../ui/classNames.ts'
import { showToast } from '../../../ui/toasts.ts'
import { FieldTable } from './FieldTable.tsx'
import { ReplyVerdict } from './ReplyVerdict.tsx'
import type { ReplyProps } from './replyProps.ts'
import './TemplateReply.css'

/** An answer that isn't prose: a label, or fields as a table. */
export function TemplateReply(props: ReplyProps) {
  const { answer, template } = props
  const { check, format, reply } = template
  const value = check?.value ?? check?.partial ?? null
  if (check === null) return <WrittenReply text={answer.text} writing={false} />
  return (
    <div className="pk-reply">
      {typeof value === 'string' && <p className="pk-reply-label">{value}</p>}
      {format.kind === 'json' && value !== null && typeof value !== 'string' && (
        <FieldTable {...props} fields={format.fields} value={value} />
      )}
      {!check.inDomain && <MarkedReply reply={reply} template={template} />}
      <div className="pk-reply-foot">
        <ReplyVerdict template={template} />
        {format.kind === 'json' && check.value !== null && (
          <Button
            variant="quiet"
            icon={<Copy />}
            onClick={() => copyJson(JSON.stringify(check.value, null, 2))}
          >
            Copy as JSON
          </Button>
        )}
      </div>
    </div>
  )
}

/** The raw reply, while it is being written or if it can't be parsed. */
export function WrittenReply({
  text,
  writing,
}: {
  readonly text: string
  readonly writing: boolean
}) {
  return <pre className={classNames('pk-reply-text', writing && 'is-writing')}>{text}</pre>
}

/** The raw reply, with errors at their positions. */
function MarkedReply({
  reply,
  template: { check },
}: {
  readonly reply: string
  readonly template: FollowedTemplate
}) {
  const spans = replySpans(reply, check?.problems ?? [])
  return (
    <pre className="pk-reply-text">
      {spans.map(({ text, problem }, index) =>
        problem === null ? (
          <Fragment key={index}>{text}</Fragment>
        ) : (
          <mark key={index} className="pk-reply-wrong" title={problem}>
            {text}
          </mark>
        ),
      )}
    </pre>
  )
}

function copyJson(text: string): void {
  navigator.clipboard.writeText(text).then(
    () => showToast('Copied.'),
    () => showToast('The fields could not be copied.', { tone: 'bad' }),
  )
}
