import type { z } from 'zod'

/** Describes a schema error for the author of the file. Without a full stop. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  return `“${placeOf(issue.path)}” ${complaint(issue)}`
}

/** `examples › 3 › output`; entries are counted from 1. */
function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file'
  return path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join(' › ')
}

function complaint(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('received undefined')
        ? `is missing (${kindOf(issue.expected)} is wanted)`
        : `is not ${kindOf(issue.expected)}`
    case 'too_small':
      return issue.origin === 'string' ? 'is empty' : `is less than ${String(issue.minimum)}`
    case 'too_big':
      return issue.origin === 'string'
        ? `is longer than ${String(issue.maximum)} characters`
        : issue.origin === 'array'
          ? `has more than ${String(issue.maximum)} entries`
          : `is more than ${String(issue.maximum)}`
    case 'invalid_value':
      return `is none of ${issue.values.map((value) => `“${String(value)}”`).join(', ')}`
    case 'invalid_union':
      return 'is of no known kind'
    case 'invalid_format':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return `does not fit: ${issue.message.replace(/\.$/u, '')}`
  }
}

const kinds: Readonly<Partial<Record<string, string>>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with fields',
  record: 'an object with fields',
  null: 'null',
}

function kindOf(expected: string): string {
  return kinds[expected] ?? expected
}
