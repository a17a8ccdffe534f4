import { useState } from 'react'

/** Stable keys for rows of fields, which have no ids and whose names change while typing. */
export function useFieldIds(count: number) {
  const [ids, setIds] = useState<readonly string[]>([])
  const known = ids.slice(0, count)
  const fresh = Array.from({ length: count - known.length }, (_, index) =>
    freeId(ids, known.length + index),
  )
  return [[...known, ...fresh], setIds] as const
}

function freeId(ids: readonly string[], from: number): string {
  let number = from
  while (ids.includes(`field-${String(number)}`)) number += 1000
  return `field-${String(number)}`
}
