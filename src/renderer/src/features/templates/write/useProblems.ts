import { useDeferredValue, useMemo } from 'react'
import type { Template } from '../../../../../shared/domain/template/template.ts'

export interface FoundProblem {
  readonly severity: 'error' | 'warning'
  readonly message: string
}

/** What is wrong with a template, by where it shows. */
export interface FoundProblems {
  readonly instruction: readonly FoundProblem[]
  readonly input: readonly FoundProblem[]
  readonly format: readonly FoundProblem[]
  readonly examples: ReadonlyMap<string, readonly FoundProblem[]>
}

/** Looks for problems while one types, and never before the letters that are typed show. */
export function useProblems(template: Template): FoundProblems {
  const deferred = useDeferredValue(template)
  return useMemo(() => problemsOf(deferred), [deferred])
}

function problemsOf(_template: Template): FoundProblems {
  return { instruction: [], input: [], format: [], examples: new Map() }
}
