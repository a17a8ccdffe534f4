import { z } from 'zod'

/** The least and the most that a number may be. */
export interface Bounds {
  readonly min: number
  readonly max: number
}

const to = (min: number, max: number): Bounds => ({ min, max })

/** Numbers that a person can set. The contract checks them, and the inputs of the window keep to them. */
export const bounds = {
  /** Tokens. */
  contextSize: to(512, 131_072),
  threads: to(1, 256),
  unloadAfterMinutes: to(1, 1_440),
  /** Passages that a question looks at. */
  passages: to(1, 40),
  temperature: to(0, 2),
  /** A part of the probability. */
  topP: to(0.01, 1),
  /** Tokens; 0: all. */
  topK: to(0, 1_000),
  /** A part of the likeliest token's probability. */
  minP: to(0, 1),
  /** A factor. */
  repeatPenalty: to(1, 2),
  /** 32 bits, but for the last number: llama.cpp takes it to mean "any seed". */
  seed: to(0, 0xffff_fffe),
  /** Tokens of an answer in a conversation. */
  answerTokens: to(16, 8_192),
  /** Tokens of an answer by a template, which may be one label. */
  templateAnswerTokens: to(1, 8_192),
  /** Passages in the prompt of a template. */
  templatePassages: to(1, 20),
  /** Examples that are drawn for a row. */
  drawnExamples: to(0, 1_000),
  /** Examples that are nearest to a row. */
  nearestExamples: to(1, 1_000),
  /** Times that a row is tried. */
  repeats: to(1, 100),
  /** Rows that examples are suggested from. */
  suggestFrom: to(5, 500),
  suggestedExamples: to(1, 32),
  /** How far a number may be from what is expected: a difference, or percent. */
  tolerance: to(0, 1e15),
  /** Token F1 from which an answer is right. */
  leastTokenF1: to(0.01, 1),
} as const satisfies Readonly<Record<string, Bounds>>

/** Characters that a person can enter, at most. */
export const longest = {
  /** Name of a collection. */
  collection: 80,
  /** Name of a template, a version, a test set or a conversation. */
  name: 200,
  label: 200,
  question: 20_000,
  /** What is looked for in documents and conversations. */
  searchText: 500,
  description: 2_000,
  instruction: 50_000,
  input: 50_000,
  output: 100_000,
  note: 10_000,
  /** What a field of the output should contain, in words. */
  hint: 500,
  /** Name of a field of the output. */
  fieldName: 64,
  /** A text that ends an answer. */
  stopText: 200,
} as const

/** How many a person can enter at once, at most. */
export const mostItems = {
  labels: 500,
  /** Fields of an answer, and of each object in it. */
  fields: 100,
  /** Texts that end an answer. */
  stopTexts: 16,
  /** Models, and settings of them, in one run. */
  testedModels: 8,
  testedSettings: 8,
  /** Rows that are tried. */
  triedRows: 1_000,
  /** Documents whose best sentence is asked for. */
  quotes: 200,
} as const

export const within = ({ min, max }: Bounds) => z.number().min(min).max(max)
export const wholeWithin = (limits: Bounds) => within(limits).int()
