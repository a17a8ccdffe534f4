import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { openTemplateStore } from '../../src/main/templates/store/templateStore.ts'
import { buildProgram } from '../helpers/buildProgram.ts'
import { createTempDir } from '../helpers/tempDir.ts'
import { labelTemplate } from '../helpers/templates.ts'

/** @returns its output, or null if it was killed. */
async function run(program: string, ...values: readonly string[]): Promise<string | null> {
  try {
    return (await promisify(execFile)(process.execPath, [program, ...values])).stdout
  } catch (error) {
    const { signal, stderr } = error as { signal?: string; stderr?: string }
    expect(signal, stderr).toBe('SIGKILL')
    return null
  }
}

test('a save that is killed at any change to its files leaves the old text or the new one', async () => {
  const program = await buildProgram('saveAndDie')
  const directory = await createTempDir()
  const notices: string[] = []
  const open = () => openTemplateStore(directory, (sentence) => notices.push(sentence))
  const id = await (await open()).createSaved(labelTemplate({ instruction: 'round 0' }))
  const count = Number(await run(program, directory, id, 'never', 'round 0b'))
  expect(count).toBeGreaterThan(8)

  let before = 'round 0b'
  let deaths = 0
  for (let at = 1; at <= count; at += 1) {
    const text = `round ${String(at)}`
    if ((await run(program, directory, id, String(at), text)) === null) deaths += 1
    const store = await open()
    const { template, versions, version } = await store.get(id)
    expect([before, `draft of ${text}`, text]).toContain(template.instruction)
    // Every version is complete and unique, and the newest is the text that was saved last.
    expect(versions.map((one) => one.version)).toEqual(versions.map((_, index) => index + 1))
    const texts = []
    for (const one of versions) texts.push((await store.getVersion(id, one.version)).instruction)
    expect(new Set(texts).size).toBe(texts.length)
    expect([before, text]).toContain((await store.getVersion(id, version)).instruction)
    before = texts.at(-1) ?? ''
  }
  expect(deaths).toBe(count)
  expect(notices).toEqual([])
})
