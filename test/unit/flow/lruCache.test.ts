import { expect, test } from 'vitest'
import { createLruCache } from '../../../src/main/flow/lruCache.ts'

test('the least recently used value is evicted', () => {
  const cache = createLruCache<number>(2)
  cache.set('a', 1)
  cache.set('b', 2)
  expect(cache.get('a')).toBe(1)
  cache.set('c', 3)
  expect([...cache.keys()]).toEqual(['a', 'c'])
  expect(cache.get('b')).toBeUndefined()
  cache.set('a', 4)
  cache.set('d', 5)
  expect(cache.get('a')).toBe(4)
  cache.delete('a')
  expect([...cache.keys()]).toEqual(['d'])
})
