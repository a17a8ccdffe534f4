import { formatCount, formatTimeLeft, plural } from '../../ui/format.ts'
import type { RunningAsk } from './askState.ts'

export interface StageWords {
  readonly text: string
  /** The technical term, for the tooltip. */
  readonly exact: string | null
  /** 0 to 1; null while it can't be measured; undefined for stages without a bar. */
  readonly fraction: number | null | undefined
}

/** The current stage in words. */
export function stageWords({ stage, sources }: Pick<RunningAsk, 'stage' | 'sources'>): StageWords {
  switch (stage.kind) {
    case 'starting':
      return { text: 'Reading your question', exact: null, fraction: undefined }
    case 'searching':
      return {
        text: `Searching ${plural(stage.passages, 'passage')}`,
        exact: 'Full text and vectors',
        fraction: undefined,
      }
    case 'found':
      return {
        text: `Found ${plural(sources.length, 'passage')}`,
        exact: null,
        fraction: undefined,
      }
    case 'loading-model':
      return { text: 'Starting the model', exact: null, fraction: stage.fraction }
    case 'reading': {
      const used = sources.filter((source) => source.inPrompt).length
      const what = used === 0 ? 'Reading' : `Reading ${plural(used, 'source')}`
      const left = stage.secondsLeft === null ? '' : `, ${formatTimeLeft(stage.secondsLeft)}`
      return {
        text: `${what}${left}`,
        exact: `Prefill: ${formatCount(stage.done)} of ${formatCount(stage.total)} tokens`,
        fraction: stage.total === 0 ? null : stage.done / stage.total,
      }
    }
    case 'writing':
      return { text: 'Writing', exact: null, fraction: undefined }
  }
}
