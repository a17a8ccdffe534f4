/**
 * Signs that command a terminal or a layout engine instead of showing something: control characters
 * but tab and line feed, and those that reorder the text after them (bidirectional embeddings,
 * overrides and isolates). Names and terminals never need them.
 */
export const commandingSigns = /[\0-\x08\x0B-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069]/gu
