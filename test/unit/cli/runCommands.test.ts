import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import type { App } from '../../../src/main/app.ts'
import type { CommandContext } from '../../../src/main/cli/commandContext.ts'
import { addRunCommands } from '../../../src/main/cli/runCommands.ts'
import { createRunReadings } from '../../../src/main/templates/running/runReadings.ts'
import type { ReadableRun } from '../../../src/main/templates/running/readableRun.ts'
import type { RunSummary } from '../../../src/shared/domain/testRun/run.ts'
import { moodRows } from '../../helpers/runMaterial.ts'

const rows = moodRows(8).map((row, at) => ({ ...row, tags: [at < 6 ? 'short' : 'long'] }))

interface Kept {
  readonly id: string
  readonly arms: readonly string[]
  readonly right: number
}

const kept: readonly Kept[] = [
  { id: 'old', arms: ['v1'], right: 0 },
  { id: 'new', arms: ['v2'], right: 6 },
  { id: 'ladder', arms: ['zero-shot', 'few-shot'], right: 0 },
]

function summaryOf({ id, arms }: Kept): RunSummary {
  return {
    record: {
      id,
      template: 'mood',
      startedAt: '2026-01-02T03:04:05.000Z',
      testSet: { id: 's', name: 'Rows', version: 2 },
      arms: arms.map((arm) => ({ id: arm, name: arm })),
      model: null,
    },
    status: 'done',
    done: 8,
    total: 8,
  } as unknown as RunSummary
}

/** A run whose first rows are right. */
function runOf(id: string): ReadableRun {
  const own = kept.find((one) => one.id === id)
  if (own === undefined) expect.fail('Unknown runs are refused before.')
  const results = rows.map((row, at) => ({ row: row.id, score: { exactMatch: at < own.right } }))
  return {
    record: summaryOf(own).record,
    open: () =>
      Promise.resolve({
        rows: new Map(rows.map((row) => [row.id, row])),
        resultsOf: () => Promise.resolve(results),
      }),
  } as unknown as ReadableRun
}

async function runCommand(...args: readonly string[]) {
  const runs = { list: () => kept.map(summaryOf), ...createRunReadings(runOf) }
  const results: unknown[] = []
  const texts: string[] = []
  const context = {
    output: {
      result(value: unknown, text: string) {
        results.push(value)
        texts.push(text)
      },
    },
    signal: new AbortController().signal,
    withApp: (work: (app: App) => Promise<void>) => work({ templates: { runs } } as unknown as App),
  } as unknown as CommandContext
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  addRunCommands(program, () => context)
  await program.parseAsync(args, { from: 'user' })
  return { result: results[0], text: texts.join('\n') }
}

describe('template runs', () => {
  it('lists what can be compared', async () => {
    const { text } = await runCommand('runs')
    expect(text.split('\n')).toHaveLength(3)
    expect(text).toContain('old  mood  2026-01-02  Rows, version 2')
    expect(text).toContain('arms: zero-shot, few-shot')
  })
})

describe('template compare', () => {
  it('compares on all rows and on those of each tag', async () => {
    const { result, text } = await runCommand('compare', 'old', 'new')
    expect(result).toMatchObject({ rows: 8, better: 6, real: true, a: 'v1', b: 'v2' })
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^v2 against v1: 6 rows better.*a real difference/u),
      expect.stringMatching(/^long: v2 against v1: no row differs/u),
      expect.stringMatching(/^short: v2 against v1: 6 rows better/u),
    ])
  })

  it('compares on the rows of a tag', async () => {
    const { result } = await runCommand('compare', 'old', 'new', '--tag', 'short')
    expect(result).toMatchObject({ rows: 6, better: 6 })
  })

  it('takes an arm of several by its name', async () => {
    const { result } = await runCommand('compare', 'ladder/few-shot', 'new')
    expect(result).toMatchObject({ a: 'few-shot', b: 'v2' })
  })

  it.each([
    [['old', 'none'], /There is no run “none”/u],
    [['old', 'ladder'], /several arms\. Name one: ladder\/zero-shot, ladder\/few-shot/u],
    [['ladder/few-shots', 'old'], /no arm “few-shots” \(did you mean “few-shot”\?\)/u],
    [['old', 'new', '--tag', 'shorts'], /tag “shorts” \(did you mean “short”\?\)/u],
  ])('refuses %j', async (args, why) => {
    await expect(runCommand('compare', ...args)).rejects.toThrow(why)
  })
})
