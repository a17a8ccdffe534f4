import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tinyModel } from '../helpers/llmHost.ts'
import { createTempDir } from '../helpers/tempDir.ts'

/** Set by `npm run campaign -- commands`: how often every command is run. */
const campaign = process.env.PENKNIFE_ROUNDS
const rounds = Number(campaign ?? '1')
/** Without a campaign, once and only these: they leave the most to end. */
const drawn = /^(?:import|list|ask|models use|template test|remove)\b/u

/**
 * Milliseconds that a process may live after its last output, also on a busy machine. What this is
 * to find is a timer of minutes.
 */
const longestEndMs = 20_000

/** Everything that the commands below read. */
async function writeMaterial(folder: string): Promise<(name: string) => string> {
  const at = (name: string): string => path.join(folder, name)
  const texts = {
    'ferry.txt': 'The ferry leaves at nine. It carries forty cars.',
    'rows.csv': 'input,sentiment,business_type\nThe bread was warm.,positive,bakery\n',
    'corpus.jsonl': '{"_id":"1","title":"Ferry","text":"The ferry leaves at nine."}\n',
    'queries.jsonl':
      '{"_id":"q","text":"When does the ferry leave?","metadata":{"answerable":true}}\n',
    'qrels/test.tsv': 'query-id\tcorpus-id\tscore\nq\t1\t1\n',
    'corpora/ferry.md': 'The ferry leaves at nine.',
    'questions_df.csv':
      'question,references,corpus_id\nWhen?,"[{""content"":""nine"",""start_index"":20,""end_index"":24}]",ferry\n',
    'squad.json': JSON.stringify({
      data: [
        {
          title: 'Ferry',
          paragraphs: [
            {
              context: 'The ferry leaves at nine.',
              qas: [
                {
                  id: '1',
                  question: 'When does the ferry leave?',
                  answers: [{ text: 'nine', answer_start: 20 }],
                },
              ],
            },
          ],
        },
      ],
    }),
  }
  for (const [name, text] of Object.entries(texts)) {
    await mkdir(path.dirname(at(name)), { recursive: true })
    await writeFile(at(name), text)
  }
  return at
}

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly errors: string
  /** It ended by itself, soon after its last output. */
  readonly ended: boolean
}

/** Runs a command to its end. @param stopAt a text after which Ctrl+C is pressed. */
async function run(dataDir: string, args: readonly string[], stopAt?: string): Promise<Ran> {
  const child = spawn(process.execPath, ['out/main/cli.js', '--data-dir', dataDir, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, errors, ended, isStopped] = ['', '', true, false]
  let late: NodeJS.Timeout | undefined
  const expectEnd = (): void => {
    clearTimeout(late)
    late = setTimeout(() => {
      ended = false
      child.kill('SIGKILL')
    }, longestEndMs)
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    expectEnd()
    if (isStopped || stopAt === undefined || !out.includes(stopAt)) return
    isStopped = true
    child.kill('SIGINT')
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearTimeout(late)
  return { code, out, errors, ended }
}

/** Every command, in an order in which each has something to work on; without a model and with one. */
function commandsOf(at: (name: string) => string): readonly (readonly string[])[] {
  const question = 'When does the ferry leave?'
  return [
    ['--help'],
    ['import', at('ferry.txt')],
    ['list'],
    ['search', question],
    ['show', 'ferry.txt'],
    ['ask', question, '--passages-only'],
    ['ask', question],
    ['ask', question, '--model', tinyModel],
    ['ask', question, '--template', '4-from-documents'],
    ['models', 'list'],
    ['models', 'add', tinyModel],
    ['models', 'inspect', tinyModel],
    ['models', 'use', 'penknife-tiny'],
    ['models', 'use', tinyModel],
    ['models', 'use', 'penknife-embed'],
    ['models', 'calibrate'],
    ['models', 'pull'],
    ['models', 'scan', at('corpora')],
    ['models', 'remove', 'no-such-model'],
    ['template', 'list'],
    ['template', 'show', '1-review'],
    ['template', 'export', '1-review'],
    ['template', 'runs'],
    ['template', 'import', at('qrels/test.tsv')],
    ['template', 'run', '1-review', '--input', 'The bread was warm.'],
    ['template', 'test', '1-review', '--rows', at('rows.csv'), '--arms', 'zero-shot'],
    ['template', 'test', '1-review', '--rows', at('rows.csv'), '--nearest'],
    ['eval', 'retrieval', '--beir', at('.')],
    ['eval', 'chunks', '--dir', at('.')],
    ['eval', 'sentences', '--squad', at('squad.json')],
    ['eval', 'not-found', '--beir', at('.')],
    ['eval', 'answers', '--squad', at('squad.json'), '--sample', '1'],
    ['remove', 'ferry.txt'],
  ]
}

/** The commands above that are to fail. */
function failing(at: (name: string) => string): readonly string[] {
  return ['models remove no-such-model', `template import ${at('qrels/test.tsv')}`]
}

test.each(Array.from({ length: rounds }, (_, round) => round + 1))(
  'commands end soon after their last output (round %i)',
  { timeout: 600_000 },
  async () => {
    const dataDir = await createTempDir()
    const at = await writeMaterial(await createTempDir())
    const seen: { readonly args: string; readonly ran: Ran }[] = []
    for (const args of commandsOf(at)) {
      if (campaign === undefined && !drawn.test(args.join(' '))) continue
      seen.push({ args: args.join(' '), ran: await run(dataDir, args) })
    }
    const served = await run(dataDir, ['serve'], 'token=')
    seen.push({ args: 'serve', ran: served })
    expect(seen.filter(({ ran }) => !ran.ended)).toEqual([])
    // A command that fails for want of something to work on would prove nothing.
    const failed = seen.filter(({ ran }) => ran.code !== 0).map(({ args }) => args)
    expect(failed).toEqual(campaign === undefined ? [] : failing(at))
  },
)
