import type { Answer, CitedField } from '../../src/shared/domain/conversation.ts'
import { checkReply } from '../../src/shared/domain/template/checkReply.ts'
import type { FieldType, FieldValue } from '../../src/shared/domain/template/outputFormat.ts'
import type { Template } from '../../src/shared/domain/template/template.ts'
import { writeValue } from '../../src/shared/domain/template/writeValue.ts'

/** A scripted answer in the format of a template: its text is in the first text field. */
export function inFormOf(
  answer: Answer,
  template: Template,
  { id, version, reply = replyOf(answer, template) }: FormOptions,
): Answer {
  const { format, name } = template
  const wrote = answer.kind === 'written' || answer.kind === 'quoted'
  const plain = wrote && format.kind !== 'text'
  return {
    ...answer,
    kind: wrote ? 'written' : answer.kind,
    text: plain ? reply : answer.text,
    candidates: [],
    template: {
      kind: 'followed',
      id,
      name,
      version,
      format,
      reply: wrote ? reply : '',
      check: wrote ? checkReply(format, reply) : null,
      fields: plain ? fieldsOf(answer, template) : [],
    },
  }
}

interface FormOptions {
  readonly id: string
  readonly version: number
  /** The model's reply. */
  readonly reply?: string | undefined
}

function replyOf(answer: Answer, { format }: Template): string {
  const words = answer.sentences.map(({ text }) => text).join(' ')
  switch (format.kind) {
    case 'text':
      return words
    case 'label':
      return format.labels[0] ?? ''
    case 'json':
      return writeValue(
        format,
        Object.fromEntries(format.fields.map(({ name, type }) => [name, valueOf(type, words)])),
      )
  }
}

function valueOf(type: FieldType, words: string): FieldValue {
  switch (type.kind) {
    case 'text':
      return words
    case 'number':
      return 25
    case 'boolean':
      return true
    case 'label':
      return type.labels[0] ?? ''
    case 'list':
      return []
    case 'object':
      return Object.fromEntries(
        type.fields.map((field) => [field.name, valueOf(field.type, words)]),
      )
  }
}

function fieldsOf({ text, sentences }: Answer, { format }: Template): readonly CitedField[] {
  if (format.kind !== 'json') return []
  const field = format.fields.find(({ type }) => type.kind === 'text')
  return field === undefined ? [] : [{ field: field.name, item: null, text, sentences }]
}
