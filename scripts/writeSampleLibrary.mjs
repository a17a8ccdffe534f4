// Writes those files of the sample library that are made by a program (PDF and Word).
import { writeFileSync } from 'node:fs'
import { runnerImport } from 'vite'

const { module } = await runnerImport('./test/helpers/fixtures/sampleDocuments.ts', {
  configFile: false,
})
for (const [name, bytes] of Object.entries(module.writeSampleDocuments())) {
  writeFileSync(`resources/sample/${name}`, bytes)
  process.stdout.write(`${name}: ${String(bytes.byteLength)} bytes\n`)
}
