import type { ModelState } from '../../../../shared/contract/models.ts'
import type { Collection } from '../../../../shared/domain/libraryDocument.ts'
import type { Api } from '../../api/api.ts'
import type { TestBenchDeps } from './runs/testBench.ts'
import type { TemplateActions } from './templateActions.ts'
import type { TryStore } from './try/tryStore.ts'
import type { OpenTemplate, TemplatesStore } from './templatesStore.ts'

/** What the place of templates is given by the window. */
export interface TemplatesPlaceProps {
  readonly api: Pick<Api, 'templates' | 'testRuns'>
  readonly connection: TestBenchDeps['connection']
  readonly templates: TemplatesStore
  readonly trying: TryStore
  readonly model: ModelState | null
  readonly collections: readonly Collection[]
  /** How many passages the library holds. */
  readonly passages: number
  readonly onOpenModels: () => void
}

/** What each tab of an open template is given. */
export interface OpenTemplateProps extends TemplatesPlaceProps {
  readonly open: OpenTemplate
  readonly actions: TemplateActions
}
