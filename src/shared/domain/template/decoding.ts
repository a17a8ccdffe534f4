import { z } from 'zod'
import { bounds, longest, mostItems, wholeWithin, within } from '../limits.ts'
import { seed } from '../seed.ts'

const temperature = within(bounds.temperature)
const stopText = z.string().min(1).max(longest.stopText)

/** Which tokens one is drawn from. A missing one is that of `usualDrawing`. */
const drawing = {
  /** Only the likeliest tokens that together reach this probability; 1: all. */
  topP: within(bounds.topP).optional(),
  /** Only this many of the likeliest tokens; 0: all. */
  topK: wholeWithin(bounds.topK).optional(),
  /** Only tokens with at least this part of the likeliest one's probability. */
  minP: within(bounds.minP).optional(),
}

/** What changes the answer at every temperature. */
const always = {
  /** By how much a token that the answer already contains is made less likely; 1: not at all. */
  repeatPenalty: within(bounds.repeatPenalty).optional(),
  /** Texts that end an answer; they are no part of it. */
  stopTexts: z.array(stopText).max(mostItems.stopTexts).readonly().optional(),
}

export const decoding = z
  .object({
    /** 0: the likeliest token each time. */
    temperature: temperature.default(0),
    seed: seed.default(0),
    /** Tokens of an answer, at most. They are kept free in the context. */
    maxTokens: wholeWithin(bounds.templateAnswerTokens).default(100),
    /** Whether the answer is forced into the format. If not, it is only checked against it. */
    grammar: z.boolean().default(true),
    ...drawing,
    ...always,
  })
  .readonly()
export type Decoding = z.infer<typeof decoding>

/** What applies where a template says nothing: the defaults of node-llama-cpp. */
const usualDrawing = { topP: 0.95, topK: 40, minP: 0 } as const

/** A setting to test: what it names is changed, all else is as in the template. */
export const decodingChange = z
  .object({ temperature: temperature.optional(), ...drawing, ...always })
  .readonly()
export type DecodingChange = z.infer<typeof decodingChange>

/** The settings with a change. */
export function changedDecoding(written: Decoding, change: DecodingChange | undefined): Decoding {
  return { ...written, ...change, temperature: change?.temperature ?? written.temperature }
}

/**
 * What of the settings an answer can depend on, so that two with equal results draw alike: at
 * temperature 0 nothing is drawn.
 */
export function effectiveDecoding({
  temperature,
  seed,
  maxTokens,
  topP = usualDrawing.topP,
  topK = usualDrawing.topK,
  minP = usualDrawing.minP,
  repeatPenalty = 1,
  stopTexts = [],
}: Decoding): readonly unknown[] {
  const drawn = temperature === 0 ? [] : [seed, topP, topK, minP]
  return [temperature, maxTokens, repeatPenalty, [...stopTexts].sort(), drawn]
}

/** `temperature 0.7, top_p 0.9`; `the template’s settings` of one that changes nothing. */
export function settingInWords(change: DecodingChange): string {
  const { temperature, topP, topK, minP, repeatPenalty, stopTexts } = change
  const parts = [
    named('temperature', temperature),
    named('top_p', topP),
    named('top_k', topK),
    named('min_p', minP),
    named('repeat penalty', repeatPenalty),
    ...(stopTexts === undefined
      ? []
      : [`stop at ${stopTexts.map((one) => JSON.stringify(one)).join(' or ')}`]),
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'the template’s settings' : parts.join(', ')
}

/** Programs and papers write these numbers with a point, and people look them up as written. */
function named(name: string, value: number | undefined): string {
  return value === undefined ? '' : `${name} ${String(value)}`
}
