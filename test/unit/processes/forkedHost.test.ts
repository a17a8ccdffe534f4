import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createForkedHosts } from '../../../src/main/processes/forkedHost.ts'
import type { HostEntry } from '../../../src/main/processes/hostProcess.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

/** Node's own arguments for a helper, while `inspected` is to be debugged. */
async function argumentsOf(entry: HostEntry, inspected: string | undefined): Promise<unknown> {
  const directory = await createTempDir()
  await writeFile(path.join(directory, `${entry}.js`), 'process.send(process.execArgv)')
  const host = createForkedHosts(directory, () => undefined, inspected)(entry, { heapMiB: 64 })
  const told = await new Promise((resolve) => host.transport.onMessage(resolve))
  host.kill()
  expect(host.inspected).toBe(entry === inspected)
  return told
}

test('only the named helper accepts a debugger, and only from this computer', async () => {
  const heap = '--max-old-space-size=64'
  expect(await argumentsOf('llm.host', 'llm.host')).toEqual([heap, '--inspect=127.0.0.1:9230'])
  expect(await argumentsOf('parser.host', 'llm.host')).toEqual([heap])
  expect(await argumentsOf('llm.host', undefined)).toEqual([heap])
  expect(await argumentsOf('llm.host', '')).toEqual([heap])
})
