import type { Command } from 'commander'
import type { AsideItem } from '../../shared/contract/data.ts'
import { AppError } from '../../shared/errors.ts'
import { formatBytes } from '../../shared/domain/localFormat.ts'
import type { App } from '../app.ts'
import type { CommandContext } from './commandContext.ts'
import type { Output } from './output.ts'

/** `set-aside`: what starts and repairs have moved away, which only a person deletes. */
export function addSetAsideCommands(program: Command, context: () => CommandContext): void {
  const setAside = program
    .command('set-aside')
    .description('list, restore or delete what was set aside')
  setAside
    .command('list', { isDefault: true })
    .description('list what was set aside, the latest first')
    .action(async () => {
      const { withApp, output } = context()
      await withApp((app) => listAside(app, output))
    })
  setAside
    .command('restore')
    .description('put a document back into the library')
    .argument('<id>', 'as “set-aside list” shows it')
    .action(async (id: string) => {
      const { withApp, output, fail } = context()
      if (!(await withApp((app) => restore(app, id, output)))) fail()
    })
  setAside
    .command('delete')
    .description('delete for good; there is no undo')
    .argument('<id...>', 'as “set-aside list” shows it')
    .action(async (ids: string[]) => {
      const { withApp, output } = context()
      await withApp((app) => remove(app, ids, output))
    })
}

async function listAside({ library }: App, output: Output): Promise<void> {
  const items = await library.setAside.list()
  for (const item of items) output.result(item, lineOf(item))
  if (items.length === 0) output.message('Nothing is set aside.')
}

function lineOf({ id, name, bytes, restorable }: AsideItem): string {
  return `${id}  ${name}  ${formatBytes(bytes)}${restorable ? '' : '  can’t be restored'}`
}

/** Waits until the document is read. @returns whether it could be. */
async function restore({ library }: App, id: string, output: Output): Promise<boolean> {
  const row = await library.setAside.restore(id)
  await library.idle()
  const now = library.get(row.id) ?? row
  const { name, state, reason } = now
  output.result(
    { id, document: row.id, name, status: state },
    `Restored ${name}.${reason === null ? '' : ` ${reason.message}`}`,
  )
  return state !== 'failed'
}

async function remove({ library }: App, ids: readonly string[], output: Output): Promise<void> {
  const known = await library.setAside.list()
  for (const id of ids) {
    if (known.some((item) => item.id === id)) continue
    throw new AppError(
      'not-found',
      `Nothing is set aside as “${id}”. “set-aside list” shows what is.`,
    )
  }
  await library.setAside.remove(ids)
  for (const id of ids) output.result({ id, deleted: true }, `Deleted ${id}.`)
}
