import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dropNothing, dropOldest, fitPrompt } from '../../../src/main/prompting/fitPrompt.ts'
import type { Prompt, PromptTurn } from '../../../src/main/llm/llm.ts'
import { tokenizers } from '../../helpers/tokenizers.ts'

const turn = fc.record({ user: fc.lorem({ maxCount: 12 }), assistant: fc.lorem({ maxCount: 12 }) })
const turns = fc.array(turn, { maxLength: 6 })

describe.each(Object.entries(tokenizers))('a prompt, with a tokenizer that is %s', (_, llm) => {
  const write = (history: readonly PromptTurn[]): Prompt => ({
    system: 'Be brief.',
    history,
    user: 'Who?',
  })

  it('is the longest that leaves the reserve free', async () => {
    await fc.assert(
      fc.asyncProperty(
        turns,
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 0, max: 60 }),
        async (all, contextSize, reserve) => {
          const options = { llm, contextSize, reserve, sections: all, dropLast: dropOldest, write }
          const {
            sections: kept,
            room,
            prompt,
            tokens,
            text,
          } = await fitPrompt<readonly PromptTurn[], Prompt>(options)
          expect(await llm.render(prompt)).toEqual({ text, tokens })
          expect(prompt).toEqual(write(kept))
          expect(kept).toEqual(all.slice(all.length - kept.length))
          expect(room).toBe(contextSize - reserve - tokens)
          if (kept.length > 0) expect(tokens + reserve).toBeLessThanOrEqual(contextSize)
          if (kept.length === all.length) return
          const longer = await llm.render(write(all.slice(all.length - kept.length - 1)))
          expect(longer.tokens + reserve).toBeGreaterThan(contextSize)
        },
      ),
    )
  })

  it('says by how much it is too long if nothing can be left out', async () => {
    const { tokens } = await llm.render(write([]))
    const options = { llm, sections: null, dropLast: dropNothing, write: () => write([]) }
    const fit = (contextSize: number) => fitPrompt({ ...options, contextSize, reserve: 10 })
    expect((await fit(tokens + 10)).room).toBe(0)
    expect((await fit(tokens + 7)).room).toBe(-3)
  })
})

it('passes on how many tokens are too many', async () => {
  const over: number[] = []
  await fitPrompt({
    llm: tokenizers.adding,
    contextSize: 20,
    reserve: 10,
    sections: 20,
    dropLast(words, tooMany) {
      over.push(tooMany)
      return words - tooMany
    },
    write: (words) => ({ system: '', history: [], user: 'word '.repeat(words) }),
  })
  // Four special tokens enclose the two messages.
  expect(over).toEqual([14])
})
