import { parseText, type TextNode } from '../../../shared/domain/template/parseText.ts'
import { renderWith, type PromptPart } from '../../../shared/domain/template/renderTemplate.ts'
import type { Example, Template } from '../../../shared/domain/template/template.ts'
import { chooseExamples, isStatic } from '../running/chooseExamples.ts'
import { literal } from './nunjucksText.ts'

/** The prompt of a template as chat messages, with variables of Nunjucks in the place of a row. */
export function promptfooMessages(template: Template): readonly Message[] {
  const { parts } = renderWith({ template, examples: examplesIn(template), sources: [] }, (text) =>
    asNunjucks(parseText(text).nodes, template),
  )
  const messages: Message[] = []
  for (const { kind, message: role, text } of parts) {
    const content = kind === 'instruction' || kind === 'input' ? text : literal(text)
    const last = messages.at(-1)
    if (last?.role === role) messages.splice(-1, 1, { role, content: last.content + content })
    else messages.push({ role, content })
  }
  return messages
}

interface Message {
  readonly role: PromptPart['message']
  readonly content: string
}

/** Placeholders become variables, and sections conditions. */
function asNunjucks(nodes: readonly TextNode[], template: Template): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
          return literal(node.text)
        case 'placeholder':
          return `{{ ${node.name}${defaultOf(template, node.name)} }}`
        case 'section':
          return `{% if ${node.name}${defaultOf(template, node.name)} %}${asNunjucks(node.nodes, template)}{% endif %}`
      }
    })
    .join('')
}

/** `true`: an empty text has the default as well. */
function defaultOf({ optional }: Template, name: string): string {
  const text = optional[name] ?? ''
  return text === '' ? '' : ` | default(${JSON.stringify(text)}, true)`
}

/**
 * The examples to export. A choice per row can't be expressed, so all examples are exported then.
 */
function examplesIn(template: Template): readonly Example[] {
  const { choice } = template
  return chooseExamples(template, isStatic(choice) ? choice : { kind: 'all' })
}
