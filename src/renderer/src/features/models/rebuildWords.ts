import type { RebuildState } from '../../../../shared/contract/models.ts'
import { formatCount, plural, timeLeftWords } from '../../ui/format.ts'

/** The progress of a rebuild in words. */
export interface RebuildWords {
  readonly state: string
  /** 0 to 1; null while it is unknown. */
  readonly fraction: number | null
  readonly figures: string
  readonly note: string
}

const meanwhile = 'Until it is whole, searches use the old index.'

export function describeRebuild({ embedder: { name }, state }: RebuildState): RebuildWords {
  switch (state.status) {
    case 'building': {
      const { done, total, passages, secondsLeft } = state
      const left = secondsLeft === null ? [] : [timeLeftWords(secondsLeft)]
      return {
        state: `Reading anew for ${name}`,
        fraction: fractionOf(done, total),
        figures: [documents(done, total), plural(passages, 'passage'), ...left].join(' · '),
        note: meanwhile,
      }
    }
    case 'paused':
      return {
        state: `Paused: reading anew for ${name}`,
        fraction: fractionOf(state.done, state.total),
        figures: documents(state.done, state.total),
        note: `What is done is kept. ${meanwhile}`,
      }
    case 'failed':
      return {
        state: `Reading anew for ${name} failed`,
        fraction: 0,
        figures: '',
        note: `${state.error.message} The old index is untouched and goes on answering.`,
      }
  }
}

/** An estimate, in words, of the time to embed this many passages again. */
export function rebuildTime(passages: number): string {
  if (passages < 1_000) return 'a minute or two'
  if (passages < 10_000) return 'some minutes'
  return passages < 50_000 ? 'up to an hour' : 'an hour or more'
}

function documents(done: number, total: number): string {
  return `${formatCount(done)} of ${plural(total, 'document')}`
}

function fractionOf(done: number, total: number): number | null {
  return total === 0 ? null : done / total
}
