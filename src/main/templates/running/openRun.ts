import type { Template } from '../../../shared/domain/template/template.ts'
import type { ArmFigures, JudgedRun } from '../../../shared/domain/testRun/figures.ts'
import { findUnjudged, type Unjudged } from '../../../shared/domain/testRun/notJudged.ts'
import type { RowResult, RunRecord } from '../../../shared/domain/testRun/run.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { createTimeSlices } from '../../flow/timeSlices.ts'
import { versionsOf } from './armsOfPlan.ts'
import { figuresInSlices, judgeResults } from './judgeResults.ts'
import type { RunMaterial } from './ports.ts'
import { findResultLines, readLine, type ResultLines } from './resultLines.ts'
import { readRows, resultsOf, type RunFolder } from './runFolder.ts'

/** A run in memory. The results of an arm are parsed when first needed. */
export interface OpenRun {
  readonly rows: ReadonlyMap<string, TestRow>
  readonly templates: ReadonlyMap<number, Template>
  add(result: RowResult): void
  /**
   * Whether a row is answered. Reliable once the arm's results have been parsed: unreadable lines
   * count until then.
   */
  has(arm: string, row: string): boolean
  /**
   * The results of an arm in the order of the rows. Returns the same array until a result is added.
   */
  resultsOf(arm: string): Promise<readonly RowResult[]>
  judge(): Promise<JudgedRun>
}

export async function openRun(
  folder: Pick<RunFolder, 'directory' | 'record'>,
  material: RunMaterial,
): Promise<OpenRun> {
  const { record, directory } = folder
  const rows = await readRows(directory)
  const templates = await templatesOf(record, material)
  return createOpenRun(record, rows, templates, await findResultLines(resultsOf(folder)))
}

export async function templatesOf(
  { template, plan }: Pick<RunRecord, 'template' | 'plan'>,
  material: Pick<RunMaterial, 'version'>,
): Promise<ReadonlyMap<number, Template>> {
  const versions = versionsOf(plan)
  const found = await Promise.all(versions.map((one) => material.version(template, one)))
  return new Map(found.map((one, index) => [versions[index] ?? 0, one]))
}

function createOpenRun(
  record: Pick<RunRecord, 'plan' | 'arms' | 'notRun'>,
  rows: readonly TestRow[],
  templates: ReadonlyMap<number, Template>,
  lines: ResultLines,
): OpenRun {
  const results = new Map<string, Map<string, RowResult>>()
  const reading = new Map<string, Promise<void>>()
  const lists = new Map<string, readonly RowResult[]>()
  let unjudged: Unjudged | undefined
  const figures = new Map<
    string,
    { readonly of: readonly RowResult[]; readonly figures: Promise<ArmFigures> }
  >()

  function add(result: RowResult): void {
    const own = results.get(result.arm) ?? new Map<string, RowResult>()
    own.set(result.row, result)
    results.set(result.arm, own)
    lists.delete(result.arm)
  }

  async function read(arm: string): Promise<void> {
    const slices = createTimeSlices()
    for (const [row, line] of lines.get(arm) ?? []) {
      if (slices.due()) await slices.pause()
      // A result added meanwhile is newer than the line.
      const result = results.get(arm)?.has(row) === true ? undefined : readLine(line)
      if (result !== undefined) add(result)
    }
    lines.delete(arm)
  }

  async function listOf(arm: string): Promise<readonly RowResult[]> {
    const begun = reading.get(arm) ?? read(arm)
    reading.set(arm, begun)
    await begun
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
    add,
    has: (arm, row) => results.get(arm)?.has(row) === true || lines.get(arm)?.has(row) === true,
    resultsOf: listOf,
    async judge() {
      const own = new Map<string, readonly RowResult[]>()
      for (const { id } of record.arms) own.set(id, await listOf(id))
      unjudged ??= unjudgedIn(rows, templates)
      return judgeResults({
        plan: record.plan,
        arms: record.arms,
        templates,
        rows: rows.length,
        unjudged,
        notRun: record.notRun ?? [],
        results: own,
        // Cached, since finished arms don't change while another one runs.
        figuresOf(arm, format, answered) {
          const known = figures.get(arm)
          if (known !== undefined && isGoodEnough(known.of, answered, rows.length)) {
            return known.figures
          }
          const computed = figuresInSlices(format, answered)
          figures.set(arm, { of: answered, figures: computed })
          return computed
        },
      })
    },
  }
}

/** Versions are compared on the same rows, so the latest version speaks for all. */
function unjudgedIn(rows: readonly TestRow[], templates: ReadonlyMap<number, Template>): Unjudged {
  const latest = templates.get(Math.max(...templates.keys()))
  return latest === undefined ? { rows: [], fields: [] } : findUnjudged(rows, latest.format)
}

/**
 * Whether cached figures are still good enough: the results are the same, or a large arm is running
 * and has grown by less than 1 %.
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
