// Checks the direction of the imports, also between folders, and that there was something to check:
// with a TypeScript version that it cannot read, dependency-cruiser reports no violation in no module.
import { cruise } from 'dependency-cruiser'
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import { folderCircles } from './folderCircles.mjs'

const config = await extractConfig('./.dependency-cruiser.cjs')
const { output } = await cruise(['src'], { ...config.options, ruleSet: config, validate: true })
if (typeof output === 'string') throw new Error('dependency-cruiser was asked for no report.')
const { summary } = output
for (const violation of summary.violations) {
  process.stdout.write(
    `${violation.rule.name}: ${violation.from} → ${violation.to}\n  ${violation.comment ?? ''}\n`,
  )
}
const circles = folderCircles(output.modules)
for (const circle of circles) process.stdout.write(`circle of folders: ${circle.join(' → ')}\n`)
const sources = output.modules.filter((module) => /^src\/.*\.tsx?$/.test(module.source)).length
process.stdout.write(
  `${String(sources)} modules, ${String(summary.violations.length + circles.length)} violations\n`,
)
if (sources === 0) process.stdout.write('Nothing was read: the check proves nothing.\n')
const isSound = sources > 0 && summary.violations.length === 0 && circles.length === 0
process.exitCode = isSound ? 0 : 1
