import { expect, it, vi } from 'vitest'
import { createConnection } from '../../../src/renderer/src/api/connection.ts'
import { createTestBench } from '../../../src/renderer/src/features/templates/runs/testBench.ts'
import { createMemoryTransportPair } from '../../../src/shared/rpc/memoryTransport.ts'
import { openCore } from '../../helpers/openWindow.tsx'
import type { WindowCoreOptions } from '../../helpers/windowCore.ts'
import { reviewTemplate } from '../../helpers/writtenTemplates.ts'

/** The bench of a template, over a connection that can be cut and opened again. */
async function openBench(options: WindowCoreOptions = {}) {
  const core = await openCore({ papers: [], templates: [reviewTemplate], ...options })
  const wires: ReturnType<typeof createMemoryTransportPair>[] = []
  const connection = createConnection(() => {
    const wire = createMemoryTransportPair()
    wires.push(wire)
    core.join(wire.right)
    return { transport: wire.left, opened: Promise.resolve() }
  })
  const template = core.idOf('template', reviewTemplate.name)
  const onError = vi.fn()
  const { api, state } = connection
  const bench = createTestBench({ api, connection: state, template, onError })
  return { core, connection, template, bench, onError, cut: () => wires.at(-1)?.close() }
}

it('reads test sets and runs again after a reconnect', async () => {
  const { core, connection, template, bench, cut } = await openBench()
  const close = bench.open()
  await vi.waitFor(() => expect(bench.store.getState().testSets).toEqual([]))
  cut()
  const { id } = await core.api.testRuns.createTestSet({ template, name: 'Late' })
  connection.retry()
  await vi.waitFor(() => expect(bench.store.getState().testSet).toBe(id))
  close()
})

it('reports no problem when the connection is lost while the lists are read', async () => {
  const asked = vi.fn()
  const { connection, bench, cut, onError } = await openBench({
    overrides: ({ testRuns }) => ({
      testRuns: {
        ...testRuns,
        list(input, context) {
          asked()
          return asked.mock.calls.length === 1
            ? new Promise(() => undefined)
            : testRuns.list(input, context)
        },
      },
    }),
  })
  const close = bench.open()
  await vi.waitFor(() => expect(asked).toHaveBeenCalled())
  const problems: (string | null)[] = []
  bench.store.subscribe(({ problem }) => problems.push(problem))
  cut()
  connection.retry()
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2))
  await vi.waitFor(() => expect(bench.store.getState().testSets).toEqual([]))
  expect(problems.every((problem) => problem === null)).toBe(true)
  expect(onError).not.toHaveBeenCalled()
  close()
})
