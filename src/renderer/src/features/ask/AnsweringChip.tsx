import { PenLine, Quote } from 'lucide-react'
import type { AnswerMode } from '../../../../shared/domain/conversation.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Menu, MenuChoices, MenuLabel } from '../../ui/Menu.tsx'

export interface AnsweringChipProps {
  /** null: the model's setting. */
  readonly answering: AnswerMode | null
  readonly modelDefault: AnswerMode
  /** Whether the demo model is in use. */
  readonly demo: boolean
  readonly onChange: (answering: AnswerMode | null) => void
}

const names: Readonly<Record<AnswerMode, string>> = { write: 'Write', quote: 'Quote' }

/** Chooses the mode of the next answer: written or quoted. */
export function AnsweringChip({ answering, modelDefault, demo, onChange }: AnsweringChipProps) {
  const now = answering ?? modelDefault
  return (
    <Menu
      side="top"
      trigger={
        <Chip
          icon={now === 'quote' ? <Quote aria-hidden /> : <PenLine aria-hidden />}
          aria-label={`Way of answering: ${names[now]}`}
        >
          {names[now]}
        </Chip>
      }
    >
      <MenuLabel>Way of answering</MenuLabel>
      <MenuChoices
        value={answering ?? 'model'}
        choices={[
          {
            value: 'model',
            label: `As the model does best (${names[modelDefault]})`,
          },
          {
            value: 'write',
            label: 'Write',
            hint: demo
              ? 'Prose with citations. The demo model is too small to write any.'
              : 'Prose with citations.',
          },
          {
            value: 'quote',
            label: 'Quote',
            hint: 'Sentences of your documents, word for word. Nothing can be invented.',
          },
        ]}
        onChange={(choice) => onChange(choice === 'model' ? null : choice)}
      />
    </Menu>
  )
}
