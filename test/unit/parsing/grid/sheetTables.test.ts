import { describe, expect, it, test } from 'vitest'
import { sheetTables } from '../../../../src/main/parsing/grid/sheetTables.ts'
import type { Grid } from '../../../../src/main/parsing/grid/grid.ts'
import { createPageBuilder } from '../../../../src/main/parsing/formats/pageBuilder.ts'

/** The lines of a sheet that is given as lines, its cells parted by bars. */
function read(sheet: string, more: Partial<Omit<Grid, 'rows'>> = {}): readonly string[] {
  const builder = createPageBuilder()
  const lines = sheet.split('\n').map((line) => line.trim())
  const rows = lines.map((line) => (line === '' ? [] : line.split('|').map((cell) => cell.trim())))
  const grid = { rows, spans: [], isMarked: () => false, ...more }
  for (const table of sheetTables(grid)) builder.addTable(table)
  return builder.build(1).text.split(/\n+/u)
}

/** Sheets, and what is read of them. */
const sheets: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'headings above figures',
    `Room | Price
     Gull | 90`,
    ['Room: Gull; Price: 90'],
  ],
  [
    'particulars right above the headings',
    `Customer | Norrland Timber
     Order no. | 4711
     Article | Quantity | Unit price
     Oak beam | 12 | 340.5
     Pine board | 40 | 18`,
    [
      'Customer: Norrland Timber',
      'Order no.: 4711',
      'Article: Oak beam; Quantity: 12; Unit price: 340.5',
      'Article: Pine board; Quantity: 40; Unit price: 18',
    ],
  ],
  [
    'a text among the figures',
    `Room | Price
     Gull | on request
     Heron | 120
     Tern | 90
     Skua | 75`,
    [
      'Room: Gull; Price: on request',
      'Room: Heron; Price: 120',
      'Room: Tern; Price: 90',
      'Room: Skua; Price: 75',
    ],
  ],
  [
    'particulars beside each other, with a year among them',
    `Insured name | Gabriel Diaz | Year | 2022
     Claim no. | SF-1008 | Make | Jeep
     Policy no. | POL-2022 | Model | Cherokee`,
    [
      'Insured name | Gabriel Diaz | Year | 2022',
      'Claim no. | SF-1008 | Make | Jeep',
      'Policy no. | POL-2022 | Model | Cherokee',
    ],
  ],
  [
    'figures only',
    `1 | 2
     3 | 4`,
    ['1 | 2', '3 | 4'],
  ],
  [
    'years above figures that look like years',
    `Region | 2021 | 2022 | 2023
     North | 1980 | 2011 | 1875
     South | 2010 | 1999 | 2044`,
    [
      'Region: North; 2021: 1980; 2022: 2011; 2023: 1875',
      'Region: South; 2021: 2010; 2022: 1999; 2023: 2044',
    ],
  ],
  [
    'a first row that is one of the rows: its words return below',
    `Oslo | Norway
     Bergen | Norway
     Malmö | Sweden`,
    ['Oslo | Norway', 'Bergen | Norway', 'Malmö | Sweden'],
  ],
  [
    'words above codes',
    `Boat | Berth
     Skua | A12
     Tern | B7`,
    ['Boat: Skua; Berth: A12', 'Boat: Tern; Berth: B7'],
  ],
  [
    'words above labels that return',
    `Somebody | Craft
     Ada | Joiner
     Bo | Joiner
     Cy | Mason
     Di | Mason`,
    [
      'Somebody: Ada; Craft: Joiner',
      'Somebody: Bo; Craft: Joiner',
      'Somebody: Cy; Craft: Mason',
      'Somebody: Di; Craft: Mason',
    ],
  ],
  [
    'words above words, of which nothing tells',
    `Gull | Tern
     Skua | Auk`,
    ['Gull | Tern', 'Skua | Auk'],
  ],
  [
    'keys and values',
    `Customer: | Norrland Timber
     Balance: | 812
     Limit: | 900`,
    ['Customer: Norrland Timber', 'Balance: 812', 'Limit: 900'],
  ],
  [
    'keys without colons, and values of every kind',
    `Customer | Norrland Timber
     Quantity | 12
     Price | 340
     Date | 2024-03-06`,
    ['Customer: Norrland Timber', 'Quantity: 12', 'Price: 340', 'Date: 2024-03-06'],
  ],
  [
    'a total',
    `Article | Quantity
     Oak | 12
     Pine | 40
     Total | 52`,
    ['Article: Oak; Quantity: 12', 'Article: Pine; Quantity: 40', 'Total; Quantity: 52'],
  ],
  [
    'remarks below a table, without a blank row',
    `Article | Quantity
     Oak | 12
     Pine | 40
     Delivery: | within 14 days
     All prices without tax.`,
    [
      'Article: Oak; Quantity: 12',
      'Article: Pine; Quantity: 40',
      'Delivery: within 14 days',
      'All prices without tax.',
    ],
  ],
  [
    'new headings without a blank row',
    `Half year 2023 | Ferries | Docks
     Turnover | 820 | 410
     Costs | 510 | 300
     Half year 2022 | Ferry lines | Dry docks
     Turnover | 790 | 395`,
    [
      'Half year 2023: Turnover; Ferries: 820; Docks: 410',
      'Half year 2023: Costs; Ferries: 510; Docks: 300',
      'Half year 2022: Turnover; Ferry lines: 790; Dry docks: 395',
    ],
  ],
  [
    'the same headings again, as on each printed page',
    `Room | Price
     Gull | 90
     Room | Price
     Heron | 120`,
    ['Room: Gull; Price: 90', 'Room | Price', 'Room: Heron; Price: 120'],
  ],
  [
    'rows of the same shape after a blank row',
    `Room | Price
     Gull | 90

     Heron | 120`,
    ['Room: Gull; Price: 90', 'Room: Heron; Price: 120'],
  ],
  [
    'rows of another shape after a blank row',
    `Room | Price
     Gull | 90

     Signe Aas | Porter`,
    ['Room: Gull; Price: 90', 'Signe Aas | Porter'],
  ],
  [
    'tables beside each other',
    `Name | Role | | Room | Price
     Jonas | Planner | | Gull | 90
     Mara | Porter | | Heron | 120`,
    [
      'Name: Jonas; Role: Planner',
      'Name: Mara; Role: Porter',
      'Room: Gull; Price: 90',
      'Room: Heron; Price: 120',
    ],
  ],
  [
    'a blank column between labels and figures',
    `Region | | 2021 | 2022
     North | | 10 | 20
     South | | 30 | 40`,
    ['Region: North; 2021: 10; 2022: 20', 'Region: South; 2021: 30; 2022: 40'],
  ],
  [
    'a banner without spans, over headings that return',
    `Region | 2022 | | 2023 |
      | Spring | Autumn | Spring | Autumn
     North | 10 | 20 | 30 | 40`,
    ['Region: North; 2022 Spring: 10; 2022 Autumn: 20; 2023 Spring: 30; 2023 Autumn: 40'],
  ],
  [
    'units below the headings',
    `Plank | Length | Weight
      | (m) | (kg)
     Oak | 3 | 40
     Pine | 4 | 22`,
    ['Plank: Oak; Length (m): 3; Weight (kg): 40', 'Plank: Pine; Length (m): 4; Weight (kg): 22'],
  ],
  [
    'bare units below the headings, beside a blank label',
    `Tank | Volume | Temperature | Flow
      | m³ | °C | l/min
     A1 | 120 | 18.5 | 2.1
     A2 | 80 | 21 | 1.9`,
    [
      'Tank: A1; Volume m³: 120; Temperature °C: 18.5; Flow l/min: 2.1',
      'Tank: A2; Volume m³: 80; Temperature °C: 21; Flow l/min: 1.9',
    ],
  ],
  [
    'labels that are written only in the first of their rows',
    `Region | Quarter | Units
     North | Q1 | 120
      | Q2 | 130
     South | Q1 | 70
      | Q2 | 75
     Sum | | 395`,
    [
      'Region: North; Quarter: Q1; Units: 120',
      'Region: North; Quarter: Q2; Units: 130',
      'Region: South; Quarter: Q1; Units: 70',
      'Region: South; Quarter: Q2; Units: 75',
      'Sum; Units: 395',
    ],
  ],
  [
    'labels that are missing: nothing says to whom the rows belong',
    `Person | Room | Price
     Anna | 12 | 80
      | 13 | 85
     Ole | 14 | 90
      | 15 | 95`,
    [
      'Person: Anna; Room: 12; Price: 80',
      'Room: 13; Price: 85',
      'Person: Ole; Room: 14; Price: 90',
      'Room: 15; Price: 95',
    ],
  ],
  [
    'a heading that names nothing',
    `Room | Price | Note
     Gull | 90 |`,
    ['Room | Price | Note', 'Room: Gull; Price: 90'],
  ],
]

describe('sheets', () => {
  test.each(sheets)('%s', (_what, sheet, lines) => {
    expect(read(sheet)).toEqual(lines)
  })

  it('carries a label that stretches over rows into each of them', () => {
    const sheet = `Zone | Vehicle | Fee
      Harbour | Car | 7
       | Coach | 25`
    const spans = [{ top: 1, left: 0, bottom: 2, right: 0 }]
    expect(read(sheet, { spans })).toEqual([
      'Zone: Harbour; Vehicle: Car; Fee: 7',
      'Zone: Harbour; Vehicle: Coach; Fee: 25',
    ])
  })

  it('puts a heading over several columns before theirs', () => {
    const sheet = `Region | 2022 | | 2023
       | Spring | Autumn | Spring
      North | 10 | 20 | 30`
    const spans = [
      { top: 0, left: 0, bottom: 1, right: 0 },
      { top: 0, left: 1, bottom: 0, right: 2 },
    ]
    expect(read(sheet, { spans })).toEqual([
      'Region: North; 2022 Spring: 10; 2022 Autumn: 20; 2023 Spring: 30',
    ])
  })

  it('takes a row that the sheet marks for headings, whatever is below it', () => {
    const sheet = `Gull | Tern
      Skua | Auk`
    expect(read(sheet, { isMarked: (row) => row === 0 })).toEqual(['Gull: Skua; Tern: Auk'])
  })

  it('takes no row of figures for headings, even if it is marked', () => {
    const sheet = `Room | Price
      Gull | 90
      Heron | 30
      All | 120`
    expect(read(sheet, { isMarked: (row) => row === 3 })).toContain('Room: Gull; Price: 90')
  })
})
