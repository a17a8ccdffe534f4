import type { AnswerSentence, CitedField } from '../../../shared/domain/conversation.ts'
import type { TermWeight } from '../../../shared/domain/language/terms.ts'
import { findObject } from '../../../shared/domain/template/findObject.ts'
import { composedName } from '../../../shared/domain/template/fieldName.ts'
import { pathOfItem, pathWithin } from '../../../shared/domain/template/fieldPaths.ts'
import {
  shapeOf,
  type LeafType,
  type OutputField,
  type OutputFormat,
} from '../../../shared/domain/template/outputFormat.ts'
import type { JsonNode } from '../../../shared/domain/template/readJson.ts'
import { bindCitations, type CitableSource } from '../citations.ts'

export interface BoundReply {
  /** The reply; markers in prose are corrected. */
  readonly text: string
  /**
   * Supported sentences, as ranges of the text. In a reply of fields these are the ranges of the
   * values as written, which may contain escapes that the sentences don't.
   */
  readonly sentences: readonly AnswerSentence[]
  readonly fields: readonly CitedField[]
}

/**
 * Binds a reply to the words of the sources that support it: free text by sentence, a reply of
 * fields by text field. Labels, numbers and yes/no are judgements or too short for word overlap to
 * be evidence; for them the sources are only listed.
 */
export function bindReply(
  format: OutputFormat,
  reply: string,
  sources: readonly CitableSource[],
  weight: TermWeight,
): BoundReply {
  if (format.kind === 'text') {
    return { ...bindCitations(reply.trim(), sources, weight), fields: [] }
  }
  const text = reply.trim()
  if (format.kind === 'label' || sources.length === 0) return { text, sentences: [], fields: [] }
  const found = textsOf(format, text).map(({ field, item, node }) => {
    const bound = bindCitations(node.text, sources, weight)
    const cited: CitedField = { field, item, ...bound }
    const written = bound.sentences.map((one) => ({ ...one, start: node.start, end: node.end }))
    return { cited, written }
  })
  return {
    text,
    sentences: found.flatMap(({ written }) => written),
    fields: found.map(({ cited }) => cited),
  }
}

interface FoundText {
  readonly field: string
  readonly item: number | null
  readonly node: Extract<JsonNode, { kind: 'string' }>
}

/** The texts of a reply, in order, at all levels. */
function textsOf(
  { fields }: Extract<OutputFormat, { kind: 'json' }>,
  reply: string,
): readonly FoundText[] {
  const found = findObject(reply)
  return found.kind === 'object' ? textsIn(fields, found.node, '') : []
}

function textsIn(
  fields: readonly OutputField[],
  node: JsonNode,
  path: string,
): readonly FoundText[] {
  if (node.kind !== 'object') return []
  const types = new Map(fields.map(({ name, type }) => [name, type]))
  return node.members.flatMap(({ name, value }) => {
    const type = types.get(composedName(name))
    const field = pathWithin(path, composedName(name))
    const shape = type === undefined ? null : shapeOf(type)
    if (shape === null) return []
    if (shape.kind === 'object') return textsIn(shape.fields, value, field)
    const items = value.kind === 'list' ? value.items : []
    if (shape.kind === 'objects') {
      return items.flatMap((item, index) => textsIn(shape.fields, item, pathOfItem(field, index)))
    }
    if (!holdsText(shape.type)) return []
    if (value.kind === 'string') return [{ field, item: null, node: value }]
    return items.flatMap((one, item) => (one.kind === 'string' ? [{ field, item, node: one }] : []))
  })
}

function holdsText(type: LeafType): boolean {
  return type.kind === 'list' ? type.item.kind === 'text' : type.kind === 'text'
}
