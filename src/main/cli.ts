import { homedir } from 'node:os'
import { defaultDataDir } from './disk/defaultDataDir.ts'
import { runCli } from './cli/program.ts'
import { systemLocale } from './config/systemLocale.ts'
import { setLocale } from '../shared/domain/localFormat.ts'

// Whoever reads may have enough before the end (`| head`): the work goes on all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

setLocale(systemLocale(process.env))

process.exitCode = await runCli(process.argv.slice(2), {
  programsDir: import.meta.dirname,
  defaultDataDir: defaultDataDir(process.platform, process.env, homedir()),
})
