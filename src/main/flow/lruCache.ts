/** Keeps the values used last; evicts the least recently used one. */
export interface LruCache<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  delete(key: string): void
  keys(): Iterable<string>
}

/** @param most values that are kept. */
export function createLruCache<Value>(most: number): LruCache<Value> {
  /** Oldest use first. */
  const values = new Map<string, Value>()

  function set(key: string, value: Value): void {
    values.delete(key)
    values.set(key, value)
    for (const oldest of values.keys()) {
      if (values.size <= most) break
      values.delete(oldest)
    }
  }

  return {
    get(key) {
      const value = values.get(key)
      if (value !== undefined) set(key, value)
      return value
    },
    set,
    delete: (key) => void values.delete(key),
    keys: () => values.keys(),
  }
}
