/**
 * Escapes a text: promptfoo renders every text as a Nunjucks template. A brace at the end may have a
 * variable behind it.
 */
export function literal(text: string): string {
  return text.replaceAll(/\{(?:[{%#]|$)/gu, (sign) => `{{ "${sign}" }}`)
}

/** What `literal` escaped, as it was. */
export function unescaped(text: string): string {
  return text.replaceAll(/\{\{ "(\{[{%#]?)" \}\}/gu, '$1')
}

/** A value as JSON without signs of Nunjucks, which only its strings could contain. */
export function literalJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/\{(?=[{%#])/gu, String.raw`\u007b`)
}
