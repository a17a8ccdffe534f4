import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TryItem } from '../../../../../shared/contract/templates.ts'
import type { InputValues, Template } from '../../../../../shared/domain/template/template.ts'
import type { LadderArm } from '../../../../../shared/domain/testRun/arm.ts'
import { AppError, isCancelled, toWire } from '../../../../../shared/errors.ts'
import type { Api } from '../../../api/api.ts'

/** An input to try with its expected answer, as typed. */
export interface TryRow {
  readonly values: InputValues
  /** Empty if nothing is expected. */
  readonly expected: string
}

export type TryAnswer = Extract<TryItem, { type: 'answer' }>

export interface TryResult {
  readonly index: number
  readonly row: TryRow
  /** Number of the input and of the repeat, from 0. */
  readonly input: number
  readonly repeat: number
  /** The text written so far. */
  readonly text: string
  readonly answer: TryAnswer | null
  /** Why there is no answer, as a sentence. */
  readonly problem: string | null
}

export type TryStage =
  | { readonly kind: 'starting' }
  | { readonly kind: 'loading-model'; readonly fraction: number | null }
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }
  | { readonly kind: 'writing' }

export interface TryForm {
  readonly mode: 'one' | 'several'
  readonly values: InputValues
  readonly expected: string
  /** Several inputs as typed, one per line. */
  readonly several: string
  readonly repeats: number
  /** null: the template as written. */
  readonly arm: LadderArm | null
}

export interface TryState {
  /** Id of the template; null before the first. */
  readonly template: string | null
  readonly form: TryForm
  readonly results: readonly TryResult[]
  readonly repeats: number
  readonly running: { readonly stage: TryStage; readonly at: number; readonly total: number } | null
  /** Why the whole trial failed, as a sentence. */
  readonly problem: string | null
}

export interface TryStore {
  readonly store: StoreApi<TryState>
  /** Resets the form for another template. */
  begin(template: string): void
  change(form: Partial<TryForm>): void
  run(template: Template, rows: readonly TryRow[]): Promise<void>
  /** Stops, and keeps what was written. */
  stop(): void
}

const emptyForm: TryForm = {
  mode: 'one',
  values: {},
  expected: '',
  several: '',
  repeats: 1,
  arm: null,
}

/** The trial of a template and its results. It continues while other places are shown. */
export function createTryStore({ templates }: Pick<Api, 'templates'>): TryStore {
  const store = createStore<TryState>(() => ({
    template: null,
    form: emptyForm,
    results: [],
    repeats: 1,
    running: null,
    problem: null,
  }))
  let controller = new AbortController()

  function setResult(index: number, change: (before: TryResult) => Partial<TryResult>): void {
    store.setState(({ results }) => ({
      results: results.map((one) => (one.index === index ? { ...one, ...change(one) } : one)),
    }))
  }

  function setStage(stage: TryStage): void {
    store.setState(({ running }) => (running === null ? {} : { running: { ...running, stage } }))
  }

  function receive(item: TryItem, rows: readonly TryRow[]): void {
    switch (item.type) {
      case 'start': {
        const { index, total } = item
        // Results are ordered by repeat, then by input.
        const input = index % rows.length
        const row = rows[input]
        if (row === undefined) return
        const repeat = Math.floor(index / rows.length)
        const begun = { index, row, input, repeat, text: '', answer: null, problem: null }
        store.setState(({ results }) => ({
          results: [...results.filter((one) => one.index !== index), begun],
          running: { stage: { kind: 'starting' }, at: index, total },
        }))
        return
      }
      case 'loading-model':
        setStage({ kind: 'loading-model', fraction: item.fraction })
        return
      case 'reading':
        setStage({ kind: 'reading', done: item.done, total: item.total })
        return
      case 'text':
        setStage({ kind: 'writing' })
        setResult(item.index, ({ text }) => ({ text: text + item.text }))
        return
      case 'answer':
        setResult(item.index, () => ({ text: item.reply, answer: item }))
        return
      case 'failed':
        // An error before the first row concerns all rows.
        if (store.getState().results.some(({ index }) => index === item.index)) {
          setResult(item.index, () => ({ problem: item.message }))
        } else store.setState({ problem: item.message })
    }
  }

  async function run(template: Template, rows: readonly TryRow[]): Promise<void> {
    const { running, form } = store.getState()
    if (running !== null || rows.length === 0) return
    const own = new AbortController()
    controller = own
    const { repeats, arm } = form
    store.setState({
      results: [],
      repeats,
      problem: null,
      running: { stage: { kind: 'starting' }, at: 0, total: rows.length * repeats },
    })
    try {
      const items = templates.try(
        {
          template,
          rows: rows.map(({ values, expected }) => ({
            values,
            expected: expected.trim() === '' ? null : expected,
          })),
          repeats,
          arm,
        },
        { signal: own.signal },
      )
      for await (const item of items) {
        if (controller === own) receive(item, rows)
      }
    } catch (error) {
      if (controller === own) {
        store.setState({ problem: isCancelled(error) ? null : sentence(error) })
      }
    } finally {
      if (controller === own) store.setState({ running: null })
    }
  }

  return {
    store,
    begin(template) {
      if (store.getState().template === template) return
      controller.abort()
      controller = new AbortController()
      store.setState({ template, form: emptyForm, results: [], running: null, problem: null })
    },
    change: (form) => store.setState((before) => ({ form: { ...before.form, ...form } })),
    run,
    stop: () => controller.abort(),
  }
}

function sentence(error: unknown): string {
  return error instanceof AppError
    ? toWire(error).message
    : 'The trial broke off. What was answered is kept here; run it again.'
}
