import { useEffect, useMemo } from 'react'
import type { Api } from '../../../api/api.ts'
import { showError } from '../../../ui/toasts.ts'
import { createTestBench, type TestBench } from './testBench.ts'

/** The bench of a template, which follows the core as long as something shows it. */
export function useTestBench(api: Pick<Api, 'testRuns'>, template: string): TestBench {
  const bench = useMemo(() => createTestBench(api, template, showError), [api, template])
  useEffect(() => bench.open(), [bench])
  return bench
}
