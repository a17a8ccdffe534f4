import type { Command } from 'commander'
import { plural } from '../../shared/domain/localFormat.ts'
import { modelNames, type RunSummary } from '../../shared/domain/testRun/run.ts'
import { testSetInWords } from '../../shared/domain/testRun/testSet.ts'
import { AppError, invalidInput } from '../../shared/errors.ts'
import type { App } from '../app.ts'
import { unknownName } from '../templates/store/unknownNames.ts'
import { quoted } from '../templates/tables/describeMapping.ts'
import type { CommandContext } from './commandContext.ts'

interface CompareOptions {
  readonly tag?: string
}

/** `template runs` and `template compare`: the runs that the window keeps. */
export function addRunCommands(template: Command, context: () => CommandContext): void {
  template
    .command('runs')
    .description('list the runs of the window, the latest first')
    .argument('[template]', 'id of a template; all without it')
    .action((id: string | undefined) => runsCommand(context(), id ?? null))
  template
    .command('compare')
    .description('compare two runs on the rows that both have, and on those of each tag')
    .argument('<run>', 'id of a run, or RUN/ARM where it has several arms')
    .argument('<other>', 'what is compared with it')
    .option('--tag <tag>', 'only the rows with this tag')
    .action((one: string, other: string, options: CompareOptions) =>
      compareCommand(context(), one, other, options),
    )
}

async function runsCommand({ withApp, output, signal }: CommandContext, template: string | null) {
  await withApp(async (app) => {
    const runs = await app.templates.runs.list({ template }, { signal })
    output.result(runs, runs.map(asLine).join('\n'))
  })
}

function asLine({ record, status, done, total }: RunSummary): string {
  const { id, template, startedAt, testSet, arms } = record
  const count =
    done === total ? plural(total, 'answer') : `${String(done)} of ${plural(total, 'answer')}`
  return [
    id,
    template,
    startedAt.slice(0, 10),
    testSetInWords(testSet),
    modelNames(record),
    `${status}, ${count}`,
    `arms: ${arms.map((arm) => arm.id).join(', ')}`,
  ].join('  ')
}

async function compareCommand(
  { withApp, output, signal }: CommandContext,
  one: string,
  other: string,
  { tag }: CompareOptions,
): Promise<void> {
  await withApp(async (app) => {
    const runs = await app.templates.runs.list({ template: null }, { signal })
    const sides = { a: armOf(runs, one), b: armOf(runs, other) }
    const found = await app.templates.runs.compare(sides, { signal })
    if (tag !== undefined) {
      const tagged = found.tags.find((part) => part.tag === tag)
      if (tagged === undefined)
        throw unknownTag(
          tag,
          found.tags.map((part) => part.tag),
        )
      output.result(tagged.comparison, tagged.comparison.sentence)
      return
    }
    const lines = found.tags.map((part) => `${part.tag}: ${part.comparison.sentence}`)
    output.result(found, [found.sentence, ...lines].join('\n'))
  })
}

type ArmOfRun = Parameters<App['templates']['runs']['compare']>[0]['a']

/** @throws AppError `not-found`; `invalid-input` that names the arms where none or another is named. */
function armOf(runs: readonly RunSummary[], named: string): ArmOfRun {
  const at = named.indexOf('/')
  const [id, wanted] = at === -1 ? [named, null] : [named.slice(0, at), named.slice(at + 1)]
  const run = runs.find(({ record }) => record.id === id)
  if (run === undefined) {
    throw new AppError('not-found', `There is no run “${id}”. “template runs” shows what there is.`)
  }
  const arms = run.record.arms.map((arm) => arm.id)
  const [only, another] = arms
  if (wanted === null && only !== undefined && another === undefined) return { run: id, arm: only }
  if (wanted !== null && arms.includes(wanted)) return { run: id, arm: wanted }
  const known = arms.map((arm) => `${id}/${arm}`).join(', ')
  throw invalidInput(
    wanted === null
      ? `The run has several arms. Name one: ${known}.`
      : `The run has no arm ${unknownName(wanted, arms)}. Name one: ${known}.`,
  )
}

function unknownTag(tag: string, known: readonly string[]): AppError {
  return invalidInput(
    known.length === 0
      ? 'No row that both runs have has a tag.'
      : `No row that both runs have has the tag ${unknownName(tag, known)}. There are ${quoted(known)}.`,
  )
}
