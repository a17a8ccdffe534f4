import type { Command } from 'commander'
import { serveLibrary } from '../loopback/serveLibrary.ts'
import { wholeNumber } from './arguments.ts'

/** `serve`: the window in a browser. It opens the library itself, as it has a window. */
export function addServeCommand(
  program: Command,
  { programsDir }: { readonly programsDir: string },
  fail: () => void,
): void {
  program
    .command('serve')
    .description('serve the window on 127.0.0.1 and print its address as the first line')
    .option('--port <n>', 'port; 0 takes any free one', wholeNumber, 0)
    .action(async ({ port }: { port: number }) => {
      const { dataDir } = program.opts<{ dataDir: string }>()
      const code = await serveLibrary({ dataDir, port, open: false, programsDir })
      if (code !== 0) fail()
    })
}
