import type { AvailableModel } from '../../../../shared/contract/models.ts'
import type {
  InstalledModel,
  MachineFacts,
  ModelFit,
  ModelPlace,
  ModelSpeed,
} from '../../../../shared/domain/languageModel.ts'
import type { TagTone } from '../../ui/Chip.tsx'
import { formatBytes, formatCount, formatDecimal } from '../../ui/format.ts'

export interface Words {
  readonly tone: TagTone
  readonly text: string
}

/** The default context size in tokens. */
const usualContext = 4_096
/** English words per token, as a rule of thumb. */
const wordsPerToken = 0.75

export type Fit = 'whole' | 'tight' | 'not'

/** @param contextLength tokens that the model was trained with; null if unknown */
export function fitOf(fits: ModelFit, contextLength: number | null): Fit {
  if (fits.maxContext === 0) return 'not'
  return fits.maxContext >= Math.min(usualContext, contextLength ?? usualContext)
    ? 'whole'
    : 'tight'
}

/** Whether a model fits into memory, and with how much context, in words. */
export function fitWords(
  fits: ModelFit,
  contextLength: number | null,
  machine: MachineFacts | null,
): Words {
  switch (fitOf(fits, contextLength)) {
    case 'not':
      return { tone: 'bad', text: `Does not fit: needs ${formatMemory(fits.memoryBytes)}` }
    case 'tight':
      return { tone: 'warn', text: `Tight: room for ${formatCount(fits.maxContext)} tokens` }
    case 'whole': {
      const spare = (machine?.memoryBytes ?? 0) - fits.memoryBytes
      return {
        tone: 'good',
        text: spare > 0 ? `Fits, ${formatMemory(spare)} to spare` : 'Fits',
      }
    }
  }
}

/** Tokens per second as written words: "about 5 words a second". null: unknown. */
export function speedWords(speed: ModelSpeed | null): string | null {
  if (speed === null || speed.writing <= 0) return null
  const words = speed.writing * wordsPerToken
  if (words < 0.75) return 'less than a word a second'
  const rounded = words < 20 ? Math.round(words) : Math.round(words / 10) * 10
  return `about ${formatCount(rounded)} ${rounded === 1 ? 'word' : 'words'} a second`
}

export function originWords({ origin }: Pick<InstalledModel, 'origin'>): string {
  switch (origin) {
    case 'bundled':
      return 'comes with Penknife'
    case 'added':
      return 'used where it lies'
    case 'downloaded':
      return 'downloaded'
  }
}

export const programNames: Readonly<Record<ModelPlace, string>> = {
  'lm-studio': 'LM Studio',
  ollama: 'Ollama',
  gpt4all: 'GPT4All',
  jan: 'Jan',
  'llama.cpp': 'llama.cpp',
  'hugging-face': 'Hugging Face',
  folder: 'The folder you named',
}

/** 6738415616 → "6.7 billion". */
export function weightsWords(parameters: number): string {
  if (parameters >= 1e9) return `${formatDecimal(parameters / 1e9, 1)} billion`
  if (parameters >= 1e6) return `${String(Math.round(parameters / 1e6))} million`
  return formatCount(parameters)
}

/** "16 GB", "4.5 GB". Memory is counted in powers of two, unlike disks and downloads. */
export function formatMemory(bytes: number): string {
  const gigabytes = bytes / 1024 ** 3
  return `${formatDecimal(gigabytes, gigabytes < 10 ? 1 : 0)} GB`
}

/** "16 GB of memory, 8 cores". */
export function machineWords({ memoryBytes, cores }: MachineFacts): string {
  return `This machine: ${formatMemory(memoryBytes)} of memory, ${formatCount(cores)} ${cores === 1 ? 'core' : 'cores'}`
}

/** "4.1 GB"; "about 7.9 GB" if the size is estimated. */
export function downloadSize({
  sizeBytes,
  aboutBytes,
}: Pick<AvailableModel, 'sizeBytes' | 'aboutBytes'>): string {
  if (sizeBytes !== null) return formatBytes(sizeBytes)
  return aboutBytes === null ? 'not known' : `about ${formatBytes(aboutBytes)}`
}
