import type { Bomb } from './bomb.ts'
import { mailBombs } from './mailBombs.ts'
import { officeBombs } from './officeBombs.ts'
import { pdfBombs } from './pdfBombs.ts'
import { textBombs } from './textBombs.ts'
import { zipBombs } from './zipBombs.ts'

/** Files that are made to exhaust the program that reads them, for every format. */
export const allBombs: readonly Bomb[] = [
  ...zipBombs,
  ...officeBombs,
  ...textBombs,
  ...pdfBombs,
  ...mailBombs,
]
