/** The label of a placeholder's field: `INPUT` is "Input", `ORDER_DATE` "Order date". */
export function variableName(placeholder: string): string {
  const words = placeholder.replaceAll('_', ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
