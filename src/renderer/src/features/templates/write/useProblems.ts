import { useDeferredValue, useMemo } from 'react'
import type { TemplateProblem } from '../../../../../shared/domain/template/templateProblem.ts'
import { templateProblems } from '../../../../../shared/domain/template/templateProblems.ts'
import type { Template } from '../../../../../shared/domain/template/template.ts'

export type FoundProblem = Pick<TemplateProblem, 'severity' | 'message'>

/** The problems of a template, by the place where they are shown. */
export interface FoundProblems {
  readonly instruction: readonly FoundProblem[]
  readonly input: readonly FoundProblem[]
  readonly format: readonly FoundProblem[]
  readonly choice: readonly FoundProblem[]
  readonly examples: ReadonlyMap<string, readonly FoundProblem[]>
}

/** Finds problems during typing, deferred so that typed text shows first. */
export function useProblems(template: Template): FoundProblems {
  const { instruction, input, optional, format, examples, choice } = useDeferredValue(template)
  return useMemo(
    () => byPlace(templateProblems({ instruction, input, optional, format, examples, choice })),
    [instruction, input, optional, format, examples, choice],
  )
}

function byPlace(problems: readonly TemplateProblem[]): FoundProblems {
  const at = (...kinds: readonly TemplateProblem['place']['kind'][]): readonly FoundProblem[] =>
    problems.filter(({ place }) => kinds.includes(place.kind))
  const examples = new Map<string, FoundProblem[]>()
  for (const problem of problems) {
    if (problem.place.kind !== 'example') continue
    const { id } = problem.place
    examples.set(id, [...(examples.get(id) ?? []), problem])
  }
  return {
    instruction: at('instruction'),
    input: at('input'),
    format: at('format', 'field'),
    choice: at('choice'),
    examples,
  }
}
