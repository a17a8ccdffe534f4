import { describe, expect, it } from 'vitest'
import { fitRow, tooLong } from '../../../../src/main/templates/running/fitRow.ts'
import type { TitledPassage } from '../../../../src/main/retrieval/titledPassages.ts'
import { createFakeLlm } from '../../../helpers/fakeLlm.ts'
import { createPassage } from '../../../helpers/passages.ts'
import { labelTemplate } from '../../../helpers/templates.ts'

/** A model whose tokens are words. */
const llm = createFakeLlm()
const template = labelTemplate()
const { examples } = template
const reserve = template.decoding.maxTokens
const values = { INPUT: 'The rain stopped at noon.' }

const filler = (word: string): string => `${`${word} `.repeat(19)}${word}.`
/** Twenty words a sentence. The second is the one that was looked for. */
const long = [filler('One'), `${'leave '.repeat(19)}days.`, filler('Three'), filler('Four')].join(
  ' ',
)

/** Passages, each titled by its key. */
function passagesOf(texts: Readonly<Record<string, string>>): readonly TitledPassage[] {
  return Object.entries(texts).map(([title, text], index) => ({
    ...createPassage(title, text),
    number: index + 1,
    title,
    place: null,
  }))
}

function fit(contextSize: number, passages: readonly TitledPassage[]) {
  return fitRow({ llm, contextSize, template, examples, values }, passages)
}

async function bareTokens(): Promise<number> {
  return (await fit(100_000, [])).tokens
}

describe('the prompt of a row', () => {
  it('takes whole passages where there is room, with the number of each', async () => {
    const row = await fit(2048, passagesOf({ a: long, b: 'Short one.' }))
    expect(row.fits).toBe(true)
    expect(row.sources).toEqual([
      { number: 1, title: 'a', text: long, chunk: 'a:0' },
      { number: 2, title: 'b', text: 'Short one.', chunk: 'b:0' },
    ])
    expect(row.text).toContain(`[1] a\n${long}`)
  })

  it('trims a passage around its best sentence, and leaves room for the answer', async () => {
    // Eight tokens for the frame, seven for the title, and two sentences of twenty.
    const contextSize = (await bareTokens()) + reserve + 8 + 7 + 45
    const row = await fit(contextSize, passagesOf({ a: long }))
    expect(row.sources).toHaveLength(1)
    const [text = ''] = row.sources.map((one) => one.text)
    expect(text).toContain('leave days.')
    expect(text.split(' ')).toHaveLength(40)
    expect(row.tokens + reserve).toBeLessThanOrEqual(contextSize)
    expect(row.fits).toBe(true)
  })

  it('leaves passages out rather than examples or the input', async () => {
    const bare = await bareTokens()
    const row = await fit(bare + reserve + 12, passagesOf({ a: long, b: long }))
    expect(row.sources).toEqual([])
    expect(row.text).not.toContain('Sources:')
    for (const words of ['What a day!', 'It rained.', values.INPUT]) {
      expect(row.text).toContain(words)
    }
    expect(row.tokens).toBe(bare)
    expect(row.fits).toBe(true)
  })

  it('shortens the last passage, or leaves it out, if the pieces were counted too low', async () => {
    const passages = passagesOf({ a: long, b: long })
    const contextSize = (await bareTokens()) + reserve + 8 + 2 * (80 + 7)
    /** Each passage takes this many tokens more than the sum of its pieces. */
    const fitWith = (more: number) => {
      const counted = {
        ...llm,
        async render(prompt: Parameters<typeof llm.render>[0]) {
          const { text, tokens } = await llm.render(prompt)
          return { text, tokens: tokens + more * (text.match(/^\[\d\]/gmu) ?? []).length }
        },
      }
      return fitRow({ llm: counted, contextSize, template, examples, values }, passages)
    }
    expect((await fitWith(0)).sources.map(({ text }) => text)).toEqual([long, long])
    const shorter = await fitWith(30)
    expect(shorter.sources.map(({ text }) => text.split(' ').length)).toEqual([80, 20])
    expect(shorter.tokens + reserve).toBeLessThanOrEqual(contextSize)
    const fewer = await fitWith(60)
    expect(fewer.sources.map(({ text }) => text)).toEqual([long])
    expect(fewer.tokens + reserve).toBeLessThanOrEqual(contextSize)
  })

  it('does not fit if examples and input are too long; it is not cut, and says so', async () => {
    const contextSize = (await bareTokens()) + reserve - 1
    const row = await fit(contextSize, passagesOf({ a: long }))
    expect(row.fits).toBe(false)
    expect(row.sources).toEqual([])
    expect(row.text).toContain('What a day!')
    expect(tooLong(1_234, template, 1_300)).toMatchObject({
      code: 'prompt-too-long',
      message:
        'The prompt takes 1,234 tokens and 100 are kept free for the answer, but this model reads 1,300 in all. Switch off an example, shorten the input, or keep fewer tokens free.',
    })
  })
})
