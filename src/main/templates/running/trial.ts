import type { ExampleChoice, Template } from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { runArms, type RunArmsDeps } from './runArms.ts'

/** Answers rows with the given examples. @returns ids of the rows that are right. */
export type Trial = (
  rows: readonly TestRow[],
  template: Template,
  examples: ExampleChoice,
) => Promise<ReadonlySet<string>>

/** @param onRow called after each answer. */
export function createTrial(deps: RunArmsDeps, onRow: () => void, signal: AbortSignal): Trial {
  return async (rows, template, examples) => {
    const right = new Set<string>()
    const arm = {
      id: 'trial',
      name: 'Trial',
      version: 0,
      method: 'generate',
      examples,
      sources: template.sources.retrieve,
      grammar: template.decoding.grammar,
    } as const
    await runArms(
      deps,
      {
        arms: [arm],
        rows,
        templateOf: () => template,
        isDone: () => false,
        modelFile: null,
        models: [],
      },
      {
        armStarted: () => undefined,
        add({ row, score }) {
          if (score?.exactMatch === true) right.add(row)
          onRow()
        },
      },
      signal,
    )
    return right
  }
}
