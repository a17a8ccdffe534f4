import type { AppContract } from '../../src/shared/contract/index.ts'

import { checkReply } from '../../src/shared/domain/template/checkReply.ts'
import { readExpected } from '../../src/shared/domain/template/expected.ts'
import { scoreReply } from '../../src/shared/domain/template/scoreReply.ts'
import type { Template } from '../../src/shared/domain/template/template.ts'
import { ladderArms, type Arm, type RunPlan } from '../../src/shared/domain/testRun/arm.ts'
import {
  compareArms,
  comparePairs,
  outcomesOf,
} from '../../src/shared/domain/testRun/compareArms.ts'
import { computeFigures } from '../../src/shared/domain/testRun/computeFigures.ts'
import { flagRows, isIncluded } from '../../src/shared/domain/testRun/flagRows.ts'
import type { RowResult, RunSummary } from '../../src/shared/domain/testRun/run.ts'
import type { TestRow } from '../../src/shared/domain/testRun/testSet.ts'
import { judgeRun } from '../../src/shared/domain/testRun/verdict/judgeRun.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { Handlers } from '../../src/shared/rpc/contract.ts'
import { createFeed } from './feed.ts'

type TestRunHandlers = Handlers<AppContract>['testRuns']
type Figures = Awaited<ReturnType<TestRunHandlers['figures']>>

export interface FakeTestRunsOptions {
  /** Reads the text of a template. */
  readonly templateOf: (id: string) => Template
  /** Runs that were made before, and what was measured in them. */
  readonly runs?: readonly RunSummary[]
  readonly figures?: Readonly<Record<string, Figures>>
  /** Test sets that there are. */
  readonly testSets?: readonly FakeTestSet[]
  /** What an arm answers to a row; else what is expected. */
  readonly reply?: (arm: Arm, row: TestRow) => string
  /** Milliseconds an answer. */
  readonly pace?: number
}

export interface FakeTestSet {
  readonly id: string
  readonly template: string
  readonly name: string
  readonly rows: readonly TestRow[]
}

export interface FakeTestRuns {
  readonly handlers: TestRunHandlers
  /** Every plan that was started, in order. */
  readonly started: RunPlan[]
}

interface FakeRun {
  summary: RunSummary
  readonly rows: readonly TestRow[]
  readonly template: Template
  readonly results: Map<string, RowResult[]>
}

/** Test sets and runs in memory. What is answered is made up; figures and verdicts are real. */
export function createFakeTestRuns(options: FakeTestRunsOptions): FakeTestRuns {
  const sets = new Map((options.testSets ?? []).map((set) => [set.id, set]))
  const runs = new Map<string, FakeRun>()
  const testSetsChanged = createFeed<{ template: string }>()
  const changed = createFeed<RunSummary>()
  const removed = createFeed<{ id: string }>()
  const started: RunPlan[] = []

  function setOf(id: string): FakeTestSet {
    const set = sets.get(id)
    if (set === undefined) throw new AppError('not-found', 'These rows are no longer there.')
    return set
  }

  function runOf(id: string): FakeRun {
    const run = runs.get(id)
    if (run === undefined) throw new AppError('not-found', 'This run is no longer there.')
    return run
  }

  function put(set: FakeTestSet): void {
    sets.set(set.id, set)
    testSetsChanged.emit({ template: set.template })
  }

  const summaryOf = (set: FakeTestSet) => ({
    id: set.id,
    template: set.template,
    name: set.name,
    rows: set.rows.length,
    updatedAt: '2026-03-02T10:00:00.000Z',
  })

  function update(run: FakeRun, change: Partial<RunSummary>): void {
    run.summary = { ...run.summary, ...change }
    changed.emit(run.summary)
  }

  async function work(run: FakeRun): Promise<void> {
    for (const arm of run.summary.record.arms) {
      for (const row of run.rows) {
        if (run.summary.status !== 'running') return
        const results = run.results.get(arm.id) ?? []
        if (results.some((one) => one.row === row.id)) continue
        await new Promise((resolve) => setTimeout(resolve, options.pace ?? 0))
        run.results.set(arm.id, [...results, answer(run.template, arm, row)])
        update(run, { done: run.summary.done + 1, arm: arm.id, secondsLeft: 8 })
      }
    }
    update(run, { status: 'done', arm: null, secondsLeft: null })
  }

  function answer({ format }: Template, arm: Arm, row: TestRow): RowResult {
    const reply = (options.reply ?? expectedReply)(arm, row)
    const check = checkReply(format, reply)
    const { expected } =
      row.expected === null ? { expected: null } : readExpected(format, row.expected)
    return {
      arm: arm.id,
      row: row.id,
      reply,
      check,
      score: expected === null ? null : scoreReply(format, check, expected),
      stop: 'end',
      error: null,
      tokens: { prompt: 200, reused: 170, generated: 20 },
      ms: 820,
      probabilities: null,
      neighbours: null,
      sources: null,
    }
  }

  function shown(run: FakeRun, arm: string) {
    return (run.results.get(arm) ?? []).flatMap((result) => {
      const row = run.rows.find(({ id }) => id === result.row)
      return row === undefined ? [] : [{ row, result }]
    })
  }

  const nothingHere = (): never => {
    throw new AppError('invalid-input', 'The made-up core cannot do this.')
  }

  const handlers: TestRunHandlers = {
    previewTable: nothingHere,
    readExamples: () => [],
    testSets: ({ template }) =>
      [...sets.values()].filter((set) => set.template === template).map(summaryOf),
    testSetsChanged: testSetsChanged.listen,
    importTestSet: nothingHere,
    createTestSet({ template, name }) {
      const set = { id: `set-${String(sets.size + 1)}`, template, name, rows: [] }
      put(set)
      return summaryOf(set)
    },
    renameTestSet({ id, name }) {
      put({ ...setOf(id), name })
    },
    removeTestSet({ id }) {
      const { template } = setOf(id)
      sets.delete(id)
      testSetsChanged.emit({ template })
    },
    restoreTestSet: nothingHere,
    rows({ testSet, template, from, count }) {
      const { rows } = setOf(testSet)
      const flags = flagRows(rows, template)
      const all = rows.map((row) => {
        const own = flags.get(row.id) ?? []
        return { row, flags: own, included: isIncluded(row, own) }
      })
      return {
        total: all.length,
        included: all.filter(({ included }) => included).length,
        rows: all.slice(from, from + count),
      }
    },
    putRow({ testSet, row }) {
      const set = setOf(testSet)
      const known = set.rows.some(({ id }) => id === row.id)
      put({
        ...set,
        rows: known ? set.rows.map((one) => (one.id === row.id ? row : one)) : [...set.rows, row],
      })
    },
    markRows({ testSet, marks }) {
      const set = setOf(testSet)
      const marked = set.rows.filter(({ id }) => Object.hasOwn(marks, id))
      const rows = set.rows.map((one) =>
        marked.includes(one) ? { ...one, included: marks[one.id] ?? null } : one,
      )
      put({ ...set, rows })
      return Object.fromEntries(marked.map(({ id, included }) => [id, included]))
    },
    removeRows({ testSet, ids }) {
      const set = setOf(testSet)
      put({ ...set, rows: set.rows.filter(({ id }) => !ids.includes(id)) })
    },
    start({ template, testSet, plan }) {
      started.push(plan)
      const set = setOf(testSet)
      const text = options.templateOf(template)
      const flags = flagRows(set.rows, text)
      const rows = set.rows.filter((row) => isIncluded(row, flags.get(row.id) ?? []))
      const arms = armsOf(plan, text)
      const id = `run-${String(runs.size + 1)}`
      const run: FakeRun = {
        rows,
        template: text,
        results: new Map(),
        summary: {
          record: {
            schema: 1,
            id,
            template,
            plan,
            arms,
            testSet: { id: set.id, name: set.name },
            rowCount: rows.length,
            model: {
              file: '/models/llama-2-7b-chat.Q4_0.gguf',
              name: 'LLaMA 2 7B Chat',
              sha256: '0'.repeat(64),
              contextSize: 4096,
            },
            embedder: 'penknife-embed',
            decoding: text.decoding,
            appVersion: '0.1.0',
            startedAt: `2026-03-03T09:${String(10 + runs.size)}:00.000Z`,
          },
          status: 'running',
          done: 0,
          total: rows.length * arms.length,
          failed: 0,
          secondsLeft: null,
          arm: arms[0]?.id ?? null,
          message: null,
        },
      }
      runs.set(id, run)
      void work(run)
      return run.summary
    },
    pause: ({ id }) => update(runOf(id), { status: 'paused' }),
    resume({ id }) {
      const run = runOf(id)
      update(run, { status: 'running' })
      void work(run)
    },
    cancel: ({ id }) => update(runOf(id), { status: 'cancelled' }),
    rerunFailed: () => undefined,
    remove({ id }) {
      runs.delete(id)
      removed.emit({ id })
    },
    list: ({ template }) =>
      [...(options.runs ?? []), ...[...runs.values()].map(({ summary }) => summary)].filter(
        ({ record }) => template === null || record.template === template,
      ),
    changed: changed.listen,
    removed: removed.listen,
    figures({ id }) {
      const before = options.figures?.[id]
      if (before !== undefined) return before
      const { summary, results, template, rows } = runOf(id)
      const { plan, arms } = summary.record
      const figures = Object.fromEntries(
        [...results].map(([arm, of]) => [arm, computeFigures(template.format, of)]),
      )
      const outcomes = new Map([...results].map(([arm, of]) => [arm, outcomesOf(of)]))
      const comparisons = compareArms(plan, arms, outcomes)
      const verdict = judgeRun({
        plan,
        arms,
        figures,
        comparisons,
        rows: rows.length,
        templates: new Map(arms.map(({ version }) => [version, template])),
      })
      return { summary, arms: figures, comparisons, verdict }
    },
    compare({ a, b }) {
      const sides = [a, b].map(({ run, arm }) => runOf(run).results.get(arm) ?? [])
      const [compared] = comparePairs(
        [{ a: a.arm, b: b.arm }],
        (arm) => arm.replace('version-', 'Version '),
        new Map([a, b].map(({ arm }, index) => [arm, outcomesOf(sides[index] ?? [])])),
      )
      return compared ?? nothingHere()
    },
    results({ run, arm, filter, from, count }) {
      const all = shown(runOf(run), arm).filter(({ result }) => {
        switch (filter.kind) {
          case 'wrong':
            return result.score?.exactMatch === false
          case 'not-valid':
            return !result.check.parseable || result.check.repairs.length > 0
          case 'not-in-domain':
            return !result.check.inDomain
          case 'wrong-field':
            return result.score?.fields[filter.field]?.correct === false
          case 'confusion': {
            const classes = result.score?.fields[filter.field]?.classes
            return classes?.expected === filter.expected && classes.given === filter.given
          }
          case 'all':
          case 'failed':
          case 'differs':
            return filter.kind === 'all'
        }
      })
      return { total: all.length, results: all.slice(from, from + count) }
    },
    exportRun: ({ id, kind }) => ({ name: `${id}.${kind}`, text: '' }),
    suggestExamples: nothingHere,
  }
  return { handlers, started }
}

const armNames = {
  'zero-shot': 'Zero-shot',
  'few-shot': 'Few-shot',
  retrieval: 'Retrieval',
  both: 'Both',
} as const

function armsOf(plan: RunPlan, template: Template): readonly Arm[] {
  const base = {
    version: 1,
    method: 'generate',
    sources: false,
    grammar: template.decoding.grammar,
  } as const
  switch (plan.kind) {
    case 'ladder': {
      const arms: Arm[] = ladderArms.map((id) => ({
        ...base,
        id,
        name: armNames[id],
        examples: { kind: id === 'few-shot' || id === 'both' ? 'all' : 'none' },
        sources: id === 'retrieval' || id === 'both',
      }))
      const nearest: Arm = {
        ...base,
        id: 'nearest-neighbours',
        name: 'Nearest neighbours',
        method: 'nearest-neighbours',
        examples: { kind: 'nearest', count: 1 },
      }
      return plan.nearest ? [...arms, nearest] : arms
    }
    case 'shots':
      return plan.counts.flatMap((count): Arm[] =>
        count === 0
          ? [{ ...base, id: 'shots-0', name: 'No examples', examples: { kind: 'none' } }]
          : Array.from({ length: plan.draws }, (_, draw) => ({
              ...base,
              id: `shots-${String(count)}-draw-${String(draw + 1)}`,
              name: `${String(count)} examples, draw ${String(draw + 1)}`,
              examples: { kind: 'random', count, seed: draw },
            })),
      )
    case 'test':
      return plan.versions.map((version) => ({
        ...base,
        version,
        id: `version-${String(version)}`,
        name: `Version ${String(version)}`,
        examples: { kind: 'all' },
      }))
    case 'order':
    case 'choice':
      return [{ ...base, id: 'version-1', name: 'Version 1', examples: { kind: 'all' } }]
  }
}

function expectedReply(_arm: Arm, row: TestRow): string {
  return typeof row.expected === 'string' ? row.expected : JSON.stringify(row.expected)
}
