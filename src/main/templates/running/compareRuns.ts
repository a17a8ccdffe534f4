import type { AppContract } from '../../../shared/contract/index.ts'
import {
  comparePairs,
  outcomesOf,
  type Outcomes,
} from '../../../shared/domain/testRun/compareArms.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'
import type { ReadableRun } from './readableRun.ts'

type Compare = Handlers<AppContract>['testRuns']['compare']
type ArmOfRun = Parameters<Compare>[0]['a']

/** An arm of a run, with its rows. */
interface Side {
  readonly name: string
  readonly outcomes: Outcomes
  readonly rows: ReadonlyMap<string, TestRow>
}

/**
 * Compares two arms of runs on the rows that both have, and on those of each tag. A row that was edited
 * between the runs is another question, so it is in neither.
 *
 * @throws AppError `invalid-input` where no scored row is in both; `not-found`.
 */
export async function compareRuns(
  find: (id: string) => ReadableRun,
  a: ArmOfRun,
  b: ArmOfRun,
): Promise<Awaited<ReturnType<Compare>>> {
  const [one, other] = await Promise.all([sideOf(find(a.run), a.arm), sideOf(find(b.run), b.arm)])
  const shared = [...one.rows.values()].filter(
    (row) => contentOf(row) === contentOf(other.rows.get(row.id)),
  )
  const between = (parts: readonly (readonly TestRow[])[]) => {
    const keys = parts.map((_, at) => ({ a: `a${String(at)}`, b: `b${String(at)}` }))
    const outcomes = new Map(
      parts.flatMap((rows, at) => [
        [`a${String(at)}`, outcomesIn(one, rows)] as const,
        [`b${String(at)}`, outcomesIn(other, rows)] as const,
      ]),
    )
    const nameOf = (key: string): string => (key.startsWith('a') ? one.name : other.name)
    return comparePairs(keys, nameOf, outcomes).map((compared) => ({
      at: Number(compared.a.slice(1)),
      comparison: { ...compared, a: a.arm, b: b.arm },
    }))
  }
  const [whole] = between([shared])
  if (whole === undefined) {
    throw new AppError('invalid-input', 'These two have no scored row in common.')
  }
  const tags = [...new Set(shared.flatMap((row) => row.tags ?? []))].sort()
  const tagged = between(
    tags.map((tag) => shared.filter((row) => row.tags?.includes(tag) === true)),
  )
  return {
    ...whole.comparison,
    tags: tagged.map(({ at, comparison }) => ({ tag: tags[at] ?? '', comparison })),
  }
}

async function sideOf({ record, open }: ReadableRun, arm: string): Promise<Side> {
  const opened = await open()
  return {
    name: record.arms.find(({ id }) => id === arm)?.name ?? arm,
    outcomes: outcomesOf(await opened.resultsOf(arm)),
    rows: opened.rows,
  }
}

function outcomesIn({ outcomes }: Side, rows: readonly TestRow[]): Outcomes {
  return new Map(
    rows.flatMap(({ id }) => {
      const right = outcomes.get(id)
      return right === undefined ? [] : [[id, right] as const]
    }),
  )
}

/** What a row asks and what is expected of it. */
function contentOf(row: TestRow | undefined): string {
  return JSON.stringify([row?.values, row?.expected])
}
