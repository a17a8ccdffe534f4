import {
  template as templateSchema,
  type Template,
} from '../../../../shared/domain/template/template.ts'

/** A new, empty template. */
export function newTemplate(): Template {
  return templateSchema.parse({
    name: 'New template',
    instruction: '',
    format: { kind: 'text' },
  })
}
