import type { Command } from 'commander'
import { answerQuestion } from '../chat/answer.ts'
import { AppError } from '../../shared/errors.ts'
import { evalAnswers, type AnswersEvalDeps } from '../evaluation/answersEval.ts'
import { evalChunks } from '../evaluation/chunksEval.ts'
import type { EvalLibrary } from '../evaluation/evalLibrary.ts'
import { evalLeftOut, evalNotFound } from '../evaluation/notFoundEval.ts'
import { evalRetrieval } from '../evaluation/retrievalEval.ts'
import { evalSentences } from '../evaluation/sentencesEval.ts'
import { figuresOfHalf, judgePairs } from '../evaluation/supportEval.ts'
import { readSupportSet } from '../evaluation/supportSet.ts'
import type { App } from '../app.ts'
import { withEvalLibrary } from './evalLibrary.ts'
import { modelOverrides, wholeNumber } from './arguments.ts'
import type { CommandContext } from './commandContext.ts'
import { judgeSupport } from './judgeSupport.ts'

/**
 * `eval …`: measures quality on data sets in common layouts. They go through the same pipeline as a
 * user's files.
 */
export function addEvalCommands(program: Command, context: () => CommandContext): void {
  const evaluate = program.command('eval').description('measure on a data set of your own')
  addSupportEval(evaluate, context)

  evaluate
    .command('retrieval')
    .description('nDCG, recall and MRR on a collection in BEIR layout')
    .requiredOption('--beir <dir>', 'folder of corpus.jsonl, queries.jsonl and qrels/test.tsv')
    .option('--top <k>', 'cut-off', wholeNumber, 10)
    .action(async ({ beir, top }: { beir: string; top: number }) => {
      const at = context()
      tell(
        at,
        await withEvalLibrary(at, (library) => evalRetrieval({ beirDir: beir, top }, library)),
      )
    })
  evaluate
    .command('chunks')
    .description('how exactly passages hold the evidence, in the layout of chunking_evaluation')
    .requiredOption('--dir <dir>', 'folder of questions_df.csv and corpora/')
    .option('--top <k>', 'passages a question', wholeNumber, 5)
    .action(async ({ dir, top }: { dir: string; top: number }) => {
      const at = context()
      tell(at, await withEvalLibrary(at, (library) => evalChunks({ dir, top }, library)))
    })
  evaluate
    .command('sentences')
    .description('how often the best key sentences hold the answer, on a file in SQuAD layout')
    .requiredOption('--squad <file>')
    .action(async ({ squad }: { squad: string }) => {
      const at = context()
      tell(at, await withEvalLibrary(at, (library) => evalSentences({ squadFile: squad }, library)))
    })
  addNotFoundEval(evaluate, context)
  evaluate
    .command('answers')
    .description('whole answers with a model, on a file in SQuAD layout')
    .requiredOption('--squad <file>')
    .option('--sample <n>', 'questions, and as many whose paragraph is left out', wholeNumber, 100)
    .option('--model <file>', 'GGUF file that answers')
    .action(async (options: { squad: string; sample: number; model?: string }) => {
      const at = context()
      const { squad: squadFile, sample, model } = options
      const figures = await withEvalLibrary(
        at,
        (library, app) => evalAnswers({ squadFile, sample }, answersDeps(library, app, at)),
        modelOverrides(model),
      )
      tell(at, figures)
    })
}

function addNotFoundEval(evaluate: Command, context: () => CommandContext): void {
  evaluate
    .command('not-found')
    .description(
      'how well unanswerable questions are recognised: in BEIR layout with metadata.answerable, or in SQuAD layout with paragraphs left out',
    )
    .option('--beir <dir>')
    .option('--squad <file>')
    .option('--sample <n>', 'questions of each kind, with --squad', wholeNumber, 300)
    .action(async (options: { beir?: string; squad?: string; sample: number }) => {
      const { beir, squad, sample } = options
      if ((beir === undefined) === (squad === undefined)) {
        throw new AppError('invalid-input', 'Name either --beir or --squad.')
      }
      const at = context()
      const figures = await withEvalLibrary<object>(at, (library, { answerDeps }) => {
        const { passages } = answerDeps.settings()
        return squad === undefined
          ? evalNotFound({ beirDir: beir ?? '', passages }, library)
          : evalLeftOut({ squadFile: squad, sample, passages }, library)
      })
      tell(at, figures)
    })
}

function addSupportEval(evaluate: Command, context: () => CommandContext): void {
  evaluate
    .command('support')
    .description('how well true and false sentences are distinguished, on a folder of pairs')
    .requiredOption('--dir <dir>', 'folder of JSON files as in test/fixtures/support')
    .action(async ({ dir }: { dir: string }) => {
      const pairs = judgePairs(await readSupportSet(dir), judgeSupport)
      tell(context(), {
        tuning: figuresOfHalf(pairs, 'tuning'),
        heldOut: figuresOfHalf(pairs, 'held-out'),
      })
    })
}

function tell({ output }: CommandContext, figures: object): void {
  output.result(figures, JSON.stringify(figures, null, 2))
}

function answersDeps(library: EvalLibrary, app: App, { signal }: CommandContext): AnswersEvalDeps {
  return {
    importTexts: (entries) => library.importTexts(entries),
    onProgress: (done, total) => library.onProgress?.(done, total),
    ask: (question) =>
      answerQuestion(
        app.answerDeps,
        {
          question,
          query: question,
          scope: { kind: 'all' },
          answering: null,
          history: [],
          ignoreThreshold: false,
        },
        () => undefined,
        signal,
      ),
    async resolve({ document, contentId, page, start, end, quote }) {
      const pages = await app.library.wholeText(document)
      const text = pages.find((one) => one.page === page)?.text
      return { entry: library.entryOf(contentId), exact: text?.slice(start, end) === quote }
    },
  }
}
