import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createForkedHosts } from '../../../src/main/processes/forkedHost.ts'
import { logHostFailures } from '../../../src/main/processes/hostOutput.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

/** What the log has once a helper with this program has ended. */
async function loggedBy(program: string): Promise<string> {
  const directory = await createTempDir()
  await writeFile(path.join(directory, 'parser.host.js'), program)
  const lines: string[] = []
  const start = logHostFailures(createForkedHosts(directory), {
    error: (message) => void lines.push(message),
  })
  const host = start('parser.host')
  await new Promise((resolve) => host.onExit(resolve))
  await expect.poll(() => lines.length).toBeGreaterThan(0)
  return lines.join('\n')
}

test('what a helper reports is in the log', async () => {
  const logged = await loggedBy(
    `process.stderr.write('penknife: parser.parse failed: TypeError at x.js:1')
     process.stderr.write(':2\\nanything else\\n')`,
  )
  expect(logged).toBe('parser.host: parser.parse failed: TypeError at x.js:1:2')
})

test('of an uncaught error the log has the kind and the place, not what it quotes', async () => {
  const logged = await loggedBy(`throw new RangeError('a secret of the document')`)
  expect(logged).toMatch(/^parser\.host: .*RangeError/su)
  expect(logged).toMatch(/at .*parser\.host\.js:1/u)
  expect(logged).not.toContain('secret')
})
