import type { ModelState } from '../../../../shared/contract/models.ts'
import type { InstalledModel } from '../../../../shared/domain/languageModel.ts'
import type { Collection } from '../../../../shared/domain/libraryDocument.ts'
import type { Api } from '../../api/api.ts'
import type { TestBenchDeps } from './runs/testBench.ts'
import type { TemplateActions } from './templateActions.ts'
import type { TryStore } from './try/tryStore.ts'
import type { OpenTemplate, TemplatesStore } from './templatesStore.ts'

/** Props of the Templates place. */
export interface TemplatesPlaceProps {
  readonly api: Pick<Api, 'templates' | 'testRuns'>
  readonly connection: TestBenchDeps['connection']
  readonly templates: TemplatesStore
  readonly trying: TryStore
  readonly model: ModelState | null
  readonly installed: readonly InstalledModel[]
  readonly collections: readonly Collection[]
  /** Number of passages in the library. */
  readonly passages: number
  readonly onOpenModels: () => void
}

/** Props of each tab of an open template. */
export interface OpenTemplateProps extends TemplatesPlaceProps {
  readonly open: OpenTemplate
  readonly actions: TemplateActions
}
