import type { MachineFacts, ModelFit } from '../../../../shared/domain/languageModel.ts'
import { Tag } from '../../ui/Chip.tsx'
import { fitWords } from './modelWords.ts'

export interface FitTagProps {
  readonly model: { readonly fits: ModelFit | null; readonly contextLength: number | null }
  readonly machine: MachineFacts | null
}

/** Whether a model fits into this computer's memory, and with how much context. */
export function FitTag({ model: { fits, contextLength }, machine }: FitTagProps) {
  if (fits === null) return <span className="faint">not known</span>
  const { tone, text } = fitWords(fits, contextLength, machine)
  return <Tag tone={tone}>{text}</Tag>
}
