import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { llmContract } from '../../../src/main/llm/host/llmContract.ts'
import { createHostLlm } from '../../../src/main/llm/hostLlm.ts'
import { createModelLoader } from '../../../src/main/models/modelLoader.ts'
import type { ModelState } from '../../../src/shared/contract/models.ts'
import { settings } from '../../../src/shared/domain/settings.ts'
import { createFakeHosts } from '../../helpers/fakeHost.ts'
import { silentLogger } from '../../helpers/silentLogger.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

const file = path.resolve('package.json')
const threads = { prefill: 1, generation: 1 }
const prompt = { system: '', history: [], user: 'Why?' }

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A process that runs on the graphics card if allowed, and crashes there when it writes. */
async function create() {
  const loads: boolean[] = []
  const hosts = createFakeHosts(llmContract, (host) => {
    let onGpu = false
    const unused = (): never => {
      throw new Error('Not part of this test')
    }
    return {
      llm: {
        async *load({ gpu }) {
          loads.push(gpu)
          onGpu = gpu
          const name = 'A model'
          const what = {
            name,
            architecture: 'llama',
            contextSize: 512,
            contextWanted: 512,
            gpu,
            threads,
          }
          const found = { reading: null, measured: [], attention: [] }
          yield await Promise.resolve({ stage: 'ready' as const, ...what, ...found })
        },
        unload: () => undefined,
        countTokens: unused,
        render: unused,
        warmUp: unused,
        async *generate() {
          yield await Promise.resolve({ type: 'text' as const, text: 'Because' })
          // The text is on its way.
          await new Promise(setImmediate)
          if (onGpu) host.crash()
          const tokens = { prompt: 1, reused: 0, generated: 1 }
          yield { type: 'done' as const, stop: 'end' as const, tokens }
        },
        choose: unused,
        stop: () => undefined,
        progress: () => () => undefined,
        log: () => () => undefined,
      },
    }
  })
  const calibrationFile = path.join(await createTempDir(), 'calibration.json')
  const llm = createHostLlm({ start: hosts.start, calibrationFile })
  const now = settings.parse({ modelFile: file, gpu: true })
  const service = createModelLoader({
    llm,
    settings: {
      get: () => now,
      update: () => Promise.resolve(now),
      onChange: () => () => undefined,
    },
    bundledModel: '/demo.gguf',
    logger: silentLogger,
  })
  ends.push(async () => {
    await service.dispose()
    await llm.dispose()
  })
  return { llm, service, loads }
}

test('a crash on the graphics card keeps what was written; the processor takes over and says so', async () => {
  const { llm, service, loads } = await create()
  const { signal } = new AbortController()
  expect((await service.ready(signal))?.gpu).toBe(true)
  const again = new Promise<ModelState>((resolve) => {
    service.onState((state) => {
      if (state.status === 'ready') resolve(state)
    })
  })
  let text = ''
  const write = async (): Promise<void> => {
    for await (const item of llm.generate(prompt, { maxTokens: 9, temperature: 0 })) {
      if (item.type === 'text') text += item.text
    }
  }
  await expect(write()).rejects.toMatchObject({ code: 'host-crashed' })
  expect(text).toBe('Because')
  expect((await again).error?.message).toContain('graphics card')
  expect(loads).toEqual([true, false])
  await write()
  expect(text).toBe('BecauseBecause')
})
