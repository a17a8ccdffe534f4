import { describe, expect, it } from 'vitest'
import {
  fitWords,
  machineWords,
  speedWords,
} from '../../../src/renderer/src/features/models/modelWords.ts'
import { pathFromInput } from '../../../src/renderer/src/features/models/pathFromInput.ts'
import { adviseModel } from '../../../src/renderer/src/features/models/recommend.ts'
import {
  availableModel,
  demoModel,
  usualCatalogue,
  installedModel,
} from '../../helpers/scriptedModels.ts'

describe('a pasted path', () => {
  it('loses quotes and the file scheme', () => {
    expect(pathFromInput(' "C:\\My models\\a.gguf" ')).toBe('C:\\My models\\a.gguf')
    expect(pathFromInput("'/home/ada/a b.gguf'")).toBe('/home/ada/a b.gguf')
    expect(pathFromInput('file:///home/ada/a%20b.gguf')).toBe('/home/ada/a b.gguf')
    expect(pathFromInput('file:///C:/Models/a.gguf')).toBe('C:/Models/a.gguf')
    expect(pathFromInput('/plain.gguf')).toBe('/plain.gguf')
  })
})

describe('whether a model fits', () => {
  const machine = {
    cpu: '',
    cores: 1,
    memoryBytes: 16e9,
    freeMemoryBytes: 1e9,
    modelsFolder: '',
    freeDiskBytes: null,
  }

  it.each([
    [{ memoryBytes: 6.5e9, maxContext: 4096 }, 'good', 'Fits, 8.8 GB to spare'],
    [{ memoryBytes: 13e9, maxContext: 2048 }, 'warn', 'Tight: room for 2,048 tokens'],
    [{ memoryBytes: 41e9, maxContext: 0 }, 'bad', 'Does not fit: needs 38 GB'],
  ] as const)('%j', (fits, tone, text) => {
    expect(fitWords(fits, 4096, machine)).toEqual({ tone, text })
  })

  it('expects no larger context than the trained one', () => {
    expect(fitWords({ memoryBytes: 1e9, maxContext: 2048 }, 2048, machine).tone).toBe('good')
  })

  it('says what machine that is', () => {
    expect(machineWords({ ...machine, memoryBytes: 15.4 * 1024 ** 3 })).toBe(
      'This machine: 15 GB of memory, 1 core',
    )
  })
})

// Three quarters of a word per token.
it.each([
  [6.6, 'about 5 words a second'],
  [1.4, 'about 1 word a second'],
  [0.8, 'less than a word a second'],
  [200, 'about 150 words a second'],
])('%d tokens a second are %s', (writing, words) => {
  expect(speedWords({ reading: 0, writing, measured: true })).toBe(words)
})

describe('the recommendation while the demo model answers', () => {
  const demo = { demo: true, status: 'ready' } as const

  it('is the largest recommended one that fits completely', () => {
    expect(adviseModel(demo, [demoModel], usualCatalogue)).toMatchObject({
      kind: 'get',
      entry: { id: 'llama-2-7b-chat-q4-k-m' },
    })
    const tight = availableModel({ fits: { memoryBytes: 6.5e9, maxContext: 1024 } })
    const catalogue = [tight, ...usualCatalogue.slice(1)]
    expect(adviseModel(demo, [demoModel], catalogue)).toMatchObject({
      entry: { id: 'tinyllama-1.1b-chat-q4-k-m' },
    })
  })

  it('is the largest usable installed one, if there is one', () => {
    const small = installedModel({
      id: 'small',
      facts: { ...(demoModel.facts ?? installedModel().facts ?? never()), parameters: 1e9 },
    })
    const gone = installedModel({ id: 'gone', problem: 'The file is gone.', facts: null })
    expect(adviseModel(demo, [demoModel, gone, small], usualCatalogue)).toMatchObject({
      kind: 'use',
      model: { id: 'small' },
    })
    expect(adviseModel(demo, [demoModel, small, installedModel()], [])).toMatchObject({
      model: { id: 'llama-2-7b-chat-q4-k-m' },
    })
  })

  it('is empty if another model answers, none is wanted, or nothing fits', () => {
    expect(adviseModel({ ...demo, demo: false }, [], usualCatalogue)).toBeNull()
    expect(adviseModel({ ...demo, status: 'none' }, [], usualCatalogue)).toBeNull()
    expect(adviseModel(demo, [demoModel], usualCatalogue.slice(1, 3))).toBeNull()
  })
})

function never(): never {
  throw new Error('The invented model has no facts.')
}
