import { describe, expect, it } from 'vitest'
import {
  changedDecoding,
  decoding,
  decodingChange,
  effectiveDecoding,
  settingInWords,
} from '../../../../src/shared/domain/template/decoding.ts'
import { runRecord } from '../../../../src/shared/domain/testRun/run.ts'
import { madeArm } from '../../../helpers/runResults.ts'

const effect = (change: object): readonly unknown[] =>
  effectiveDecoding(changedDecoding(decoding.parse({}), decodingChange.parse(change)))

describe('settings', () => {
  it('draw alike at temperature 0, whatever restricts the drawing', () => {
    expect(effect({ topP: 0.1, topK: 3, minP: 0.5 })).toEqual(effect({}))
    expect(effect({ temperature: 1, topP: 0.1 })).not.toEqual(effect({ temperature: 1 }))
    // What applies where nothing is said.
    expect(effect({ temperature: 1, topP: 0.95, topK: 40, minP: 0 })).toEqual(
      effect({ temperature: 1 }),
    )
  })

  it('differ at every temperature in what ends an answer and what is made less likely', () => {
    expect(effect({ repeatPenalty: 1.2 })).not.toEqual(effect({}))
    expect(effect({ stopTexts: ['b', 'a'] })).toEqual(effect({ stopTexts: ['a', 'b'] }))
    expect(effect({ stopTexts: ['a'] })).not.toEqual(effect({}))
  })

  it('are named as people look them up', () => {
    expect(settingInWords({})).toBe('the template’s settings')
    expect(settingInWords({ temperature: 0, topK: 5, minP: 0.05, stopTexts: ['\n'] })).toBe(
      'temperature 0, top_k 5, min_p 0.05, stop at "\\n"',
    )
  })
})

it('reads a run of an earlier version, which has one model and no settings of its own', () => {
  const before = {
    id: 'r',
    template: 't',
    plan: { kind: 'test', versions: [1] },
    arms: [madeArm('few-shot')],
    testSet: { id: 's', name: 'Rows' },
    rows: ['1'],
    model: { file: '/m.gguf', name: 'm', sha256: 'ab', contextSize: 10 },
    embedder: 'e',
    decoding: { temperature: 0, seed: 0, maxTokens: 10, grammar: true },
    appVersion: '0.1.0',
    startedAt: '2026-01-02T03:04:05.000Z',
  }
  expect(runRecord.parse(before)).toMatchObject({ model: before.model, decoding: before.decoding })
})
