import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createCalibration } from '../../../src/main/llm/calibration.ts'
import {
  llmContract,
  type LlmContract,
  type LoadInput,
} from '../../../src/main/llm/host/llmContract.ts'
import { createHostLlm } from '../../../src/main/llm/hostLlm.ts'
import { createFakeHosts } from '../../helpers/fakeHost.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

const file = path.resolve('package.json')
const threads = { prefill: 2, generation: 1 }
const measured = [{ threads: 1, prefill: 100, generation: 10 }]
const plain = { flashAttention: false, refillFrom: null }
const options = { file, contextSize: null, threads: null, gpu: false }
const notice = (sentence: string): void => expect.fail(sentence)

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A process that measures what it is asked to, and finds flash attention slower. */
async function create() {
  const loads: LoadInput[] = []
  const unused = (): never => {
    throw new Error('Not part of this test')
  }
  const hosts = createFakeHosts<LlmContract>(llmContract, () => ({
    llm: {
      async *load(input) {
        loads.push(input)
        const what = {
          name: 'A model',
          architecture: 'llama',
          contextSize: 512,
          contextWanted: 512,
        }
        const found =
          input.threads === null
            ? { threads, reading: plain, measured, attention: [] }
            : { threads: input.threads, reading: input.reading, measured: [], attention: [] }
        yield await Promise.resolve({ stage: 'ready' as const, gpu: false, ...what, ...found })
      },
      unload: () => undefined,
      countTokens: unused,
      render: unused,
      warmUp: unused,
      generate: unused,
      choose: unused,
      stop: () => undefined,
      progress: () => () => undefined,
      log: () => () => undefined,
    },
  }))
  const calibrationFile = path.join(await createTempDir(), 'calibration.json')
  const llm = createHostLlm({ start: hosts.start, calibrationFile })
  ends.push(() => llm.dispose())
  return { llm, loads, calibration: createCalibration(calibrationFile, notice) }
}

test('prefill is measured once per model, and saved with its threads', async () => {
  const { llm, loads, calibration } = await create()
  await llm.load(options, () => undefined)
  await llm.load(options, () => undefined)
  expect(loads.map(({ threads, reading }) => ({ threads, reading }))).toEqual([
    { threads: null, reading: null },
    { threads, reading: plain },
  ])
  expect(await calibration.find(file, false)).toMatchObject({ threads, reading: plain, measured })
})

test('a calibration without prefill is measured again, and its speed is used until then', async () => {
  const { llm, loads, calibration } = await create()
  await calibration.set(file, false, { threads, measured })
  expect(await calibration.find(file, false)).toMatchObject({ measured })
  await llm.load(options, () => undefined)
  expect(loads).toMatchObject([{ threads: null, reading: null }])
  expect(await calibration.find(file, false)).toMatchObject({ reading: plain })
})

test('threads set by hand keep the measured prefill method', async () => {
  const { llm, loads, calibration } = await create()
  await llm.load({ ...options, threads: 3 }, () => undefined)
  await calibration.set(file, false, { threads, measured, reading: plain })
  await llm.load({ ...options, threads: 3 }, () => undefined)
  const byHand = { prefill: 3, generation: 3 }
  expect(loads).toMatchObject([
    { threads: byHand, reading: null },
    { threads: byHand, reading: plain },
  ])
})

test('a measurement on request is always made', async () => {
  const { llm, loads, calibration } = await create()
  await calibration.set(file, false, { threads, measured, reading: plain })
  await llm.load({ ...options, measure: true }, () => undefined)
  expect(loads).toMatchObject([{ threads: null, reading: null }])
})
