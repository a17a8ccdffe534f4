import type { Decoding } from '../../../../../shared/domain/template/decoding.ts'
import { Field } from '../../../ui/Field.tsx'
import { NumberInput } from '../../../ui/NumberInput.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { DrawingSettings } from './DrawingSettings.tsx'
import type { SettingsProps } from './settingsProps.ts'
import { bounds } from '../../../../../shared/domain/limits.ts'

/** Settings of generation. */
export function AnswerSettings({ template, onChange }: SettingsProps) {
  const { decoding } = template
  const set = (change: Partial<Decoding>): void =>
    onChange({ decoding: { ...decoding, ...change } }, 'decoding')
  return (
    <>
      <Field inline label="Longest answer, in tokens" hint="This much room is kept free for it.">
        {(control) => (
          <NumberInput
            {...control}
            value={decoding.maxTokens}
            {...bounds.templateAnswerTokens}
            onCommit={(maxTokens) => set({ maxTokens })}
          />
        )}
      </Field>
      <Field
        inline
        label="Temperature"
        hint="0 takes the likeliest word each time; more makes answers differ."
      >
        {(control) => (
          <NumberInput
            {...control}
            fractions
            value={decoding.temperature}
            {...bounds.temperature}
            onCommit={(temperature) => set({ temperature })}
          />
        )}
      </Field>
      {decoding.temperature > 0 && (
        <Field inline label="Seed" hint="The same seed draws the same answers again.">
          {(control) => (
            <NumberInput
              {...control}
              value={decoding.seed}
              {...bounds.seed}
              onCommit={(seed) => set({ seed })}
            />
          )}
        </Field>
      )}
      <DrawingSettings
        decoding={decoding}
        onChange={(next) => onChange({ decoding: next }, 'decoding')}
      />
      {template.format.kind !== 'text' && (
        <Field
          inline
          label="Force the format"
          hint="The model can write nothing else (a grammar). Off, the answer is only checked."
        >
          {(control) => (
            <Switch
              {...control}
              checked={decoding.grammar}
              onChange={(grammar) => set({ grammar })}
            />
          )}
        </Field>
      )}
    </>
  )
}
