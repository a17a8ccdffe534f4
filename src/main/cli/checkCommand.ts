import type { Command } from 'commander'
import type { DataFault } from '../../shared/domain/dataFault.ts'
import { faultSentence, repairSentence, storeNames } from '../../shared/dataFaultWords.ts'
import { plural } from '../../shared/domain/localFormat.ts'
import type { App } from '../app.ts'
import type { CommandContext } from './commandContext.ts'
import type { Output } from './output.ts'

interface CheckOptions {
  readonly repair: boolean
  readonly models: boolean
}

/** `check`: reads all of the data folder. Exits with 1 if something is wrong and not repaired. */
export function addCheckCommand(program: Command, context: () => CommandContext): void {
  program
    .command('check')
    .description('check every file of the library, and repair what is damaged')
    .option('--repair', 'repair what can be repaired; damaged files are set aside', false)
    .option('--models', 'read the files of models in full, too', false)
    .action(async (options: CheckOptions) => {
      const { withApp, output, signal, fail } = context()
      if (!(await withApp((app) => checkData(app, options, output, signal)))) fail()
    })
}

async function checkData(
  { dataCheck }: App,
  { repair, models }: CheckOptions,
  output: Output,
  signal: AbortSignal,
): Promise<boolean> {
  const ignore = (): void => undefined
  const { files, faults } = await dataCheck.check(models, ignore, signal)
  if (faults.length === 0) {
    output.message(`Everything is in order: ${plural(files, 'file')} checked.`)
    return true
  }
  if (!repair) {
    for (const fault of faults) report(fault, false, output)
    output.message('“check --repair” repairs what it can. Nothing is deleted.')
    return false
  }
  const repaired = await dataCheck.repair(
    faults.map(({ id }) => id),
    ignore,
    signal,
  )
  for (const fault of faults) report(fault, repaired.repaired.includes(fault.id), output)
  for (const fault of repaired.faults) {
    output.message(`${fault.name}: ${faultSentence(fault)} ${repairSentence(fault)}`)
  }
  if (repaired.problem !== null) output.message(repaired.problem)
  if (repaired.setAside !== null) output.message(`Damaged files are now in ${repaired.setAside}.`)
  return repaired.faults.length === 0
}

function report(fault: DataFault, repaired: boolean, output: Output): void {
  const { store, name, file, kind } = fault
  output.result(
    { store, name, file, fault: kind, repaired },
    `${storeNames[store]}: ${name}: ${faultSentence(fault)}${repaired ? ' Repaired.' : ''}`,
  )
}
