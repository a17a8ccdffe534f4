import { readJson, type JsonNode, type JsonReading } from './readJson.ts'
import type { Repair } from './replyCheck.ts'

type ObjectNode = Extract<JsonNode, { kind: 'object' }>

export type FoundObject =
  | { readonly kind: 'object'; readonly node: ObjectNode; readonly repairs: ReadonlySet<Repair> }
  /** The whole reply is JSON, but something else. */
  | { readonly kind: 'other'; readonly node: JsonNode }
  | { readonly kind: 'none'; readonly reading: Extract<JsonReading, { ok: false }> | null }

/** How many braces are tried as the beginning; prose with more contains no answer. */
const mostTries = 50
const fenceBefore = /```[\w-]*$/u
const fenceAfter = /^```/u

/**
 * Finds the object that a reply consists of, or else the first one in it: models like to say
 * something before and after, or to put it into a code fence.
 */
export function findObject(reply: string): FoundObject {
  const whole = readJson(reply)
  if (whole.ok && reply.slice(whole.node.end).trim() === '') {
    return whole.node.kind === 'object'
      ? { kind: 'object', node: whole.node, repairs: whole.repairs }
      : { kind: 'other', node: whole.node }
  }
  let failure: Extract<JsonReading, { ok: false }> | null = null
  let at = reply.indexOf('{')
  for (let tries = 0; at !== -1 && tries < mostTries; tries += 1) {
    const reading = readJson(reply, at)
    if (reading.ok && reading.node.kind === 'object') {
      const { node } = reading
      return {
        kind: 'object',
        node,
        repairs: new Set([...around(reply, node), ...reading.repairs]),
      }
    }
    if (!reading.ok) {
      // Braces in prose fail at once; what came furthest is what was meant as the answer.
      if (failure === null || reading.at - at > 1) failure = reading
      if (reading.cutOff) break
    }
    at = reply.indexOf('{', at + 1)
  }
  return { kind: 'none', reading: failure }
}

function around(reply: string, { start, end }: ObjectNode): Repair[] {
  let before = reply.slice(0, start).trim()
  let after = reply.slice(end).trim()
  const repairs: Repair[] = []
  if (fenceBefore.test(before) || after.startsWith('```')) repairs.push('code-fence')
  before = before.replace(fenceBefore, '')
  after = after.replace(fenceAfter, '')
  if (before.trim() !== '' || after.trim() !== '') repairs.push('surrounding-text')
  return repairs
}
