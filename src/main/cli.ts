import { homedir } from 'node:os'
import { defaultDataDir } from './config/defaultDataDir.ts'
import { runCli } from './cli/program.ts'

process.exitCode = await runCli(process.argv.slice(2), {
  programsDir: import.meta.dirname,
  defaultDataDir: defaultDataDir(process.platform, process.env, homedir()),
})
