import { expect, test } from 'vitest'
import { openKillableApp } from '../helpers/killableApp.ts'

test('the memory of an idle model is given back, and the next question loads it again', async () => {
  // Far less than can be set: 600 milliseconds.
  await using app = await openKillableApp(undefined, { unloadAfterMinutes: 0.01 })
  const states: string[] = []
  app.models.onState(({ status }) => states.push(status))
  const answer = await app.ask({ question: 'What is a bridge?' })
  // The answer fills the context, which takes longer than that.
  expect(answer).toMatchObject({ status: 'complete', error: null })
  expect(answer.timings.totalMs).toBeGreaterThan(600)
  expect(states).not.toContain('idle')
  await app.until(({ status }) => status === 'idle')
  expect(app.starts()).toBe(1)
  expect((await app.ask({ question: 'And a river?' })).status).toBe('complete')
  expect(app.starts()).toBe(2)
})
