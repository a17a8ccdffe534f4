import { z } from 'zod'
import type { Unsubscribe } from './transport.ts'

export interface Procedure<Input, Output> {
  readonly kind: 'procedure'
  readonly input: z.ZodType<Input>
  readonly output: z.ZodType<Output>
}

export interface Stream<Input, Item> {
  readonly kind: 'stream'
  readonly input: z.ZodType<Input>
  readonly item: z.ZodType<Item>
  /** A cancelled call still gives what its handler has to say until it ends; else it ends at once. */
  readonly finishes: boolean
}

export interface Event<Payload> {
  readonly kind: 'event'
  readonly payload: z.ZodType<Payload>
}

/** Groups of members; a member's name on the wire is `group.member`. */
export type Contract = Readonly<Record<string, Readonly<Record<string, Member>>>>
export type Member = Procedure<unknown, unknown> | Stream<unknown, unknown> | Event<unknown>

/** The input or output of a procedure that has none: `undefined` in code, `null` on the wire. */
export const nothing: z.ZodType<void> = z.null().transform(() => undefined)

/** One question, one answer. Leave out the schema of an input or output that there isn't. */
export function procedure<Input = void, Output = void>(schemas: {
  readonly input?: z.ZodType<Input>
  readonly output?: z.ZodType<Output>
}): Procedure<Input, Output>
export function procedure({
  input = nothing,
  output = nothing,
}: {
  readonly input?: z.ZodType
  readonly output?: z.ZodType
}): Procedure<unknown, unknown> {
  return { kind: 'procedure', input, output }
}

/**
 * One question, any number of items.
 *
 * @param schemas `finishes` where cancelling asks the handler to come to an end, and its last items
 * are waited for.
 */
export function stream<Input, Item>({
  finishes = false,
  ...schemas
}: {
  input: z.ZodType<Input>
  item: z.ZodType<Item>
  finishes?: boolean
}): Stream<Input, Item> {
  return { kind: 'stream', finishes, ...schemas }
}

/** Something the server announces to all listeners. */
export function event<Payload>(payload: z.ZodType<Payload>): Event<Payload> {
  return { kind: 'event', payload }
}

export interface CallContext {
  /** Aborted when the caller cancels or its transport closes. */
  readonly signal: AbortSignal
}

type Handler<M> =
  M extends Procedure<infer Input, infer Output>
    ? (input: Input, context: CallContext) => Promise<Output> | Output
    : M extends Stream<infer Input, infer Item>
      ? (input: Input, context: CallContext) => AsyncIterable<Item>
      : M extends Event<infer Payload>
        ? (listener: (payload: Payload) => void) => Unsubscribe
        : never

/** What a server must provide for a contract. */
export type Handlers<C> = {
  readonly [G in keyof C]: { readonly [M in keyof C[G]]: Handler<C[G][M]> }
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
}

type ClientMethod<M> =
  M extends Procedure<infer Input, infer Output>
    ? (input: Input, options?: CallOptions) => Promise<Output>
    : M extends Stream<infer Input, infer Item>
      ? (input: Input, options?: CallOptions) => AsyncIterable<Item>
      : M extends Event<infer Payload>
        ? (listener: (payload: Payload) => void) => Unsubscribe
        : never

/** What a client can do with a contract. */
export type Client<C> = {
  readonly [G in keyof C]: { readonly [M in keyof C[G]]: ClientMethod<C[G][M]> }
}
