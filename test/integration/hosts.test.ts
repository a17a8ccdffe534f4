import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { bundledEmbedder } from '../../src/main/embedding/embedderProfile.ts'
import { embedderContract } from '../../src/main/embedding/host/embedderContract.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import type { HostExit } from '../../src/main/processes/hostProcess.ts'
import { createClient } from '../../src/shared/rpc/client.ts'
import { buildProgram } from '../helpers/buildProgram.ts'
import { watchSockets } from '../helpers/socketWatch.ts'

const start = createForkedHosts(path.resolve('out/main'))
const profile = bundledEmbedder(path.resolve('resources/models/penknife-embed'))

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function waitUntil(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries++) await sleep(50)
  expect(condition()).toBe(true)
}

test('a killed process closes its wire, reports how it ended, and rejects its calls', async () => {
  const host = start('embedder.host')
  const client = createClient(embedderContract, host.transport)
  await client.embedder.load({ profile, threads: 1 })
  const exits: HostExit[] = []
  host.onExit((exit) => exits.push(exit))
  const call = client.embedder.embed({
    texts: Array.from({ length: 5_000 }, () => 'x y z'),
    purpose: 'passage',
  })
  process.kill(host.pid ?? 0, 'SIGKILL')
  await expect(call).rejects.toMatchObject({ code: 'disconnected' })
  expect(exits).toEqual([{ code: null, signal: 'SIGKILL' }])
  const late: HostExit[] = []
  host.onExit((exit) => late.push(exit))
  expect(late).toEqual(exits)
  host.transport.send({ type: 'call' })
})

test('a missing program ends at once', async () => {
  const host = createForkedHosts('/nowhere')('llm.host')
  const exit = await new Promise<HostExit>((resolve) => host.onExit(resolve))
  expect(exit.code).not.toBe(0)
})

test('a helper ends with its parent, however the parent ends', async () => {
  const parent = spawn(process.execPath, [await buildProgram('parentOfHost')])
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(line.toString())
  expect(isRunning(pid)).toBe(true)
  parent.kill('SIGKILL')
  await waitUntil(() => !isRunning(pid))
})

test.runIf(process.platform === 'linux')('the embedder opens no socket', async () => {
  const host = start('embedder.host')
  const watch = watchSockets(host.pid ?? 0)
  const client = createClient(embedderContract, host.transport)
  await client.embedder.load({ profile, threads: 1 })
  await client.embedder.embed({ texts: ['heron'], purpose: 'query' })
  expect(watch.rounds()).toBeGreaterThan(0)
  expect(watch.stop()).toEqual([])
  host.kill()
})
