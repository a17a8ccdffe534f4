import { serve } from '../../../shared/rpc/server.ts'
import { guardMemory } from '../../processes/memoryGuard.ts'
import { reportUnexpected } from '../../processes/hostOutput.ts'
import { createParentTransport } from '../../processes/parentTransport.ts'
import { parserContract } from './parserContract.ts'
import { createParserHandlers } from './parserHandlers.ts'
import { createTokenCounter } from './tokenCounter.ts'

let guarded = false

function guardOnce(memoryMiB: number): void {
  if (!guarded) guardMemory(memoryMiB)
  guarded = true
}

serve(
  parserContract,
  createParserHandlers({ createCounter: createTokenCounter, guard: guardOnce }),
  createParentTransport(),
  { onUnexpectedError: reportUnexpected },
)
