import { AppError } from '../errors.ts'
import type { Contract, Handlers } from './contract.ts'

/** Handlers of a group of calls whose feature is not there: each call fails with `sentence`. */
export function unavailable<G extends Contract[string]>(
  group: G,
  sentence: string,
): Handlers<Record<'group', G>>['group'] {
  const refuse = (): never => {
    throw new AppError('not-found', sentence)
  }
  const handlers = Object.fromEntries(
    Object.entries(group).map(([name, { kind }]) => [
      name,
      kind === 'event' ? () => () => undefined : refuse,
    ]),
  )
  return handlers as unknown as Handlers<Record<'group', G>>['group']
}
