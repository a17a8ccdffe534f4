import { LlamaGrammarEvaluationState } from 'node-llama-cpp'
import { AppError } from '../../../shared/errors.ts'
import type { Engine } from './engine.ts'

/**
 * The initial state of a grammar.
 *
 * @throws AppError `invalid-input` if the grammar is not valid GBNF.
 */
export async function grammarState(
  { llama, model }: Engine,
  gbnf: string,
): Promise<LlamaGrammarEvaluationState> {
  try {
    const grammar = await llama.createGrammar({ grammar: gbnf })
    return new LlamaGrammarEvaluationState({ model, grammar })
  } catch (error) {
    throw new AppError('invalid-input', 'The grammar for this answer is not valid.', {
      cause: error,
    })
  }
}
