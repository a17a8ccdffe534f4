import type { Template } from '../../../shared/domain/template/template.ts'
import type { ArmFigures } from '../../../shared/domain/testRun/figures.ts'
import type { RowResult, RunRecord } from '../../../shared/domain/testRun/run.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { versionsOf } from './armsOfPlan.ts'
import { figuresInSlices, judgeResults, type JudgedRun } from './judgeResults.ts'
import type { RunMaterial } from './ports.ts'
import { readResults } from './resultsFile.ts'
import { readRows, resultsOf, type RunFolder } from './runFolder.ts'

/** A run in memory, with all that was answered. */
export interface OpenRun {
  readonly rows: ReadonlyMap<string, TestRow>
  readonly templates: ReadonlyMap<number, Template>
  add(result: RowResult): void
  get(arm: string, row: string): RowResult | undefined
  /** The results of an arm in the order of the rows; the same array until one is added. */
  resultsOf(arm: string): readonly RowResult[]
  judge(): Promise<JudgedRun>
}

export async function openRun(
  folder: Pick<RunFolder, 'directory' | 'record'>,
  material: RunMaterial,
): Promise<OpenRun> {
  const { record, directory } = folder
  const rows = await readRows(directory)
  const templates = await templatesOf(record, material)
  const run = createOpenRun(record, rows, templates)
  for (const result of await readResults(resultsOf(folder))) run.add(result)
  return run
}

export async function templatesOf(
  { template, plan }: Pick<RunRecord, 'template' | 'plan'>,
  material: Pick<RunMaterial, 'version'>,
): Promise<ReadonlyMap<number, Template>> {
  const versions = versionsOf(plan)
  const found = await Promise.all(versions.map((one) => material.version(template, one)))
  return new Map(found.map((one, index) => [versions[index] ?? 0, one]))
}

export function createOpenRun(
  record: Pick<RunRecord, 'plan' | 'arms'>,
  rows: readonly TestRow[],
  templates: ReadonlyMap<number, Template>,
): OpenRun {
  const results = new Map<string, Map<string, RowResult>>()
  const lists = new Map<string, readonly RowResult[]>()
  const figures = new Map<
    string,
    { readonly of: readonly RowResult[]; readonly figures: Promise<ArmFigures> }
  >()

  function listOf(arm: string): readonly RowResult[] {
    const before = lists.get(arm)
    if (before !== undefined) return before
    const own = results.get(arm)
    const list = rows.flatMap(({ id }) => own?.get(id) ?? [])
    lists.set(arm, list)
    return list
  }

  return {
    rows: new Map(rows.map((row) => [row.id, row])),
    templates,
    add(result) {
      const own = results.get(result.arm) ?? new Map<string, RowResult>()
      own.set(result.row, result)
      results.set(result.arm, own)
      lists.delete(result.arm)
    },
    get: (arm, row) => results.get(arm)?.get(row),
    resultsOf: listOf,
    judge: () =>
      judgeResults({
        plan: record.plan,
        arms: record.arms,
        templates,
        rows: rows.length,
        results: new Map(record.arms.map(({ id }) => [id, listOf(id)])),
        // Arms that are done do not change while the next one is at work.
        figuresOf(arm, format, own) {
          const known = figures.get(arm)
          if (known !== undefined && isGoodEnough(known.of, own, rows.length)) return known.figures
          const computed = figuresInSlices(format, own)
          figures.set(arm, { of: own, figures: computed })
          return computed
        },
      }),
  }
}

/**
 * Whether figures of earlier results still do: they are the same, or an arm of many rows is under way
 * and has moved by less than a hundredth.
 */
function isGoodEnough(
  before: readonly RowResult[],
  now: readonly RowResult[],
  rows: number,
): boolean {
  if (before === now) return true
  const added = now.length - before.length
  return added > 0 && now.length < rows && added < now.length / 100
}
