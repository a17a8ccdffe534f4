import { isRecord } from '../../../shared/domain/isRecord.ts'
import type { z } from 'zod'
import { template, type Template } from '../../../shared/domain/template/template.ts'
import { keptAsWritten } from '../../../shared/domain/template/parseText.ts'
import { describeIssue } from './describeIssue.ts'
import { unknownNames } from './unknownNames.ts'

/** The newest file format that this version of Penknife knows. */
const newestSchema = 2

export type ReadTemplate =
  | {
      readonly kind: 'template'
      readonly template: Template
      /** Names in the file that this version does not know and left out; see `unknownNames`. */
      readonly unknown: readonly string[]
    }
  /** Written by a newer Penknife; may contain fields that this version would lose. */
  | { readonly kind: 'newer' }
  /** `problem`: a sentence without its full stop. */
  | { readonly kind: 'broken'; readonly problem: string }

/** Parses a template file. Problems name the invalid field. */
export function readTemplate(text: string): ReadTemplate {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/u, ''))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { kind: 'broken', problem: `it is not JSON (${error.message})` }
  }
  if (isRecord(json) && typeof json.schema === 'number' && json.schema > newestSchema) {
    return { kind: 'newer' }
  }
  const given = withExampleIds(upgraded(json))
  const parsed = template.safeParse(given)
  if (parsed.success) {
    return { kind: 'template', template: parsed.data, unknown: unknownNames(given, parsed.data) }
  }
  return { kind: 'broken', problem: describeIssues(parsed.error.issues) }
}

/** The text of a template's file: JSON with one property per line, for reading and diffs. */
export function writeTemplate(value: Template): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

const mostTold = 3

function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  const told = issues.slice(0, mostTold).map(describeIssue).join('; ')
  const more = issues.length - mostTold
  return more > 0 ? `${told}; and ${more} more` : told
}

/**
 * A template of the first format means what it meant. There, a backslash was a character like others
 * and there were no sections. A file without a format is one that a person wrote today.
 */
function upgraded(json: unknown): unknown {
  if (!isRecord(json) || json.schema !== 1) return json
  const kept = (text: unknown): unknown => (typeof text === 'string' ? keptAsWritten(text) : text)
  return {
    ...json,
    schema: 2,
    ...(json.instruction === undefined ? {} : { instruction: kept(json.instruction) }),
    ...(json.input === undefined ? {} : { input: kept(json.input) }),
  }
}

/** Adds missing ids of examples written by hand, and makes duplicate ids unique. */
function withExampleIds(json: unknown): unknown {
  if (!isRecord(json) || !Array.isArray(json.examples)) return json
  const examples: readonly unknown[] = json.examples
  const taken = new Set(examples.map((one) => (isRecord(one) ? one.id : undefined)))
  const seen = new Set<unknown>()
  let next = 1
  return {
    ...json,
    examples: examples.map((one) => {
      if (!isRecord(one)) return one
      if (one.id !== undefined && !seen.has(one.id)) {
        seen.add(one.id)
        return one
      }
      while (taken.has(`example-${next}`)) next += 1
      const id = `example-${next}`
      taken.add(id)
      return { ...one, id }
    }),
  }
}
