import { randomUUID } from 'node:crypto'
import type { Template } from '../../../shared/domain/template/template.ts'
import type { RunPlan } from '../../../shared/domain/testRun/arm.ts'
import type { RunRecord } from '../../../shared/domain/testRun/run.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { AppError } from '../../../shared/errors.ts'
import { appVersion } from '../../config/version.ts'
import { armsOfPlan } from './armsOfPlan.ts'
import type { ModelHashes } from './modelHash.ts'
import { templatesOf } from './openRun.ts'
import type { RunMaterial } from './ports.ts'
import { asksModel, type RunArmsDeps } from './runArms.ts'
import { settleArms } from './settleArms.ts'
import { testedModels } from './testedModels.ts'

export interface NewRunDeps {
  readonly running: RunArmsDeps
  readonly material: RunMaterial
  readonly hashes: Pick<ModelHashes, 'of'>
}

/**
 * Creates the record of a run and a copy of its rows, with everything that is needed to repeat it.
 *
 * @throws AppError `invalid-input` if nothing can be run; `model-missing` if it needs a model and
 * there is none.
 */
export async function newRun(
  deps: NewRunDeps,
  input: { readonly template: string; readonly testSet: string; readonly plan: RunPlan },
  signal: AbortSignal,
): Promise<{ readonly record: RunRecord; readonly rows: readonly TestRow[] }> {
  const { material, running } = deps
  const { template, testSet, plan } = input
  const templates = await templatesOf({ template, plan }, material)
  const [first] = templates.values()
  if (first === undefined) throw new AppError('invalid-input', 'There is no version to run.')
  const set = await material.testSet(testSet)
  const rows = await rowsForAll(material, testSet, [...templates.values()])
  if (rows.length === 0) {
    throw new AppError(
      'invalid-input',
      `The test set “${set.name}” has no row that counts. Add rows, or include some that are left out.`,
    )
  }
  const tested =
    plan.kind === 'models' ? await testedModels(plan.models, deps.hashes, signal) : null
  const planned = await settleArms(
    armsOfPlan(plan, templates, tested?.models),
    (version) => templates.get(version) ?? first,
    running.vectors,
    signal,
  )
  const { arms } = planned
  const notRun = [...(tested?.notRun ?? []), ...planned.notRun]
  if (arms.length < 2 && notRun.length > 0) throwIfNothingToCompare(plan, notRun)
  const model = tested === null && arms.some(asksModel) ? await modelOf(deps, signal) : null
  const record: RunRecord = {
    schema: 1,
    id: randomUUID(),
    template,
    plan,
    arms: [...arms],
    notRun,
    testSet: { id: set.id, name: set.name, version: set.version },
    rows: rows.map(({ id }) => id),
    model,
    ...(tested === null ? {} : { models: tested.models }),
    embedder: running.embedder.id,
    decoding: first.decoding,
    appVersion,
    startedAt: new Date().toISOString(),
  }
  return { record, rows }
}

/** What to change where a plan is for nothing but comparing, and nothing differs. */
const toCompare: Readonly<Partial<Record<RunPlan['kind'], string>>> = {
  order: 'Add examples',
  choice: 'Add examples',
  shots: 'Add examples',
  models: 'Choose another model or setting',
}

function throwIfNothingToCompare({ kind }: RunPlan, notRun: readonly string[]): void {
  const what = toCompare[kind]
  if (what === undefined) return
  throw new AppError(
    'invalid-input',
    `There is nothing to compare. ${notRun.join(' ')} ${what}, then start the test.`,
  )
}

/**
 * Rows that aren't too similar to an example of any version, so that all versions are tested on the
 * same rows.
 */
async function rowsForAll(
  material: RunMaterial,
  testSet: string,
  templates: readonly Template[],
): Promise<readonly TestRow[]> {
  const lists = await Promise.all(templates.map((one) => material.includedRows(testSet, one)))
  const [first = [], ...others] = lists
  const kept = others.map((rows) => new Set(rows.map(({ id }) => id)))
  return first.filter(({ id }) => kept.every((ids) => ids.has(id)))
}

async function modelOf(
  { running, hashes }: NewRunDeps,
  signal: AbortSignal,
): Promise<RunRecord['model']> {
  const info = await running.model(() => undefined, signal)
  if (info === null) {
    throw new AppError(
      'model-missing',
      'There is no language model to answer with. Choose one under Models, then start the test.',
    )
  }
  const { file, name, contextSize } = info
  return { file, name, contextSize, sha256: await hashes.of(file, signal) }
}
