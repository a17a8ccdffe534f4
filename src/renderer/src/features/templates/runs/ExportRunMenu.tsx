import { Download } from 'lucide-react'
import { reportKinds, type ReportKind } from '../../../../../shared/domain/testRun/reportKinds.ts'
import type { Api } from '../../../api/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { Menu, MenuItem } from '../../../ui/Menu.tsx'
import { exportRun } from './exportRun.ts'

const labels: Readonly<Record<ReportKind, string>> = {
  csv: 'Answers as a table (CSV)',
  xlsx: 'Workbook (Excel)',
  html: 'Page to read or print (HTML)',
  json: 'All that a rerun needs (JSON)',
  xml: 'Results for a build server (JUnit XML)',
}

/** Saves a run in one of the forms of a report. */
export function ExportRunMenu({
  api,
  run,
}: {
  readonly api: Pick<Api, 'testRuns'>
  /** Id of the run. */
  readonly run: string
}) {
  return (
    <Menu align="end" trigger={<Button icon={<Download />}>Export</Button>}>
      {reportKinds.map((kind) => (
        <MenuItem key={kind} onSelect={() => exportRun(api, run, kind)}>
          {labels[kind]}
        </MenuItem>
      ))}
    </Menu>
  )
}
