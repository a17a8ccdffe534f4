import type { Region } from './grid.ts'

/**
 * Repeats a label that is written only in the first of its rows, as in an outline: `North, Q1 | , Q2 |
 * South, Q1 | , Q2`. It is sure where the second column returns under several labels: without the label
 * its rows could not be distinguished.
 */
export function carryOutline(region: Region): Region {
  const { rows } = region
  if (!needsLabels(rows)) return region
  const carried = new Set<number>()
  let label = ''
  const labelled = rows.map((row, at) => {
    const [first = '', second = ''] = row
    if (first !== '' || second === '') label = first
    if (first !== '' || label === '') return row
    carried.add(at)
    return [label, ...row.slice(1)]
  })
  const isCarried: Region['isCarried'] = (row, column) =>
    (column === 0 && carried.has(row)) || region.isCarried(row, column)
  return { ...region, rows: labelled, isCarried }
}

/** Whether a few rows have nothing in their first column but something in the second. */
function hasGaps(rows: Region['rows']): boolean {
  let blank = 0
  for (const [first = '', second = ''] of rows) {
    if (first === '' && second !== '') blank += 1
    if (blank > 1) return true
  }
  return false
}

function needsLabels(rows: Region['rows']): boolean {
  // Most tables have none: their labels needn't be compared.
  if (!hasGaps(rows)) return false
  const labels = new Map<string, string>()
  let label = ''
  let blank = 0
  let returns = 0
  for (const [first = '', second = ''] of rows) {
    if (first !== '' || second === '') label = first
    if (second === '' || label === '') continue
    if (first === '') blank += 1
    const before = labels.get(second)
    if (before === undefined) labels.set(second, label)
    else if (before === label) return false
    else if (first === '') returns += 1
  }
  return blank > 1 && returns > 0
}
