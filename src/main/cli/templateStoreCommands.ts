import { Option, type Command } from 'commander'
import { exportKinds } from '../../shared/contract/templates.ts'
import { storeImported } from '../templates/store/storeImported.ts'
import type { CommandContext } from './commandContext.ts'
import { exportCommand, type ExportOptions } from './exportCommand.ts'
import { findTemplate, readTemplateFile } from './findTemplate.ts'
import { columnPairs, mapHelp, rowsKinds } from './rowsOptions.ts'

/** `template list`, `show`, `import` and `export`. */
export function addStoreCommands(template: Command, context: () => CommandContext): void {
  template
    .command('list')
    .description('list your templates, and those that ship with Penknife')
    .action(() => listCommand(context()))
  template
    .command('show')
    .description('show a template')
    .argument('<template>', 'id, or a template file')
    .action((name: string) => showCommand(context(), name))
  template
    .command('import')
    .description('keep a template file, or a configuration of promptfoo, among your templates')
    .argument('<file>')
    .action((file: string) => importCommand(context(), file))
  template
    .command('export')
    .description('write a template as its file, or for another program')
    .argument('<template>', 'id, or a template file')
    .addOption(
      new Option('--as <kind>', 'what is written').choices(exportKinds).default('penknife'),
    )
    .option('--rows <file>', `rows that go with it: ${rowsKinds}`)
    .option('--map <pairs>', mapHelp, columnPairs, [])
    .option('--to <folder>', 'write files there, in place of printing')
    .action((name: string, options: ExportOptions) => exportCommand(context(), name, options))
}

async function listCommand({ withApp, output }: CommandContext): Promise<void> {
  await withApp(({ templates }) => {
    const own = templates.store.list().map(({ id, name, version }) => ({ id, name, version }))
    const shipped = templates.starters.map(({ id, name }) => ({ id, name, version: null }))
    const all = [...own, ...shipped]
    output.result(all, all.map(({ id, name }) => `${id}  ${name}`).join('\n'))
  })
}

async function showCommand({ withApp, output }: CommandContext, name: string): Promise<void> {
  await withApp(async (app) => {
    const {
      id,
      version,
      template: shown,
    } = await findTemplate(app, name, (note) => output.message(note))
    output.result({ id, version, template: shown }, JSON.stringify(shown, null, 2))
  })
}

async function importCommand({ withApp, output }: CommandContext, file: string): Promise<void> {
  await withApp(async ({ templates }) => {
    const { id, notes } = await storeImported(templates, await readTemplateFile(file))
    for (const note of notes) output.message(note)
    output.result({ id, notes }, id)
  })
}
