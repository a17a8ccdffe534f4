import type { AppContract } from '../../../shared/contract/index.ts'
import type { Client } from '../../../shared/rpc/contract.ts'

/** The client for all calls of the core. */
export type Api = Client<AppContract>
