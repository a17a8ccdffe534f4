import type { AppContract } from '../../../shared/contract/index.ts'
import type { Handlers } from '../../../shared/rpc/contract.ts'

/** Shows what a template asks, and asks it. */
export type TemplateRunner = Pick<Handlers<AppContract>['templates'], 'preview' | 'try'>
