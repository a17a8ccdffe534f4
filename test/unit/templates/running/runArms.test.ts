import { describe, expect, it } from 'vitest'
import { armsOfPlan } from '../../../../src/main/templates/running/armsOfPlan.ts'
import type { LlmInfo } from '../../../../src/main/llm/llm.ts'
import {
  runArms,
  type ArmsWork,
  type RunArmsDeps,
} from '../../../../src/main/templates/running/runArms.ts'
import type { Template } from '../../../../src/shared/domain/template/template.ts'
import type { LadderArm } from '../../../../src/shared/domain/testRun/arm.ts'
import type { RowResult } from '../../../../src/shared/domain/testRun/run.ts'
import type { TestRow } from '../../../../src/shared/domain/testRun/testSet.ts'
import { AppError } from '../../../../src/shared/errors.ts'
import { createFakeLlm, fakeInfo, type FakeLlm } from '../../../helpers/fakeLlm.ts'
import { createFakeRunning } from '../../../helpers/fakeRunning.ts'
import { moodRows, moodTemplate } from '../../../helpers/runMaterial.ts'

const crash = new AppError('host-crashed', 'The model stopped.')

/** @param crashesOn whether the model crashes at its nth call, from 1. */
function setUp(reply: string | Error = 'good', crashesOn: (nth: number) => boolean = () => false) {
  const sound = createFakeLlm(reply)
  const dying = createFakeLlm(crash)
  let asked = 0
  const llm: FakeLlm = {
    ...sound,
    generate(...call) {
      asked += 1
      return (crashesOn(asked) ? dying : sound).generate(...call)
    },
  }
  const unexpected: unknown[] = []
  const { runner, inBackground } = createFakeRunning(llm, (error) => unexpected.push(error))
  const results: RowResult[] = []
  return {
    runner,
    unexpected,
    results,
    inputs: () => llm.prompts.map(({ user }) => /.*Input: (.*)/su.exec(user)?.[1]?.split('\n')[0]),
    run: (
      work: ArmsWork,
      then: () => void = () => undefined,
      signal = new AbortController().signal,
    ) => {
      const sink = {
        armStarted: () => undefined,
        add(result: RowResult) {
          results.push(result)
          then()
        },
      }
      return runArms(inBackground, work, sink, signal)
    },
  }
}

function workOf(
  rows: readonly TestRow[],
  arms: readonly LadderArm[] = ['few-shot'],
  template: Template = moodTemplate,
): ArmsWork {
  const plan = { kind: 'ladder' as const, version: 1, nearest: false, grammarToggled: false }
  return {
    arms: armsOfPlan({ ...plan, arms }, new Map([[1, template]])).arms,
    rows,
    templateOf: () => template,
    isDone: () => false,
    modelFile: fakeInfo.file,
    models: [],
  }
}

describe('running arms', () => {
  it('answers row by row, arm by arm, and skips rows that have an answer', async () => {
    const { run, results } = setUp()
    const work = workOf(moodRows(3), ['zero-shot', 'few-shot'])
    await run({ ...work, isDone: (arm, row) => arm === 'zero-shot' && row !== 'r2' })
    expect(results.map(({ arm, row }) => `${arm} ${row}`)).toEqual([
      'zero-shot r2',
      'few-shot r1',
      'few-shot r2',
      'few-shot r3',
    ])
    expect(results.map(({ score }) => score?.exactMatch)).toEqual([true, false, true, true])
  })

  it('lets a question go first, with all of its calls', async () => {
    const { run, runner, inputs } = setUp()
    const rows = moodRows(3)
    const [first, second, third] = rows.map(({ values }) => values.INPUT)
    const trial = {
      template: moodTemplate,
      rows: ['Typed once', 'Typed twice'].map((INPUT) => ({ values: { INPUT }, expected: null })),
      repeats: 1,
      arm: null,
    }
    const items: string[] = []
    let tried: Promise<void> | undefined
    await run(workOf(rows), () => {
      tried ??= (async () => {
        const { signal } = new AbortController()
        for await (const { type } of runner.try(trial, { signal })) items.push(type)
      })()
    })
    await tried
    expect(inputs()).toEqual([first, 'Typed once', 'Typed twice', second, third])
    expect(items.filter((type) => type === 'answer')).toHaveLength(2)
  })

  it('says why a row that is too long has no answer, and continues', async () => {
    const { run, results } = setUp()
    const [one, two] = moodRows(2)
    if (one === undefined || two === undefined) throw new Error('Two rows are needed')
    await run(workOf([{ ...one, values: { INPUT: 'word '.repeat(2_100) } }, two]))
    expect(results.map(({ error }) => error?.code)).toEqual(['prompt-too-long', undefined])
    expect(results[0]?.score?.exactMatch).toBe(false)
  })

  it('stops if the model crashes on row after row, and keeps earlier answers', async () => {
    const { run, results } = setUp(crash)
    await expect(run(workOf(moodRows(9)))).rejects.toMatchObject({ code: 'host-crashed' })
    expect(results).toHaveLength(3)
  })

  it('continues if the model crashes now and then', async () => {
    const { run, results } = setUp('good', (nth) => nth % 3 !== 0)
    await run(workOf(moodRows(9)))
    expect(results.map(({ error }) => error?.code === 'host-crashed')).toEqual(
      [1, 2, 3].flatMap(() => [true, true, false]),
    )
  })

  it('reports an unexpected error, and continues', async () => {
    const { run, results, unexpected } = setUp(new TypeError('Odd'))
    await run(workOf(moodRows(2)))
    expect(results.map(({ stop }) => stop)).toEqual(['failed', 'failed'])
    expect(unexpected).toHaveLength(2)
  })

  it('does not continue with another model', async () => {
    const { run, results } = setUp()
    const work = { ...workOf(moodRows(2)), modelFile: '/models/other.gguf' }
    await expect(run(work)).rejects.toMatchObject({ code: 'model-missing' })
    expect(results).toEqual([])
  })

  it('stops between rows on request', async () => {
    const { run, results } = setUp()
    const stop = new AbortController()
    const running = run(workOf(moodRows(5)), () => stop.abort(), stop.signal)
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(results).toHaveLength(1)
  })
})

describe('running arms of several models', () => {
  const models = ['a', 'b'].map((name) => ({
    file: `/models/${name}.gguf`,
    name,
    sha256: name.repeat(64),
    memoryBytes: 1,
  }))

  /** @param load the file that is loaded when one is asked for; null: none can be. */
  function setUpModels(load: (file: string | undefined) => string | null) {
    const llm = createFakeLlm('good')
    const { inBackground } = createFakeRunning(llm)
    const events: string[] = []
    let loaded: LlmInfo | undefined
    const deps: RunArmsDeps = {
      ...inBackground,
      model(_, __, wanted) {
        const file = load(wanted)
        if (file === null) return Promise.resolve(null)
        if (loaded?.file !== file) {
          loaded = { ...fakeInfo, file }
          events.push(`load ${file.slice(8, 9)}`)
        }
        return Promise.resolve(loaded)
      },
    }
    const work: ArmsWork = {
      ...workOf(moodRows(2)),
      arms: armsOfPlan(
        { kind: 'models', version: 1, models: [], settings: [{}, { temperature: 1, topK: 3 }] },
        new Map([[1, moodTemplate]]),
        models,
      ).arms,
      modelFile: null,
      models,
    }
    const sink = {
      armStarted: () => undefined,
      add: ({ arm, row }: RowResult) => void events.push(`${arm} ${row}`),
    }
    const run = () => runArms(deps, work, sink, new AbortController().signal)
    return { events, llm, run, swap: (file: string) => (loaded = { ...fakeInfo, file }) }
  }

  it('load each model once, and ask with the settings of each arm', async () => {
    const { events, llm, run } = setUpModels((file) => file ?? expect.fail('Not the chosen one'))
    await run()
    expect(events).toEqual([
      'load a',
      ...['model-1-setting-1', 'model-1-setting-2'].flatMap((arm) => [`${arm} r1`, `${arm} r2`]),
      'load b',
      ...['model-2-setting-1', 'model-2-setting-2'].flatMap((arm) => [`${arm} r1`, `${arm} r2`]),
    ])
    expect(llm.options.map(({ temperature, topK }) => [temperature, topK])).toEqual(
      [1, 2].flatMap(() => [
        [0, undefined],
        [0, undefined],
        [1, 3],
        [1, 3],
      ]),
    )
  })

  it('keeps no answer of a row during which its model was exchanged', async () => {
    const { events, llm, run, swap } = setUpModels((file) => file ?? null)
    const generate = llm.generate.bind(llm)
    let swaps = 1
    Object.assign(llm, {
      generate: (...call: Parameters<typeof generate>) => {
        if (swaps > 0) swap('/models/chosen.gguf')
        swaps -= 1
        return generate(...call)
      },
    })
    await run()
    expect(llm.prompts).toHaveLength(9)
    expect(events.filter((one) => one.endsWith('r1'))).toHaveLength(4)
    expect(events.slice(0, 3)).toEqual(['load a', 'load a', 'model-1-setting-1 r1'])
  })

  it('waits with what it has where a model cannot be loaded', async () => {
    const { events, run } = setUpModels((file) =>
      file?.includes('/b') === true ? null : (file ?? null),
    )
    await expect(run()).rejects.toThrow(/^The model b can’t be loaded/u)
    expect(events.filter((one) => one.startsWith('model-1'))).toHaveLength(4)
  })
})
