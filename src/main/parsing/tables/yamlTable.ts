import { parseAllDocuments } from 'yaml'
import { AppError } from '../../../shared/errors.ts'
import { jsonTable } from './jsonTable.ts'
import { cell, type Cell, type Table } from './table.ts'

/** As many aliases as a file that is meant to be read may have; more would fill the memory. */
const mostAliases = 100

/**
 * Reads a list of rows in YAML, or several documents of one row each. Values are text as it is
 * written: `1.50`, `no` and dates stay what they are. Only `null`, `~` and nothing are empty.
 *
 * @throws AppError `document-unreadable`.
 */
export function readYamlTable(name: string, text: string): Table {
  const documents = parsed(name, text)
  const [only] = documents
  return jsonTable(name, documents.length === 1 && only !== undefined ? only : documents)
}

function parsed(name: string, text: string): Cell[] {
  const documents = parseAllDocuments(text, { schema: 'failsafe', customTags: ['null'] })
  return [...documents].map((document) => {
    const [error] = document.errors
    if (error !== undefined) throw unreadable(name, error)
    try {
      return cell.parse(document.toJS({ maxAliasCount: mostAliases }))
    } catch (cause) {
      throw unreadable(name, cause)
    }
  })
}

function unreadable(name: string, cause: unknown): AppError {
  const why = cause instanceof Error ? (cause.message.split('\n', 1)[0] ?? '') : ''
  return new AppError(
    'document-unreadable',
    `${name} can't be read as YAML: ${why.replace(/[.:]$/u, '')}. Correct it, or save the table as CSV.`,
    { cause },
  )
}
