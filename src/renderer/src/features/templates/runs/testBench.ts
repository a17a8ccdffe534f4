import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RunPlan } from '../../../../../shared/domain/testRun/arm.ts'
import type { RunSummary } from '../../../../../shared/domain/testRun/run.ts'
import type { TestSetSummary } from '../../../../../shared/domain/testRun/testSet.ts'
import { isDisconnected, toWire } from '../../../../../shared/errors.ts'
import type { Api } from '../../../api/api.ts'
import type { ConnectionState } from '../../../api/connection.ts'

export type RunFigures = Awaited<ReturnType<Api['testRuns']['figures']>>
export type PlanKind = RunPlan['kind']

/** Kinds of runs that are shown in one place. */
export type PlanGroup = Exclude<PlanKind, 'models'>

export interface TestBenchState {
  /** null until first loaded. */
  readonly testSets: readonly TestSetSummary[] | null
  readonly testSet: string | null
  /** Newest first. */
  readonly runs: readonly RunSummary[]
  /** The chosen run of each place; default: the newest. */
  readonly chosen: Readonly<Partial<Record<PlanGroup, string>>>
  readonly figures: Readonly<Record<string, RunFigures>>
  /** Why the lists couldn't be loaded, as a sentence. */
  readonly problem: string | null
}

export interface TestBench {
  readonly store: StoreApi<TestBenchState>
  chooseTestSet(id: string): void
  chooseRun(group: PlanGroup, id: string): void
  /** Loads test sets and runs again. */
  load(): Promise<void>
  /** Starts a run on the chosen test set and shows it. */
  start(plan: RunPlan): Promise<void>
  /**
   * Loads everything, and follows the core's events until the returned function is called. Loads
   * again whenever the connection was opened.
   */
  open(): () => void
}

export interface TestBenchDeps {
  readonly api: Pick<Api, 'testRuns'>
  readonly connection: Pick<StoreApi<ConnectionState>, 'subscribe'>
  /** Id of the template. */
  readonly template: string
  /** @param fallback the sentence for errors without a message for users */
  readonly onError: (error: unknown, fallback: string) => void
}

/** Milliseconds between two requests for the figures of a running run. */
const figuresPauseMs = 1_000

/** A copy of the test sets, runs and figures of one template, kept in sync with the core. */
export function createTestBench({
  api: { testRuns },
  connection,
  template,
  onError,
}: TestBenchDeps): TestBench {
  const store = createStore<TestBenchState>(() => ({
    testSets: null,
    testSet: null,
    runs: [],
    chosen: {},
    figures: {},
    problem: null,
  }))
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()
  /** For each pending list: the runs that changed since it was requested. */
  const recent = new Set<Map<string, RunSummary>>()
  let closed = true

  function putTestSets(testSets: readonly TestSetSummary[]): void {
    if (closed) return
    const { testSet } = store.getState()
    const kept = testSets.some(({ id }) => id === testSet) ? testSet : null
    store.setState({ testSets, testSet: kept ?? testSets.at(-1)?.id ?? null })
  }

  /**
   * @param changed runs that the core reported since the list was requested, and which are newer.
   */
  function putRuns(listed: readonly RunSummary[], changed: ReadonlyMap<string, RunSummary>): void {
    if (closed) return
    const others = listed.filter(({ record }) => !changed.has(record.id))
    store.setState({ runs: newestFirst([...others, ...changed.values()]) })
    for (const group of planGroups) showFigures(shownRun(store.getState(), group)?.record.id)
  }

  async function load(): Promise<void> {
    const changed = new Map<string, RunSummary>()
    recent.add(changed)
    try {
      // Each is shown as soon as it is loaded: a large test set takes a while.
      await Promise.all([
        testRuns.testSets({ template }).then(putTestSets),
        testRuns.list({ template }).then((runs) => putRuns(runs, changed)),
      ])
      if (!closed) store.setState({ problem: null })
    } catch (error) {
      // Once connected again, everything is read again.
      if (closed || isDisconnected(error)) return
      store.setState({ problem: toWire(error).message })
    } finally {
      recent.delete(changed)
    }
  }

  /** Fetches the figures of a run, at most once per `figuresPauseMs`. */
  function showFigures(id: string | undefined): void {
    if (id === undefined || waiting.has(id)) return
    const known = store.getState().figures[id] !== undefined
    waiting.set(
      id,
      setTimeout(
        () => {
          testRuns.figures({ id }).then(
            (figures) => {
              waiting.delete(id)
              if (closed) return
              store.setState((state) => ({ figures: { ...state.figures, [id]: figures } }))
              // The run has continued while the figures were computed.
              const latest = store.getState().runs.find((run) => run.record.id === id)
              if (latest !== undefined && latest.done > figures.summary.done) showFigures(id)
            },
            (error: unknown) => {
              waiting.delete(id)
              if (closed || isDisconnected(error)) return
              onError(error, 'The figures of this run could not be read.')
            },
          )
        },
        known ? figuresPauseMs : 0,
      ),
    )
  }

  function put(run: RunSummary): void {
    store.setState(({ runs }) => ({
      runs: newestFirst([...runs.filter(({ record }) => record.id !== run.record.id), run]),
    }))
    const shown = shownRun(store.getState(), groupOf(run))
    if (shown?.record.id === run.record.id) showFigures(run.record.id)
  }

  function follow(): readonly (() => void)[] {
    return [
      testRuns.testSetsChanged((changed) => {
        if (changed.template === template) void load()
      }),
      testRuns.changed((run) => {
        if (run.record.template !== template) return
        for (const changed of recent) changed.set(run.record.id, run)
        put(run)
      }),
      testRuns.removed(({ id }) => {
        for (const changed of recent) changed.delete(id)
        store.setState(({ runs }) => ({ runs: runs.filter(({ record }) => record.id !== id) }))
      }),
      connection.subscribe((now, before) => {
        if (now.generation !== before.generation) void load()
      }),
    ]
  }

  return {
    store,
    load,
    chooseTestSet: (testSet) => store.setState({ testSet }),
    chooseRun(group, id) {
      store.setState(({ chosen }) => ({ chosen: { ...chosen, [group]: id } }))
      showFigures(id)
    },
    async start(plan) {
      const { testSet } = store.getState()
      if (testSet === null) return
      const run = await testRuns.start({ template, testSet, plan })
      store.setState(({ chosen }) => ({ chosen: { ...chosen, [groupOf(run)]: run.record.id } }))
      // A short run may have ended by now, in which case the core's event is newer.
      const reported = store.getState().runs.find(({ record }) => record.id === run.record.id)
      put(reported ?? run)
    },
    open() {
      closed = false
      const stops = follow()
      void load()
      return () => {
        closed = true
        for (const timer of waiting.values()) clearTimeout(timer)
        waiting.clear()
        for (const stop of stops) stop()
      }
    },
  }
}

const planGroups: readonly PlanGroup[] = ['test', 'ladder', 'shots', 'order', 'choice']

/** Runs of models and settings are shown among the tests. */
export function groupOf({ record }: RunSummary): PlanGroup {
  const { kind } = record.plan
  return kind === 'models' ? 'test' : kind
}

/** The run to show in a place. */
export function shownRun(
  { runs, chosen }: Pick<TestBenchState, 'runs' | 'chosen'>,
  group: PlanGroup,
): RunSummary | undefined {
  const own = runs.filter((run) => groupOf(run) === group)
  return own.find(({ record }) => record.id === chosen[group]) ?? own[0]
}

function newestFirst(runs: readonly RunSummary[]): readonly RunSummary[] {
  return [...runs].sort((a, b) => b.record.startedAt.localeCompare(a.record.startedAt))
}
