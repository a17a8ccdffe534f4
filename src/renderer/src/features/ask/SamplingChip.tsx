import { Dices } from 'lucide-react'
import { bounds } from '../../../../shared/domain/limits.ts'
import type { Sampling } from '../../../../shared/domain/sampling.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Menu, MenuChoices, MenuLabel } from '../../ui/Menu.tsx'

export interface SamplingChipProps {
  /** null: temperature 0 and the default length. */
  readonly sampling: Sampling | null
  readonly onChange: (sampling: Sampling | null) => void
}

const steps = [
  { temperature: 0, name: 'Exact', hint: 'The likeliest words; asked again, the same answer.' },
  { temperature: 0.5, name: 'Balanced', hint: 'Likely words; asked again, another wording.' },
  { temperature: 1, name: 'Free', hint: 'Any words the model thinks of; it errs more often.' },
] as const

const lengths = [
  { value: 'usual', label: 'Usual', hint: 'About 400 words at most.' },
  { value: 'long', label: 'Long', hint: 'As long as half of what the model can hold at once.' },
] as const

const usual: Sampling = { temperature: 0, maxTokens: null }

/** Chooses temperature and length of written answers. */
export function SamplingChip({ sampling, onChange }: SamplingChipProps) {
  const { temperature, maxTokens } = sampling ?? usual
  const name = `${nameOf(temperature)}${maxTokens === null ? '' : ', long'}`
  function change(part: Partial<Sampling>): void {
    const fresh = { temperature, maxTokens, ...part }
    onChange(fresh.temperature === 0 && fresh.maxTokens === null ? null : fresh)
  }
  return (
    <Menu
      side="top"
      trigger={
        <Chip icon={<Dices aria-hidden />} aria-label={`Wording: ${name}`}>
          {name}
        </Chip>
      }
    >
      <MenuLabel>Wording</MenuLabel>
      <MenuChoices
        value={String(temperature)}
        choices={steps.map((step) => ({
          value: String(step.temperature),
          label: step.name,
          hint: `${step.hint} Temperature ${String(step.temperature)}.`,
        }))}
        onChange={(chosen) => change({ temperature: Number(chosen) })}
      />
      <MenuLabel>Longest answer</MenuLabel>
      <MenuChoices
        value={maxTokens === null ? 'usual' : 'long'}
        choices={lengths}
        onChange={(chosen) =>
          change({ maxTokens: chosen === 'usual' ? null : bounds.answerTokens.max })
        }
      />
    </Menu>
  )
}

/** A temperature between the steps, set elsewhere, is shown as a number. */
function nameOf(temperature: number): string {
  const step = steps.find((one) => one.temperature === temperature)
  return step?.name ?? `Temperature ${String(temperature)}`
}
