import { describe, expect, it } from 'vitest'
import type { LlmInfo } from '../../../../src/main/llm/llm.ts'
import { createVectorCache } from '../../../../src/main/templates/running/nearestExamples.ts'
import { previewTemplate } from '../../../../src/main/templates/running/previewTemplate.ts'
import { createTokenLengths } from '../../../../src/main/templates/running/tokenLengths.ts'
import type { Template } from '../../../../src/shared/domain/template/template.ts'
import type { LadderArm } from '../../../../src/shared/domain/testRun/arm.ts'
import { createFakeEmbedder } from '../../../helpers/fakeEmbedder.ts'
import { createFakeLlm, fakeInfo } from '../../../helpers/fakeLlm.ts'
import { createPassage } from '../../../helpers/passages.ts'
import { exampleOf, labelTemplate } from '../../../helpers/templates.ts'

const values = { INPUT: 'Sunny all day.' }

function preview(template: Template, info: LlmInfo | null, arm: LadderArm | null = null) {
  const llm = createFakeLlm()
  const passage = createPassage('a', 'Rain is expected in the west.')
  const deps = {
    llm,
    vectors: createVectorCache(createFakeEmbedder()),
    findSources: () => Promise.resolve([{ ...passage, number: 1, title: 'Weather', place: null }]),
    model: () => Promise.resolve(info),
    lengths: createTokenLengths(llm),
  }
  return previewTemplate(deps, { template, values, arm }, new AbortController().signal)
}

/** A model whose tokens are words. */
const off = { ...exampleOf('e3', 'Hm.', 'bad'), enabled: false }
const template = labelTemplate({ examples: [...labelTemplate().examples, off] })

describe('the preview of a prompt', () => {
  it('counts the tokens of each piece, and of the chat format around them', async () => {
    const { parts, tokens, fits, exampleTokens } = await preview(template, fakeInfo)
    const costOf = (ref: string) => parts.find((part) => part.ref === ref)?.tokens
    // "Input: What a day! Output: good" and "Input: It rained. Output: bad".
    expect([costOf('e1'), costOf('e2'), costOf('e3')]).toEqual([6, 5, undefined])
    expect(parts.find(({ kind }) => kind === 'instruction')?.tokens).toBe(3)
    expect(parts.find(({ kind }) => kind === 'input')?.tokens).toBe(5)
    // An example that is off has the tokens that it would take.
    expect(exampleTokens).toEqual({ e1: 6, e2: 5, e3: 4 })
    const counted = parts.reduce((sum, part) => sum + (part.tokens ?? 0), 0)
    expect(tokens?.total).toBe(counted + (tokens?.chatFormat ?? 0))
    expect(tokens).toMatchObject({ reserve: 100, context: 2048 })
    expect(fits).toBe(true)
  })

  it('shows the prompt of an arm of the ladder', async () => {
    const kindsOf = async (arm: LadderArm) =>
      (await preview(template, fakeInfo, arm)).parts.map(({ kind }) => kind)
    expect(await kindsOf('zero-shot')).not.toContain('example')
    const retrieval = await preview(template, fakeInfo, 'retrieval')
    expect(retrieval.parts.find(({ kind }) => kind === 'source')).toMatchObject({
      ref: '1',
      text: '[1] Weather\nRain is expected in the west.',
      tokens: 8,
    })
    expect(await kindsOf('both')).toEqual(expect.arrayContaining(['example', 'source']))
  })

  it('says what to do if it does not fit, and shows it anyway', async () => {
    const shown = await preview(template, { ...fakeInfo, contextSize: 110 })
    expect(shown.fits).toBe(false)
    expect(shown.problem).toContain('this model reads 110 in all')
    expect(shown.parts.filter(({ kind }) => kind === 'example')).toHaveLength(2)
  })

  it('shows the pieces without counts if there is no model', async () => {
    const shown = await preview(template, null)
    expect(shown).toMatchObject({ tokens: null, text: null, fits: true, exampleTokens: {} })
    expect(shown.parts.map(({ text }) => text).join('')).toContain(values.INPUT)
    expect(new Set(shown.parts.map(({ tokens }) => tokens))).toEqual(new Set([null]))
  })
})
