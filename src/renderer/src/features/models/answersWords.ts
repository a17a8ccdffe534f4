import type { ModelState } from '../../../../shared/contract/models.ts'
import type { TagTone } from '../../ui/Chip.tsx'
import { formatCount, plural } from '../../ui/format.ts'

/** The language model in use and its state, in words. */
export interface AnswersWords {
  readonly name: string
  readonly tag: { readonly tone: TagTone; readonly word: string } | null
  readonly detail: string
  /** What went wrong, and the effect on answers. */
  readonly notice: string | null
  /** null if it isn't loading. */
  readonly progress: { readonly label: string; readonly fraction: number | null } | null
}

const quiet = { notice: null, progress: null } as const

export function describeAnswers(model: ModelState | null, passagesOnly: boolean): AnswersWords {
  if (model === null) return { ...quiet, name: '…', tag: null, detail: '' }
  if (passagesOnly || model.status === 'none') {
    return {
      ...quiet,
      name: 'Passages only',
      tag: { tone: 'plain', word: 'No model' },
      detail: 'Questions are answered with the best passages and where they stand.',
    }
  }
  const { name, error } = model
  const notice = error?.message ?? null
  switch (model.status) {
    case 'ready':
      return {
        name,
        notice,
        progress: null,
        tag: { tone: 'good', word: 'Ready' },
        detail: `${whatItDoes(model)}${roomOf(model)}`,
      }
    case 'idle':
      return {
        name,
        notice,
        progress: null,
        tag: { tone: 'plain', word: 'Unloaded' },
        detail: 'Its memory was given back. The next question loads it again.',
      }
    case 'loading':
      return {
        name,
        notice,
        progress: { label: 'Loading the model', fraction: model.fraction },
        tag:
          error === null
            ? { tone: 'info', word: percent('Loading', model.fraction) }
            : { tone: 'warn', word: 'Starting again' },
        detail: 'Questions that are asked now wait for it.',
      }
    case 'measuring':
      return {
        name,
        notice,
        progress: { label: 'Measuring its speed', fraction: model.fraction },
        tag: { tone: 'info', word: percent('Measuring its speed', model.fraction) },
        detail: 'Finds out once how many processor cores answer fastest here.',
      }
    case 'failed':
      return {
        name,
        notice: notice ?? 'The model could not be loaded. Choose another one.',
        progress: null,
        tag: {
          tone: 'bad',
          word: error?.code === 'host-crashed' ? 'Stopped' : 'Could not be loaded',
        },
        detail: 'Until it runs again, questions are answered with passages only.',
      }
  }
}

function whatItDoes({ demo, answering }: ModelState): string {
  if (demo) return 'Demo model: quotes your documents, does not reason.'
  return answering === 'quote' ? 'Quotes word for word.' : 'Writes with citations.'
}

function roomOf({ contextSize, threads }: ModelState): string {
  const room = contextSize === null ? '' : ` ${formatCount(contextSize)} tokens of room.`
  return room + (threads === null ? '' : ` ${plural(threads, 'thread')}.`)
}

function percent(word: string, fraction: number | null): string {
  return fraction === null ? word : `${word}, ${String(Math.floor(fraction * 100))} %`
}
