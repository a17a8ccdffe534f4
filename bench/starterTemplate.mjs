// The review template that ships with the app: with its reply of two fields, and of one label.
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** @import { Template } from '../src/shared/domain/template/template.ts' */
/** @typedef {typeof import('../src/main/templates/store/importTemplate.ts')} Importing */

const file = path.resolve(import.meta.dirname, '../resources/templates/1-review.json')

/**
 * @param {Importing} built
 * @returns {Template}
 */
export function readStarter({ importTemplate }) {
  return importTemplate({ name: path.basename(file), text: readFileSync(file, 'utf8') }).template
}

/**
 * The same template with its first field as the whole reply.
 *
 * @param {Template} starter
 * @returns {Template}
 */
export function withOneLabel(starter) {
  const { format } = starter
  const field = format.kind === 'json' ? format.fields[0] : undefined
  if (field?.type.kind !== 'label') throw new Error('The starter does not begin with a label')
  const examples = starter.examples.map((one) => ({
    ...one,
    output: String(JSON.parse(one.output)[field.name]),
  }))
  return { ...starter, name: 'One label', format: field.type, examples }
}
