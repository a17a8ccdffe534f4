import type { CheckProgress, CheckResult, RepairResult } from '../../../../shared/contract/data.ts'
import { formatCount, plural } from '../../ui/format.ts'
import type { DataCheckState } from './dataCheckStore.ts'

/** All sentences of "Check your data", except those on faults, which the command line says as well. */
export const dataCheckWords = {
  title: 'Check your data',
  hint: 'Reads every file that Penknife keeps and changes none: documents, conversations, templates, runs, models and settings.',
  check: 'Check',
  checkAgain: 'Check again',
  cancel: 'Cancel',
  models: 'Read model files in full',
  modelsHint:
    'Compares every byte of a model with what was downloaded. It takes about half a minute for 7 GB.',
  repair: 'Repair',
  repairAll: 'Repair all',
  repairNote: 'Nothing is deleted: damaged files are set aside.',
  checking: 'Checking your data',
  repairing: 'Repairing',
  nothingRepaired: 'Nothing could be repaired.',
} as const

/** How far it is: "1,200 of 2,400 files". */
export function progressWords({ done, total, fraction }: CheckProgress): string {
  const files = `${formatCount(done)} of ${plural(total, 'file')}`
  return fraction === null ? files : `${files}, this one ${String(Math.floor(fraction * 100))} %`
}

/** What a check or a repair came to; null while nothing is known. */
export function outcomeWords(state: DataCheckState): string | null {
  switch (state.status) {
    case 'none':
    case 'checking':
    case 'repairing':
      return null
    case 'cancelled':
      return 'The check was cancelled. Nothing more was looked at or changed.'
    case 'failed':
      return state.message
    case 'checked':
      return state.repair === null ? foundWords(state.result) : repairedWords(state.repair)
  }
}

function foundWords({ files, faults }: CheckResult): string {
  if (faults.length === 0) return `Everything is in order: ${plural(files, 'file')} checked.`
  return `${plural(faults.length, 'problem')} found in ${plural(files, 'file')}.`
}

function repairedWords({ repaired, faults, problem }: RepairResult): string {
  const done =
    repaired.length === 0
      ? dataCheckWords.nothingRepaired
      : `${plural(repaired.length, 'problem')} repaired.`
  const left =
    faults.length === 0 ? 'Everything is in order.' : `${plural(faults.length, 'problem')} left.`
  return [done, left, ...(problem === null ? [] : [problem])].join(' ')
}
