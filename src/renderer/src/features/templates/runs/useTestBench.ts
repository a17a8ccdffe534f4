import { useEffect, useMemo } from 'react'
import { showError } from '../../../ui/toasts.ts'
import { createTestBench, type TestBench, type TestBenchDeps } from './testBench.ts'

/** The test bench of a template, which follows the core while a component uses it. */
export function useTestBench(
  { api, connection }: Pick<TestBenchDeps, 'api' | 'connection'>,
  template: string,
): TestBench {
  const bench = useMemo(
    () => createTestBench({ api, connection, template, onError: showError }),
    [api, connection, template],
  )
  useEffect(() => bench.open(), [bench])
  return bench
}
