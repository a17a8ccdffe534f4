import { expect, test } from 'vitest'
import { openKillableApp } from '../helpers/killableApp.ts'

test('an idle model is unloaded, and the next question loads it again', async () => {
  // Far less than a person can set.
  const idleMs = 600
  await using app = await openKillableApp(undefined, { unloadAfterMinutes: idleMs / 60_000 })
  const states: string[] = []
  app.models.onState(({ status }) => states.push(status))
  let paused = false
  const answer = await app.ask({
    question: 'What is a bridge?',
    onItem({ type }) {
      if (type !== 'text' || paused) return
      paused = true
      // The answer takes longer than that, however fast the processor is.
      app.kill('SIGSTOP')
      setTimeout(() => app.kill('SIGCONT'), 2 * idleMs)
    },
  })
  expect(answer).toMatchObject({ status: 'complete', error: null })
  expect(paused).toBe(true)
  expect(states).not.toContain('idle')
  await app.until(({ status }) => status === 'idle')
  expect(app.starts()).toBe(1)
  expect((await app.ask({ question: 'And a river?' })).status).toBe('complete')
  expect(app.starts()).toBe(2)
})
