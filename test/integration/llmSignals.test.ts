import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openKillableApp, type KillableApp } from '../helpers/killableApp.ts'

/** Every signal that ends a process, and the sentence for it. */
const signals: readonly [NodeJS.Signals, RegExp][] = [
  ['SIGKILL', /memory ran out/u],
  ['SIGTERM', /from outside/u],
  ['SIGINT', /from outside/u],
  ['SIGHUP', /from outside/u],
  ['SIGQUIT', /from outside/u],
  ['SIGSEGV', /SIGSEGV/u],
  ['SIGBUS', /could not be read/u],
  ['SIGABRT', /SIGABRT/u],
  ['SIGILL', /SIGILL/u],
  ['SIGFPE', /SIGFPE/u],
]
/** Milliseconds after which a crash no longer counts, so that restarts do not wait. */
const forgiven = 61_000

let app: KillableApp
/** Milliseconds by which the clock of the app is ahead. */
let ahead = 0

beforeAll(async () => {
  const real = Date.now
  vi.spyOn(Date, 'now').mockImplementation(() => real() + ahead)
  app = await openKillableApp()
  app.models.start()
  await ready()
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  vi.restoreAllMocks()
})

async function ready(): Promise<void> {
  expect((await app.until(({ status }) => status === 'ready')).error).toBeNull()
}

function forgive(): void {
  ahead += forgiven
}

/** Does something the first time it is called. */
function once(act: () => void): () => void {
  let done = false
  return () => {
    if (!done) act()
    done = true
  }
}

test.each(signals)(
  '%s while reading, loading and writing is reported in a sentence each',
  async (signal, sentence) => {
    const starts = app.starts()
    const kill = once(() => app.kill(signal))
    const unread = await app.ask({
      question: 'What was painted green in the spring? '.repeat(30),
      onItem: ({ type }) => {
        if (type === 'reading') kill()
      },
    })
    expect(unread).toMatchObject({ status: 'failed', error: { code: 'host-crashed' } })
    expect(unread.error?.message).toMatch(sentence)

    // The next question comes while the model is reloading, and that process is killed, too.
    forgive()
    const loading = app.models.onState(({ status, fraction }) => {
      if (status === 'loading' && fraction !== null) killLoading()
    })
    const killLoading = once(() => {
      forgive()
      app.kill(signal)
    })
    const told: (string | undefined)[] = []
    const telling = app.models.onState(({ error }) => told.push(error?.message))
    const killWriting = once(() => {
      loading()
      forgive()
      app.kill(signal)
    })
    const cut = await app.ask({
      question: 'What is a bridge?',
      onItem: ({ type }) => {
        if (type === 'text') killWriting()
      },
    })
    telling()
    expect(told).toContainEqual(expect.stringMatching(sentence))
    expect(cut.text.length).toBeGreaterThan(0)
    expect(cut).toMatchObject({ status: 'failed', error: { code: 'host-crashed' } })
    expect(cut.error?.message).toMatch(sentence)
    await ready()
    expect(app.starts()).toBe(starts + 3)
    forgive()
  },
)

test('a run continues after every signal, and loses at most the current row', async () => {
  const starts = app.starts()
  const left = signals.map(([signal]) => signal)
  const kills = left.length
  const rows = 20 * kills
  const summary = await app.run(rows, (done) => {
    // Only while rows are answered: after each kill some more have been.
    if (done < 12 * (kills - left.length) + 3 || app.models.state().status !== 'ready') return
    const signal = left.shift()
    if (signal === undefined) return
    forgive()
    app.kill(signal)
  })
  expect(summary).toMatchObject({ status: 'done', done: rows, message: null })
  expect(left).toEqual([])
  expect(summary.failed).toBeLessThanOrEqual(kills)
  await ready()
  expect(app.starts()).toBe(starts + kills)
})
