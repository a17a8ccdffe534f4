import type { Template } from './template.ts'

/** Where in a template something is wrong. */
export type TemplatePlace =
  | { readonly kind: 'instruction' | 'input' | 'format' | 'choice' }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'example'; readonly id: string }

export interface TemplateProblem {
  /** `error`: it cannot be run as it is. `warning`: it can, but is hardly meant so. */
  readonly severity: 'error' | 'warning'
  readonly place: TemplatePlace
  /** What is wrong and what to do. */
  readonly message: string
}

export type TemplateText = Pick<
  Template,
  'instruction' | 'input' | 'optional' | 'format' | 'examples' | 'choice'
> &
  Partial<Pick<Template, 'layout' | 'decoding' | 'sources'>>
