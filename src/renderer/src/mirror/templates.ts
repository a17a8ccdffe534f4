import type { Starter, TemplateSummary } from '../../../shared/contract/templates.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

export interface TemplateLists {
  readonly list: readonly TemplateSummary[]
  /** Bundled templates. */
  readonly starters: readonly Starter[]
}

/** The lists of templates. */
export function mirrorTemplates(
  { templates }: Pick<Api, 'templates'>,
  tell: Tell,
): Mirrored<TemplateLists> {
  return createMirrored<TemplateLists>(
    {
      initial: { list: [], starters: [] },
      async load() {
        const [list, starters] = await Promise.all([templates.list(), templates.starters()])
        return { list, starters }
      },
      follow: (change) => [
        templates.listChanged((list) => change((before) => ({ ...before, list }))),
      ],
      sentence: 'The templates could not be read.',
    },
    tell,
  )
}
