import { z } from 'zod'
import { bounds, longest, wholeWithin } from '../domain/limits.ts'
import { comparison, judgedRun } from '../domain/testRun/figures.ts'
import { rowResult, runSummary } from '../domain/testRun/run.ts'
import { runPlan } from '../domain/testRun/arm.ts'
import { reportKind } from '../domain/testRun/reportKinds.ts'
import { rowFlag, testRow, testSetSummary } from '../domain/testRun/testSet.ts'
import { rawExpected } from '../domain/template/rawExpected.ts'
import { example, inputValues, template } from '../domain/template/template.ts'
import { event, procedure, stream } from '../rpc/contract.ts'

const byId = z.object({ id: z.string() })
const ofTemplate = z.object({ template: z.string() })

/** A table as it was read from a file, before anything is made of it. */
export const rowsFile = z.object({
  name: z.string(),
  /** The bytes as base64: the core detects the encoding, and XLSX is not text. */
  base64: z.string().max(100_000_000),
})

/** Which column is what. A column that is named nowhere is not used. */
export const columnMapping = z.object({
  /** Name of a placeholder → column. */
  values: z.record(z.string(), z.string()).readonly(),
  /** The column with the whole answer; null where there is one per field. */
  expected: z.string().nullable(),
  /** Name of a field → column. */
  fields: z.record(z.string(), z.string()).readonly(),
  note: z.string().nullable(),
  /** The column with the tags of a row. */
  tags: z.string().nullable().optional(),
})
export type ColumnMapping = z.infer<typeof columnMapping>

export const importedRow = z
  .object({
    /** Line or row number in the file, from 1. */
    place: z.number().int(),
    values: inputValues,
    expected: rawExpected.nullable(),
    note: z.string(),
    tags: z.array(z.string()).readonly().optional(),
    /** What keeps it from being used; null if nothing does. */
    problem: z.string().nullable(),
    /** What is doubtful about it. */
    flags: z.array(rowFlag).readonly(),
  })
  .readonly()
export type ImportedRow = z.infer<typeof importedRow>

export const tablePreview = z.object({
  columns: z.array(z.string()).readonly(),
  mapping: columnMapping,
  rows: z.number().int(),
  usable: z.number().int(),
  /** Every row with a problem or a flag, and the first that have none; at most 500. */
  shown: z.array(importedRow).readonly(),
  /** What concerns the whole file: its encoding, broken quotes. */
  notices: z.array(z.string()).readonly(),
})
export type TablePreview = z.infer<typeof tablePreview>

const tableInput = z.object({
  file: rowsFile,
  /** null: guessed from the names of the columns. */
  mapping: columnMapping.nullable(),
  template,
})

export const flaggedRow = z
  .object({ row: testRow, flags: z.array(rowFlag).readonly(), included: z.boolean() })
  .readonly()
export type FlaggedRow = z.infer<typeof flaggedRow>

/** By id of a row: whether it counts; null: the rule decides. */
const rowMarks = z.record(z.string(), z.boolean().nullable()).readonly()
export type RowMarks = z.infer<typeof rowMarks>

export const resultSort = z.enum(['row', 'margin', 'seconds'])

/** How examples are chosen: from those of the template, or from rows that the model gets right. */
export const suggestMethods = ['greedy', 'bootstrapped'] as const
export type SuggestMethod = (typeof suggestMethods)[number]

const shareRight = { right: z.number().int(), of: z.number().int() }

const suggestStep = z.object({ id: z.string(), ...shareRight }).readonly()

/**
 * The progress of a choice of examples; the last item is `done`. Earlier items are valid without
 * it.
 */
export const suggestItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('loading-model'), fraction: z.number().nullable() }),
  /** Answers given, of those that the choice takes if it runs to the end. */
  z.object({ type: z.literal('progress'), done: z.number().int(), total: z.number().int() }),
  /** How many of the rows that it is chosen on are right without any example. */
  z.object({
    type: z.literal('without'),
    ...shareRight,
    rows: z.array(z.string()).readonly(),
  }),
  /** How many are right with the template as it is written; of a bootstrapped choice. */
  z.object({ type: z.literal('written'), ...shareRight }),
  /** The best of the sets drawn so far, better than both; of a bootstrapped choice. */
  z.object({ type: z.literal('set'), ...shareRight, examples: z.array(example).readonly() }),
  /** An example was added, behind those before: the share right on the same rows. */
  z.object({ type: z.literal('step'), step: suggestStep }),
  /** No other example makes it better, or there are as many as wanted. */
  z.object({ type: z.literal('done') }),
])
export type SuggestItem = z.infer<typeof suggestItem>

/** A run as a file: a text, or bytes as base64, since a workbook is not text. */
const exportedRun = z
  .object({
    name: z.string(),
    mediaType: z.string(),
    /** null: the file is no text, and its bytes are in `base64`. */
    text: z.string().nullable(),
    base64: z.string().nullable(),
  })
  .readonly()
export type ExportedRun = z.infer<typeof exportedRun>

export const testRuns = {
  /** Reads a table and reports what an import of it would give. */
  previewTable: procedure({ input: tableInput, output: tablePreview }),
  /** The examples of a table, to be added to a template by the window. */
  readExamples: procedure({ input: tableInput, output: z.array(importedRow).readonly() }),

  testSets: procedure({ input: ofTemplate, output: z.array(testSetSummary).readonly() }),
  testSetsChanged: event(ofTemplate),
  importTestSet: procedure({
    input: tableInput.extend({
      templateId: z.string(),
      name: z.string().min(1).max(longest.name),
      /** Adds to this set instead of making one. */
      into: z.string().nullable(),
    }),
    output: testSetSummary,
  }),
  createTestSet: procedure({
    input: z.object({ template: z.string(), name: z.string().min(1).max(longest.name) }),
    output: testSetSummary,
  }),
  renameTestSet: procedure({
    input: z.object({ id: z.string(), name: z.string().min(1).max(longest.name) }),
  }),
  /** Hides a test set at once; it can be restored for ten seconds. */
  removeTestSet: procedure({ input: byId }),
  restoreTestSet: procedure({ input: byId }),
  rows: procedure({
    input: z.object({
      testSet: z.string(),
      template,
      from: z.number().int().min(0),
      count: z.number().int().min(1).max(500),
    }),
    output: z.object({
      total: z.number().int(),
      included: z.number().int(),
      rows: z.array(flaggedRow).readonly(),
    }),
  }),
  putRow: procedure({ input: z.object({ testSet: z.string(), row: testRow }) }),
  /**
   * Sets by hand which rows count, and returns the marks that they had before, so that it can be
   * undone. Ids of rows that no longer exist are ignored.
   */
  markRows: procedure({
    input: z.object({ testSet: z.string(), marks: rowMarks }),
    output: rowMarks,
  }),
  removeRows: procedure({
    input: z.object({ testSet: z.string(), ids: z.array(z.string()).max(100_000) }),
  }),

  /**
   * Starts a run; it continues when the window closes, and resumes after a crash where it stopped.
   */
  start: procedure({
    input: z.object({ template: z.string(), testSet: z.string(), plan: runPlan }),
    output: runSummary,
  }),
  pause: procedure({ input: byId }),
  resume: procedure({ input: byId }),
  cancel: procedure({ input: byId }),
  /** Answers again the rows that got no answer. */
  rerunFailed: procedure({ input: byId }),
  remove: procedure({ input: byId }),
  list: procedure({
    input: z.object({ template: z.string().nullable() }),
    output: z.array(runSummary).readonly(),
  }),
  changed: event(runSummary),
  removed: event(byId),
  figures: procedure({
    input: byId,
    output: judgedRun.extend({ summary: runSummary }),
  }),
  /** Two runs, or arms of runs, on the rows that both have and that are the same in both. */
  compare: procedure({
    input: z.object({
      a: z.object({ run: z.string(), arm: z.string() }),
      b: z.object({ run: z.string(), arm: z.string() }),
    }),
    output: comparison.unwrap().extend({
      /** The same on the rows with a tag, for each tag; corrected together. */
      tags: z.array(z.object({ tag: z.string(), comparison })).readonly(),
    }),
  }),
  results: procedure({
    input: z.object({
      run: z.string(),
      arm: z.string(),
      /** Only the rows of one cell. */
      filter: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('all') }),
        z.object({ kind: z.literal('not-valid') }),
        z.object({ kind: z.literal('not-in-domain') }),
        z.object({ kind: z.literal('wrong') }),
        z.object({ kind: z.literal('failed') }),
        z.object({ kind: z.literal('wrong-field'), field: z.string() }),
        /** A cell of the confusion matrix; `given` null: out of domain. */
        z.object({
          kind: z.literal('confusion'),
          field: z.string(),
          expected: z.string(),
          given: z.string().nullable(),
        }),
        /** Rows on which another arm of the run differs in being right. */
        z.object({ kind: z.literal('differs'), from: z.string() }),
      ]),
      sort: resultSort,
      from: z.number().int().min(0),
      count: z.number().int().min(1).max(500),
    }),
    output: z.object({
      total: z.number().int(),
      results: z.array(z.object({ row: testRow, result: rowResult }).readonly()).readonly(),
    }),
  }),
  exportRun: procedure({
    input: z.object({ id: z.string(), kind: reportKind }),
    output: exportedRun,
  }),
  /**
   * Chooses at most `most` examples. Greedily: each step adds the one with which most rows are
   * right. Bootstrapped: sets are drawn of rows that the template gets right, and the best is kept.
   * Nothing is changed: a caller that uses the result leaves out the rows it was chosen on.
   */
  suggestExamples: stream({
    input: z.object({
      template: z.string(),
      version: z.number().int(),
      /** Set to draw rows from for the choice. */
      testSet: z.string(),
      method: z.enum(suggestMethods),
      most: wholeWithin(bounds.suggestedExamples),
      rows: wholeWithin(bounds.suggestFrom),
    }),
    item: suggestItem,
  }),
}
