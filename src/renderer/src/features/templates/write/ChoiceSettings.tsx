import type { ExampleChoice, Template } from '../../../../../shared/domain/template/template.ts'
import { Field, Select } from '../../../ui/Field.tsx'
import { NumberInput } from '../../../ui/NumberInput.tsx'
import { SegmentedControl } from '../../../ui/Switch.tsx'
import { Problems } from './Problems.tsx'
import type { SettingsProps } from './settingsProps.ts'
import { bounds } from '../../../../../shared/domain/limits.ts'
import './ChoiceSettings.css'

type ChoiceKind = ExampleChoice['kind']

const kinds: readonly { readonly value: ChoiceKind; readonly label: string }[] = [
  { value: 'all', label: 'All that are on, in their order' },
  { value: 'none', label: 'None' },
  { value: 'random', label: 'Some at random, the same for every input' },
  { value: 'varied', label: 'Balanced and varied, the same for every input' },
  { value: 'shuffled', label: 'All, in a drawn order' },
  { value: 'nearest', label: 'Those nearest to the input' },
]

const hints: Readonly<Partial<Record<ChoiceKind, string>>> = {
  nearest: 'Chosen for each input, so that the model reads the whole prompt again each time.',
  varied: 'One of each label first, then those least like the others.',
}

/** Settings of the choice of examples and their layout. */
export function ChoiceSettings({ template, problems, onChange }: SettingsProps) {
  const { choice, layout } = template
  const set = (next: ExampleChoice): void => onChange({ choice: next }, 'choice')
  const shown =
    choice.kind === 'ids' ? [...kinds, { value: 'ids' as const, label: 'A suggested set' }] : kinds
  return (
    <>
      <Field inline label="Which examples" hint={hints[choice.kind]}>
        {(control) => (
          <div className="tpl-choice">
            <Select
              {...control}
              value={choice.kind}
              options={shown}
              onChange={(kind) => set(choiceOf(kind, template))}
            />
            {'count' in choice && (
              <NumberInput
                id={`${control.id}-count`}
                aria-label="How many examples"
                value={choice.count}
                {...(choice.kind === 'random' ? bounds.drawnExamples : bounds.nearestExamples)}
                onCommit={(count) => set({ ...choice, count })}
              />
            )}
            {(choice.kind === 'random' || choice.kind === 'shuffled') && (
              <NumberInput
                id={`${control.id}-seed`}
                aria-label="Seed of the draw"
                value={choice.seed}
                {...bounds.seed}
                onCommit={(seed) => set({ ...choice, seed })}
              />
            )}
          </div>
        )}
      </Field>
      <Problems problems={problems.choice} />
      <div className="pk-field is-inline">
        <div className="pk-field-text">
          <span className="pk-field-label">How they stand in the prompt</span>
          <span className="pk-field-help">
            {layout === 'text'
              ? 'In one message, as “Input: …” and “Output: …”.'
              : 'As turns of a chat: each input a question, each output an answer.'}
          </span>
        </div>
        <SegmentedControl
          label="How examples stand in the prompt"
          value={layout}
          options={[
            { value: 'text', label: 'Text' },
            { value: 'chat', label: 'Chat' },
          ]}
          onChange={(next) => onChange({ layout: next }, 'layout')}
        />
      </div>
    </>
  )
}

function choiceOf(kind: ChoiceKind, { choice, examples }: Template): ExampleChoice {
  const count = 'count' in choice ? choice.count : Math.min(4, Math.max(1, examples.length))
  switch (kind) {
    case 'all':
    case 'none':
      return { kind }
    case 'ids':
      return choice.kind === 'ids' ? choice : { kind: 'all' }
    case 'random':
      return { kind, count, seed: 0 }
    case 'shuffled':
      return { kind, seed: 0 }
    case 'nearest':
    case 'varied':
      return { kind, count: Math.max(1, count) }
  }
}
