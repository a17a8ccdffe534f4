import type { Command } from 'commander'
import { serveLibrary } from '../loopback/serveLibrary.ts'
import { wholeNumber } from './arguments.ts'

/** `serve`: serves the window to a browser. Like the window, it opens the library itself. */
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
