import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import { textRange } from './page.ts'
import { renamedKey } from './renamedKey.ts'
import { sampling, usedSampling } from './sampling.ts'
import { outputFormat } from './template/outputFormat.ts'
import { replyCheck } from './template/replyCheck.ts'

export const answerMode = z.enum(['write', 'quote'])
/** *Write*: prose with citations. *Quote*: sentences of the passages, word for word. */
export type AnswerMode = z.infer<typeof answerMode>

/** What a question may be answered from. */
export const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }).readonly(),
  z.object({ kind: z.literal('collections'), ids: z.array(z.string()).readonly() }).readonly(),
  z.object({ kind: z.literal('documents'), ids: z.array(z.string()).readonly() }).readonly(),
  /** Plain chat with the model, not grounded in anything. */
  z.object({ kind: z.literal('none') }).readonly(),
])
export type Scope = z.infer<typeof scope>

/** A place in a document that supports a sentence: `quote` are its exact words. */
export const citation = z
  .preprocess(
    renamedKey('content', 'contentId'),
    z.object({
      /** The number by which the answer refers to it: `[n]`. */
      number: z.number().int().positive(),
      /** Id of the chunk that was cited; never a list position. */
      chunk: z.string(),
      document: z.string(),
      name: z.string(),
      contentId: z.string(),
      page: z.number().int().positive(),
      /** Its position in words: `page 3`, or a heading; blank if it has none. */
      place: z.string().optional(),
      start: z.number().int(),
      end: z.number().int(),
      quote: z.string(),
    }),
  )
  .readonly()
export type Citation = z.infer<typeof citation>

/**
 * How much of a sentence its citations say: all, some, or nothing. In part is what a comparison of
 * words can't decide.
 */
export const support = z.enum(['whole', 'part', 'none'])
export type Support = z.infer<typeof support>

/** Version 0.1 only knew supported sentences and others. */
function renamedSupport(value: unknown): unknown {
  const found = renamedKey('supported', 'support')(value)
  if (typeof found !== 'object' || found === null || !('support' in found)) return found
  if (typeof found.support !== 'boolean') return found
  return { ...found, support: found.support ? 'whole' : 'none' }
}

/** A sentence of an answer, as a range of the answer's text, with what supports it. */
export const answerSentence = z
  .preprocess(
    renamedSupport,
    z.object({
      start: z.number().int(),
      end: z.number().int(),
      text: z.string(),
      support,
      citations: z.array(citation).readonly(),
    }),
  )
  .readonly()
export type AnswerSentence = z.infer<typeof answerSentence>

/** A passage that the search found, numbered as in the prompt. */
export const source = z
  .preprocess(
    renamedKey('content', 'contentId'),
    z.object({
      number: z.number().int().positive(),
      chunk: z.string(),
      document: z.string(),
      name: z.string(),
      contentId: z.string(),
      heading: z.string(),
      page: z.number().int().positive(),
      /** As of a citation. */
      place: z.string().optional(),
      start: z.number().int(),
      end: z.number().int(),
      text: z.string(),
      /** Whether it was in the prompt; the others were found but did not fit or were too weak. */
      inPrompt: z.boolean(),
      scores: z
        .object({
          /** The rank score: BM25 divided by its best, plus the cosine after feedback from the best. */
          fused: z.number(),
          fullText: z.number().nullable(),
          cosine: z.number().nullable(),
          /** Absolute, 0 to 1: how likely it is that this passage answers the question. */
          evidence: z.number(),
        })
        .readonly(),
      /** Sentences that answer best, as ranges of the page, best first. */
      keySentences: z.array(textRange.unwrap().extend({ score: z.number() }).readonly()).readonly(),
    }),
  )
  .readonly()
export type Source = z.infer<typeof source>

/** A line that Quote could have answered with, and the model's probability of it. */
export const quoteCandidate = z
  .object({ text: z.string(), source: z.number().int().nullable(), probability: z.number() })
  .readonly()
export type QuoteCandidate = z.infer<typeof quoteCandidate>

/** Where the prompt's tokens went, in the model's own tokens. */
export const tokenBudget = z
  .object({
    context: z.number().int(),
    system: z.number().int(),
    /** Those of a template; none in answers that are older than templates in Ask. */
    examples: z.number().int().default(0),
    history: z.number().int(),
    sources: z.number().int(),
    keySentences: z.number().int(),
    question: z.number().int(),
    reserve: z.number().int(),
  })
  .readonly()
export type TokenBudget = z.infer<typeof tokenBudget>

/** A part of the prompt that the budget counts, as a range of the prompt. */
export const promptPart = z
  .object({
    part: z.enum(['system', 'examples', 'history', 'sources', 'keySentences', 'question']),
    start: z.number().int(),
    end: z.number().int(),
  })
  .readonly()
export type PromptPart = z.infer<typeof promptPart>

export const answerKind = z.enum([
  'written',
  'quoted',
  /** No model, or none that can be offered them: the best sentences, quoted by code. */
  'passages',
  'not-found',
  'ungrounded',
])
export type AnswerKind = z.infer<typeof answerKind>

/** A text in a template's answer, with what supports it. */
export const citedField = z
  .object({
    /** Its path; within a list of objects with the number of the item, from 1: `items.2.name`. */
    field: z.string(),
    /** Place in the list, where the field is one; else null. */
    item: z.number().int().nullable(),
    /** With its markers `[n]`. The sentences are ranges of it. */
    text: z.string(),
    sentences: z.array(answerSentence).readonly(),
  })
  .readonly()
export type CitedField = z.infer<typeof citedField>

/** The template that an answer follows, and how well. */
export const templateAnswer = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('followed'),
      id: z.string(),
      name: z.string(),
      /** The saved version that answered; null: a file, or one that ships with the app. */
      version: z.number().int().nullable(),
      format: outputFormat,
      /** Word for word as the model wrote it; empty where none was asked. */
      reply: z.string(),
      /** null where no model was asked, and where a stop broke the reply off. */
      check: replyCheck.nullable(),
      /** Of a format with fields: the texts among them, with what supports each. */
      fields: z.array(citedField).readonly(),
    })
    .readonly(),
  /** It had been deleted, so the answer follows none. */
  z.object({ kind: z.literal('missing'), id: z.string() }).readonly(),
])
export type TemplateAnswer = z.infer<typeof templateAnswer>
export type FollowedTemplate = Extract<TemplateAnswer, { kind: 'followed' }>

/** Whether the documents are assumed to contain an answer: unless `best` is below `threshold`. */
export const evidenceDecision = z
  .object({
    /** The evidence score of the best passage, 0 to 1. */
    best: z.number(),
    threshold: z.number(),
    /** Where the question is in a language that no searched passage is in (ISO 639-1). */
    otherLanguage: z
      .object({ asked: z.string(), searched: z.array(z.string()).readonly() })
      .readonly()
      .nullish(),
  })
  .readonly()
export type EvidenceDecision = z.infer<typeof evidenceDecision>

export const answer = z
  .object({
    kind: answerKind,
    status: z.enum(['complete', 'stopped', 'failed']),
    error: z
      .object({ code: z.enum(errorCodes), message: z.string() })
      .readonly()
      .nullable(),
    text: z.string(),
    /** Whether the model was not done when all the tokens of its answer were written. */
    cutOff: z.boolean().default(false),
    sentences: z.array(answerSentence).readonly(),
    /** null where no template was chosen. */
    template: templateAnswer.nullable().default(null),
    /** Why there are only passages: the model spells their language in more tokens than it has room for. */
    needsTooManyTokens: z.boolean().default(false),
    /** Everything retrieved, best first. Those that were cited are found through `sentences`. */
    sources: z.array(source).readonly(),
    /** null where nothing was searched. */
    evidence: evidenceDecision.nullable(),
    candidates: z.array(quoteCandidate).readonly(),
    /** Name of the model; null for passages only. */
    model: z.string().nullable(),
    /** null where nothing was written by a model, and in older answers. */
    sampling: usedSampling.nullable().default(null),
    budget: tokenBudget.nullable(),
    /** The prompt as the model read it; null where there was no model. */
    prompt: z.string().nullable(),
    /** In order; empty where they are unknown, or the answer is older than this list. */
    promptParts: z.array(promptPart).readonly().default([]),
    timings: z
      .object({
        searchMs: z.number(),
        firstTokenMs: z.number().nullable(),
        totalMs: z.number(),
        tokensPerSecond: z.number().nullable(),
      })
      .readonly(),
    tokens: z
      .object({
        prompt: z.number().int(),
        /** Of the prompt: those that were still in the KV cache. */
        reused: z.number().int(),
        generated: z.number().int(),
      })
      .readonly(),
  })
  .readonly()
export type Answer = z.infer<typeof answer>

export const turn = z
  .object({
    id: z.string(),
    question: z.string(),
    /** What was searched for, when the question could not stand alone; else null. */
    completedQuery: z.string().nullable(),
    /** ISO 8601. */
    askedAt: z.string(),
    answer: answer.nullable(),
  })
  .readonly()
export type Turn = z.infer<typeof turn>

export const conversation = z
  .object({
    version: z.literal(1),
    id: z.string(),
    title: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
    scope,
    /** Null: as the model's own setting says. */
    answering: answerMode.nullable(),
    /** Id of the template that answers follow; null: none. */
    template: z.string().nullable().default(null),
    /** How the model writes; null: exactly, at the usual length. A template has its own. */
    sampling: sampling.nullable().default(null),
    turns: z.array(turn).readonly(),
  })
  .readonly()
export type Conversation = z.infer<typeof conversation>

export const conversationSummary = z
  .object({
    id: z.string(),
    title: z.string(),
    updatedAt: z.string(),
    turns: z.number().int(),
  })
  .readonly()
export type ConversationSummary = z.infer<typeof conversationSummary>
