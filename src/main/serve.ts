import { homedir } from 'node:os'
import { parseArgs } from 'node:util'
import { defaultDataDir } from './disk/defaultDataDir.ts'
import { systemLocale } from './config/systemLocale.ts'
import { setLocale } from '../shared/domain/localFormat.ts'
import { serveLibrary } from './loopback/serveLibrary.ts'

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string' },
    port: { type: 'string', default: '0' },
    open: { type: 'boolean', default: false },
  },
})

setLocale(systemLocale(process.env))

process.exit(
  await serveLibrary({
    dataDir: values['data-dir'] ?? defaultDataDir(process.platform, process.env, homedir()),
    port: Number(values.port),
    open: values.open,
    programsDir: import.meta.dirname,
  }),
)
