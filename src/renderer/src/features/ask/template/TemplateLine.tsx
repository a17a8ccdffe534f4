import { LayoutTemplate } from 'lucide-react'
import type { TemplateAnswer } from '../../../../../shared/domain/conversation.ts'
import { Button } from '../../../ui/Button.tsx'
import { Tag } from '../../../ui/Chip.tsx'
import '../TurnView.css'
import './TemplateLine.css'

export interface TemplateLineProps {
  readonly template: TemplateAnswer
  /** Whether the template still exists. */
  readonly known: boolean
  readonly onOpen: (id: string) => void
}

/** The template of an answer, or that it was deleted. */
export function TemplateLine({ template, known, onOpen }: TemplateLineProps) {
  if (template.kind === 'missing') {
    return (
      <div className="pk-turn-label">
        <Tag tone="warn">Template deleted</Tag>
        <span className="dim">
          The template of this conversation is gone, so this answer follows none.
        </span>
      </div>
    )
  }
  const { id, name, version } = template
  const words = version === null ? name : `${name}, version ${String(version)}`
  return (
    <div className="pk-turn-template">
      {known ? (
        <Button variant="quiet" faint icon={<LayoutTemplate />} onClick={() => onOpen(id)}>
          {words}
        </Button>
      ) : (
        <span>{words}</span>
      )}
    </div>
  )
}
