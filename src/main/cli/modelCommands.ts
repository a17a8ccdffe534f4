import path from 'node:path'
import type { Command } from 'commander'
import { formatDecimal } from '../../shared/domain/localFormat.ts'
import type { Download } from '../../shared/contract/models.ts'
import type { InstalledModel, ModelFacts } from '../../shared/domain/languageModel.ts'
import { AppError, cancelled } from '../../shared/errors.ts'
import { choiceInWords } from '../../shared/domain/choiceMeasured.ts'
import type { App } from '../app.ts'
import { inspectModel } from '../llm/gguf/modelFacts.ts'
import { useEmbedder } from './useEmbedder.ts'
import type { CommandContext } from './commandContext.ts'
import type { Output } from './output.ts'

/** `models …`: downloads, chooses and measures models. */
export function addModelCommands(program: Command, context: () => CommandContext): void {
  const models = program.command('models').description('list, get, choose and measure models')
  models
    .command('list')
    .description('list the installed models')
    .action(async () => {
      const { withApp, output } = context()
      await withApp((app) => listModels(app, output))
    })
  models
    .command('add')
    .description('add a GGUF file where it lies; nothing is copied')
    .argument('<file>')
    .action(async (file: string) => {
      const { withApp, output } = context()
      await withApp(async ({ modelActions }) => {
        const model = await modelActions.installed.add(path.resolve(file))
        output.result(model, `Added ${model.name} as ${model.id}.`)
      })
    })
  models
    .command('remove')
    .description('take a model off the list; what was downloaded is deleted')
    .argument('<id>')
    .action(async (id: string) => {
      const { withApp, output } = context()
      await withApp(async ({ modelActions }) => {
        await modelActions.installed.remove(id)
        output.result({ id, removed: true }, `Removed ${id}.`)
      })
    })
  models
    .command('use')
    .description('choose what answers, or what finds passages: that indexes the library anew')
    .argument('<id>', 'id of an installed model, or a GGUF file')
    .action(async (id: string) => {
      const { withApp, output, signal } = context()
      await withApp((app) => useModel(app, id, output, signal))
    })
  models
    .command('inspect')
    .description('say what a GGUF file is and whether it fits')
    .argument('<file>')
    .action(async (file: string) => {
      const { output } = context()
      const facts = await inspectModel(path.resolve(file))
      output.result(facts, factsAsText(facts))
    })
  models
    .command('calibrate')
    .description('measure how fast a model is, and how well it chooses quotes')
    .argument('[id]', 'the one in use if left out')
    .action(async (id: string | undefined) => {
      const { withApp, output, signal } = context()
      await withApp((app) => calibrateModel(app, id ?? null, output, signal))
    })
  models
    .command('pull')
    .description('download a model of the catalogue, or a GGUF file from an address')
    .argument('[id]', 'id in the catalogue or address; left out, the catalogue is listed')
    .action(async (id: string | undefined) => {
      const { withApp, output, signal } = context()
      await withApp((app) =>
        id === undefined ? listCatalogue(app, output) : pullModel(app, id, output, signal),
      )
    })
  models
    .command('scan')
    .description('find GGUF files of other programs, and in a folder')
    .argument('[dir]')
    .action(async (folder: string | undefined) => {
      const { withApp, output, signal } = context()
      await withApp((app) => scanForModels(app, folder ?? null, output, signal))
    })
}

async function listModels({ modelActions }: App, output: Output): Promise<void> {
  for (const model of await modelActions.installed.list()) {
    output.result(model, modelAsText(model))
  }
}

async function useModel(app: App, id: string, output: Output, signal: AbortSignal): Promise<void> {
  const { models, modelActions } = app
  const isFile = /\.gguf$/iu.test(id)
  if (!isFile && modelActions.installed.place(id).role === 'passages') {
    await useEmbedder(app, id, output, signal)
    return
  }
  if (isFile) await models.use(path.resolve(id))
  else await modelActions.use(id)
  const { name, file, contextSize, threads } = models.state()
  output.result({ name, file, contextSize, threads }, `${name} answers from now on.`)
}

async function calibrateModel(
  { modelActions }: App,
  id: string | null,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  for await (const item of modelActions.calibrate(id, signal)) {
    if (item.type !== 'done') continue
    const { threads, measured, choice } = item
    const rows = measured.map(
      (one) =>
        `${String(one.threads)} threads: reads ${formatDecimal(one.prefill, 1)}, writes ${formatDecimal(one.generation, 1)} tokens a second`,
    )
    const best = `Best: ${String(threads.prefill)} for reading, ${String(threads.generation)} for writing.`
    output.result({ threads, measured, choice }, [...rows, best, choiceInWords(choice)].join('\n'))
  }
}

async function listCatalogue({ modelActions }: App, output: Output): Promise<void> {
  for (const model of await modelActions.catalogue()) {
    const { id, name, quantisation, sizeBytes, host, licence } = model
    const size = sizeBytes === null ? 'size not known' : gigabytes(sizeBytes)
    output.result(model, `${id}  ${name} ${quantisation}, ${size}, ${host}, ${licence.name}`)
  }
}

async function pullModel(
  { modelActions }: App,
  id: string,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const { downloads } = modelActions
  const started = await modelActions.download(/^https?:/u.test(id) ? { url: id } : { id })
  output.message(`${started.name} from ${started.host}`)
  let told = -1
  const stop = downloads.onChange((all) => {
    const now = all.find((one) => one.id === started.id)
    const percent = now === undefined ? told : percentOf(now)
    if (now === undefined || percent === told) return
    told = percent
    output.message(`${String(percent)} %`)
  })
  const pause = (): void => void downloads.pause(started.id)
  signal.addEventListener('abort', pause)
  await downloads.idle()
  signal.removeEventListener('abort', pause)
  stop()
  const state = downloads.list().find((one) => one.id === started.id)?.state
  if (state?.status === 'failed') throw new AppError(state.error.code, state.error.message)
  if (state?.status !== 'done') throw cancelled()
  const model = await modelActions.installed.get(state.model)
  output.result(model, `Downloaded ${model.name} as ${model.id}.`)
}

async function scanForModels(
  { modelActions }: App,
  folder: string | null,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  for (const found of await modelActions.scan(folder, signal)) {
    const what =
      found.problem ?? `${found.facts?.quantisation ?? ''}, ${gigabytes(found.sizeBytes)}`
    output.result(found, `${found.place.padEnd(12)}  ${found.name}  ${what}\n    ${found.file}`)
  }
}

function modelAsText(model: InstalledModel): string {
  const { id, name, role, sizeBytes, speed, inUse, problem } = model
  const rate =
    speed === null
      ? ''
      : `, ${speed.measured ? '' : 'about '}${formatDecimal(speed.writing, 1)} tokens a second`
  const size = sizeBytes === 0 ? '' : `, ${gigabytes(sizeBytes)}`
  const what = role === 'answers' ? 'answers' : 'finds passages'
  return `${inUse ? '*' : ' '} ${id}  ${name}, ${what}${size}${rate}${problem === null ? '' : `  ${problem}`}`
}

function factsAsText(facts: ModelFacts): string {
  const { memoryBytes, maxContext } = facts.fits
  return [
    `${facts.name}: ${facts.architecture}, ${formatDecimal(facts.parameters / 1e6, 1)} million weights in ${facts.quantisation}, ${gigabytes(facts.sizeBytes)}`,
    `trained on ${String(facts.contextLength ?? '?')} tokens of context, ${String(facts.vocabulary)} tokens in all`,
    maxContext === 0
      ? `does not fit: it needs ${gigabytes(memoryBytes)} of memory`
      : `fits: ${gigabytes(memoryBytes)} of memory, up to ${String(maxContext)} tokens of context`,
  ].join('\n')
}

function percentOf({ doneBytes, totalBytes }: Download): number {
  return totalBytes === null ? 0 : Math.floor((doneBytes / totalBytes) * 100)
}

function gigabytes(bytes: number): string {
  return bytes < 1e8 ? `${formatDecimal(bytes / 1e6, 1)} MB` : `${formatDecimal(bytes / 1e9, 1)} GB`
}
