import type { Template } from '../../../../shared/domain/template/template.ts'

/** The label of a placeholder's field: `INPUT` is "Input", `ORDER_DATE` "Order date". */
export function variableName(placeholder: string): string {
  const words = placeholder.replaceAll('_', ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The same, and whether the field can stay empty. */
export function fieldLabel({ optional }: Pick<Template, 'optional'>, placeholder: string): string {
  const name = variableName(placeholder)
  return optional[placeholder] === undefined ? name : `${name} (optional)`
}
