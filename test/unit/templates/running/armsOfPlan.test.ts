import { describe, expect, it } from 'vitest'
import { armsOfPlan, inputsOfArm } from '../../../../src/main/templates/running/armsOfPlan.ts'
import type { Template } from '../../../../src/shared/domain/template/template.ts'
import { runPlan, type Arm } from '../../../../src/shared/domain/testRun/arm.ts'
import { exampleOf, labelTemplate } from '../../../helpers/templates.ts'

const four = ['a', 'b', 'c', 'd'].map((id) => exampleOf(id, `Text ${id}`, 'good'))

function armsOf(plan: unknown, patch: Partial<Template> = {}): readonly Arm[] {
  return planned(plan, patch).arms
}

function planned(plan: unknown, patch: Partial<Template> = {}): ReturnType<typeof armsOfPlan> {
  const template = labelTemplate({ examples: four, ...patch })
  const later = { ...template, choice: { kind: 'none' as const } }
  return armsOfPlan(
    runPlan.parse(plan),
    new Map([
      [1, template],
      [2, later],
    ]),
  )
}

function ids(arms: readonly Arm[]): string[] {
  return arms.map(({ id }) => id)
}

describe('the arms of a test', () => {
  it('are the versions as they are written, each once', () => {
    const arms = armsOf({ kind: 'test', versions: [1, 2, 1], method: 'label-probability' })
    expect(arms).toMatchObject([
      { id: 'version-1', version: 1, method: 'label-probability', examples: { kind: 'all' } },
      { id: 'version-2', version: 2, method: 'label-probability', examples: { kind: 'none' } },
    ])
  })
})

describe('the arms of a ladder', () => {
  const plan = { kind: 'ladder', version: 1 }

  it('differ in examples and documents and in nothing else', () => {
    const [zero, few, retrieval, both, nearest] = armsOf(plan)
    const all = { kind: 'all' }
    expect(zero).toMatchObject({ id: 'zero-shot', examples: { kind: 'none' }, sources: false })
    expect(few).toMatchObject({ id: 'few-shot', examples: all, sources: false })
    expect(retrieval).toMatchObject({ id: 'retrieval', examples: { kind: 'none' }, sources: true })
    expect(both).toMatchObject({ id: 'both', examples: all, sources: true })
    for (const arm of [zero, few, retrieval, both]) {
      expect(arm).toMatchObject({ version: 1, method: 'generate', grammar: true })
    }
    expect(nearest).toMatchObject({
      method: 'nearest-neighbours',
      examples: { kind: 'nearest', count: 1 },
      sources: false,
    })
  })

  it('have the examples in few-shot even if the template is set to none', () => {
    const arms = armsOf({ ...plan, arms: ['few-shot'] }, { choice: { kind: 'none' } })
    expect(arms[0]?.examples).toEqual({ kind: 'all' })
  })

  it("keep the template's choice of examples", () => {
    const choice = { kind: 'nearest' as const, count: 2 }
    const [few] = armsOf({ ...plan, arms: ['few-shot'] }, { choice })
    expect(few?.examples).toEqual(choice)
  })

  it('have no nearest examples where there are none', () => {
    expect(ids(armsOf({ ...plan, arms: ['zero-shot'] }, { examples: [] }))).toEqual(['zero-shot'])
  })

  it('have a twin with the grammar switched, unless the format is free text', () => {
    const toggled = { ...plan, arms: ['few-shot'], nearest: false, grammarToggled: true }
    expect(armsOf(toggled)).toMatchObject([
      { id: 'few-shot', grammar: true },
      { id: 'few-shot-free', grammar: false },
    ])
    const free = labelTemplate().decoding
    expect(ids(armsOf(toggled, { decoding: { ...free, grammar: false } }))).toEqual([
      'few-shot',
      'few-shot-forced',
    ])
    expect(ids(armsOf(toggled, { format: { kind: 'text' } }))).toEqual(['few-shot'])
  })
})

describe('arms that would ask the same', () => {
  const one = four.slice(0, 1)
  const ladder = { kind: 'ladder', version: 1, arms: ['zero-shot', 'few-shot'] }

  it('are not run, and that is said', () => {
    const found = planned({ ...ladder, nearest: true }, { examples: [] })
    expect(ids(found.arms)).toEqual(['zero-shot'])
    expect(found.notRun).toEqual([
      'Same prompts as zero-shot without an example, so it isn’t run: few-shot (no example).',
      'There is no example, so the nearest examples aren’t run.',
    ])
  })

  it('are those whose chosen examples are gone, too', () => {
    const choice = { kind: 'ids' as const, ids: ['gone'] }
    expect(ids(armsOf({ ...ladder, nearest: false }, { choice }))).toEqual(['zero-shot'])
  })

  it.each([
    ['order', { kind: 'order', version: 1, shuffles: 3 }],
    ['choice', { kind: 'choice', version: 1, count: 2 }],
  ])('are all but the first of one example (%s)', (_, plan) => {
    const { arms, notRun } = planned(plan, { examples: one })
    expect(arms).toHaveLength(1)
    expect(notRun.join(' ')).toContain('with one example only')
  })

  it('are versions that differ in their description only', () => {
    const choice = { kind: 'none' as const }
    const plan = { kind: 'test', versions: [1, 2] }
    expect(ids(armsOf(plan, { choice }))).toEqual(['version-1'])
    expect(ids(armsOf(plan))).toEqual(['version-1', 'version-2'])
  })

  it('have the number of examples that there are', () => {
    const choice = { kind: 'random' as const, count: 50, seed: 0 }
    const [few] = armsOf({ ...ladder, arms: ['few-shot'], nearest: false }, { choice })
    expect(few).toMatchObject({ name: 'Few-shot (4 examples)', examples: { count: 4 } })
  })
})

describe('the arms of a shot curve', () => {
  it('are draws of each number, up to the examples there are, and one without examples', () => {
    const arms = armsOf({ kind: 'shots', version: 1, counts: [9, 0, 2, 4], draws: 2, seed: 7 })
    expect(ids(arms)).toEqual([
      'shots-0-draw-1',
      'shots-2-draw-1',
      'shots-2-draw-2',
      'shots-4-draw-1',
      'shots-4-draw-2',
    ])
    expect(arms[0]).toMatchObject({ name: 'No example', examples: { kind: 'none' } })
    expect(arms[1]?.examples).toEqual({ kind: 'random', count: 2, seed: 7 })
    expect(arms[4]?.examples).toEqual({ kind: 'random', count: 4, seed: 8 })
  })
})

describe('the arms of orders', () => {
  it("begin with the template's own", () => {
    const arms = armsOf({ kind: 'order', version: 1, shuffles: 2, seed: 3 })
    expect(arms.map(({ examples }) => examples)).toEqual([
      { kind: 'all' },
      { kind: 'shuffled', seed: 3 },
      { kind: 'shuffled', seed: 4 },
    ])
  })
})

describe('the arms of choices', () => {
  it('are the first, random, varied and nearest examples, the same number of each', () => {
    const off = { ...exampleOf('off', 'Text', 'bad'), enabled: false }
    const arms = armsOf({ kind: 'choice', version: 1, count: 2 }, { examples: [off, ...four] })
    expect(arms.map(({ examples }) => examples)).toEqual([
      { kind: 'ids', ids: ['a', 'b'] },
      { kind: 'random', count: 2, seed: 0 },
      { kind: 'varied', count: 2 },
      { kind: 'nearest', count: 2 },
    ])
  })
})

describe('a template that is tried', () => {
  it('answers as it is written, or as a step of the ladder', () => {
    const template = labelTemplate({ choice: { kind: 'random', count: 1, seed: 4 } })
    expect(inputsOfArm(template, null)).toMatchObject({ examples: template.choice, sources: false })
    expect(inputsOfArm(template, 'retrieval')).toMatchObject({
      examples: { kind: 'none' },
      sources: true,
    })
  })
})

describe('the arms of models and settings', () => {
  const model = (name: string) => ({
    file: `/models/${name}.gguf`,
    name,
    sha256: name.repeat(8),
    memoryBytes: 1,
  })
  const plannedWith = (models: readonly string[], settings: readonly object[]) => {
    const plan = runPlan.parse({ kind: 'models', version: 1, models, settings })
    const template = labelTemplate({ examples: four })
    return armsOfPlan(plan, new Map([[1, template]]), models.map(model))
  }

  it('are each model with each setting, model by model, named by what differs', () => {
    const { arms, notRun } = plannedWith(['Qwen', 'Llama'], [{}, { temperature: 0.7, topP: 0.9 }])
    expect(arms.map(({ name }) => name)).toEqual([
      '“Qwen”, the template’s settings',
      '“Qwen”, temperature 0.7, top_p 0.9',
      '“Llama”, the template’s settings',
      '“Llama”, temperature 0.7, top_p 0.9',
    ])
    expect(arms.map(({ model }) => model?.slice(0, 4))).toEqual(['Qwen', 'Qwen', 'Llam', 'Llam'])
    expect(notRun).toEqual([])
    expect(plannedWith(['Qwen', 'Llama'], [{}]).arms.map(({ name }) => name)).toEqual([
      '“Qwen”',
      '“Llama”',
    ])
    const stop = { stopTexts: ['END'] }
    expect(plannedWith(['Qwen'], [{ temperature: 1 }, stop]).arms.map(({ name }) => name)).toEqual([
      'Temperature 1',
      'Stop at "END"',
    ])
  })

  it('leave out settings that come to the same, and say why', () => {
    const same = [{}, { topP: 0.5 }, { temperature: 0, minP: 0.1 }, { repeatPenalty: 1 }]
    const { arms, notRun } = plannedWith(['Qwen'], [...same, { repeatPenalty: 1.1 }])
    expect(arms.map(({ name }) => name)).toEqual(['The template’s settings', 'Repeat penalty 1.1'])
    expect(notRun).toEqual([
      'Same prompts as the template’s settings at temperature 0, where nothing is drawn, so they aren’t run: top_p 0.5, temperature 0, min_p 0.1 and repeat penalty 1.',
    ])
    // Where tokens are drawn they differ.
    const drawn = [{ temperature: 1 }, { temperature: 1, topP: 0.5 }, { temperature: 1, topK: 1 }]
    expect(plannedWith(['Qwen'], drawn).arms).toHaveLength(3)
  })
})
