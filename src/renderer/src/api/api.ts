import type { AppContract } from '../../../shared/contract/index.ts'
import type { Client } from '../../../shared/rpc/contract.ts'

/** Everything that the window can ask of the core. */
export type Api = Client<AppContract>
